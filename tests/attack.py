"""Attack a server as anybody who can connect may, and tell whether others were still served.

``python -m tests.attack [SILENT HALF]`` runs it in full (1,100 silent connections and 200
half-sent requests against a process that may open 1,024 files, in about a minute), and fails
where others waited for more than a second; ``tests/test_attack.py`` runs a small form of it.
"""

from __future__ import annotations

import re
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
SERVER = """
import resource, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]),) * 2)
from tests.web_fakes import FakeAnswerer, seed_store
from assistant.auth.accounts import Accounts, add_account
from assistant.web.app import build_pages, serve
from assistant.web.login import PasswordAuth
from assistant.service.programs import ProgramParts
from assistant.web.parts import WebParts
from pathlib import Path
users = Path(sys.argv[2]) / "users"
add_account(users, "ann", "correct horse")
store = seed_store()
programs = ProgramParts(store, None, {"extractive": FakeAnswerer(store)})
parts = WebParts(FakeAnswerer(store), store)
app = build_pages(parts, PasswordAuth(Accounts(users)), programs=programs)
serve(app, port=0, ready=lambda url: print(url, flush=True))
"""
MOST_S = 1.0
"""Seconds that others may wait."""
HALF = (
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n\r\nname=ann",
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nname=",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Half: ",
)


@contextmanager
def served(folder: Path, files: int) -> Iterator[tuple[str, int]]:
    """The page with a login, in a process that may open so many files; gives host and port."""
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(files), str(folder)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdout is not None
        found = re.search(r"http://([\d.]+):(\d+)/", server.stdout.readline())
        assert found is not None
        yield found[1], int(found[2])
        assert server.poll() is None, "the server has ended"
    finally:
        server.terminate()
        server.communicate(timeout=30)


def attacked(place: tuple[str, int], begun: Sequence[bytes], count: int) -> float:
    """Open ``count`` connections that send only what is ``begun`` in turn, and stay.

    Returns:
        The longest of five waits of somebody else for the login page's style sheet, in seconds.
    """
    with ExitStack() as stack:
        for number in range(count):
            connection = stack.enter_context(socket.create_connection(place, timeout=30))
            if sent := begun[number % len(begun)]:
                connection.sendall(sent)
        return max(waited(place) for _ in range(5))


def waited(place: tuple[str, int]) -> float:
    """Seconds until a page that needs no login is there."""
    began = time.monotonic()
    address = f"http://{place[0]}:{place[1]}/page-files/tokens.css"
    with urllib.request.urlopen(address, timeout=30) as answer:
        assert answer.status == 200
    return time.monotonic() - began


if __name__ == "__main__":
    import tempfile

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4_096, hard), hard))
    with tempfile.TemporaryDirectory() as made, served(Path(made), 1_024) as server:
        silent, half = (int(count) for count in sys.argv[1:] or ("1100", "200"))
        waits = [attacked(server, [b""], silent), attacked(server, HALF, half)]
    for name, count, took in zip(("silent", "half-sent"), (silent, half), waits, strict=True):
        sys.stdout.write(f"{count} {name}: others waited {took:.2f} s at most\n")
    sys.exit(max(waits) > MOST_S)
