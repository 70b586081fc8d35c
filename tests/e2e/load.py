"""Asks many questions at once and prints what each reader waited, and the server's memory.

    python tests/e2e/load.py [--readers 32] [--questions 32] [--uploads 0] [--fake] [--address URL]

With ``--uploads 50`` so many small letters are added afterwards, one after the other, and removed.
Starts a server over the shipped documents (or the stand-in answerer with ``--fake``) unless an
address is given. Speaks the page's own addresses, as the browser does: the question is shown,
then answered.
"""

import argparse
import asyncio
import json
import re
import statistics
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.fakes import letter

HERE = Path(__file__).parent

QUESTIONS = (
    "what did inspectors say about connected carers?",
    "What does Stoke-on-Trent need to improve?",
    "Are caseloads manageable in Middlesbrough?",
    "Who inspected Stockton-on-Tees in 2021?",
)


async def reader(client: httpx.AsyncClient, number: int) -> tuple[float, float, bool]:
    """Seconds until the question was shown and until it was answered, and whether it was ours."""
    question = f"{QUESTIONS[number % len(QUESTIONS)]} (reader {number})"
    session = uuid.uuid4().hex
    began_s = time.perf_counter()
    body = {
        "page": session,
        "question": question,
    }
    shown = await client.post("/page/ask", json=body)
    first_s = time.perf_counter() - began_s
    told = shown.json()
    key = re.search('data-key="([^"]+)"', told["current"])
    assert key, "the question was not shown"
    answered = await client.get(f"/answers/{key[1]}")
    last = json.loads(answered.text.splitlines()[-1])["current"]
    ours = f"(reader {number})" in told["current"] and f"(reader {number})" in last
    return first_s, time.perf_counter() - began_s, ours and 'data-done="yes"' in last


async def asked(address: str, readers: int, questions: int) -> list[tuple[float, float, bool]]:
    """Ask ``questions`` in all, ``readers`` at a time."""
    limits = httpx.Limits(max_connections=4 * readers)
    waits: list[tuple[float, float, bool]] = []
    async with httpx.AsyncClient(base_url=address, timeout=600, limits=limits) as client:
        for first in range(0, questions, readers):
            numbers = range(first, min(first + readers, questions))
            waits += await asyncio.gather(*(reader(client, n) for n in numbers))
    return waits


def uploaded(address: str, number: int) -> None:
    """Add a letter, wait until it is held, and remove it."""
    with httpx.Client(base_url=address, timeout=600, headers={"Accept": "text/html"}) as client:
        sent = {"files": (f"{number}.txt", letter(1000 + number).encode())}
        identity = ended(client, client.post("/collection/add", files=sent))
        shown = re.search('name="document" value="([^"]+)"', identity)
        assert shown, "the letter was not added"
        ended(client, client.post("/collection/remove", data={"document": shown[1]}))


def ended(client: httpx.Client, led: httpx.Response) -> str:
    """The page of what was asked for, once it is done."""
    while 'data-done="yes"' not in (page := client.get(led.headers["location"]).text):
        time.sleep(0.2)
    return page


@contextmanager
def server(fake: bool) -> Iterator[tuple[str, int]]:
    """Address and process of a server of its own."""
    script = ["serve_fake.py", "0"] if fake else ["serve_real.py", "0"]
    command = [sys.executable, str(HERE / script[0]), *script[1:]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), process.pid
        finally:
            process.terminate()


def figures(pid: int) -> tuple[float, float]:
    """Memory in MB and processor seconds of a process so far (Linux)."""
    folder = Path(f"/proc/{pid}")
    pages = int((folder / "statm").read_text().split()[1])
    ticks = (folder / "stat").read_text().rsplit(")", 1)[1].split()
    return pages * 4096 / 1e6, (int(ticks[11]) + int(ticks[12])) / 100


def report(waits: list[tuple[float, float, bool]], readers: int) -> None:
    first, whole, ours = zip(*waits, strict=True)
    sys.stdout.write(
        f"{len(waits)} questions, {readers} at a time: shown after "
        f"{statistics.median(first):.2f} s (slowest {max(first):.2f}), answered after "
        f"{statistics.median(whole):.2f} s (slowest {max(whole):.2f}), "
        f"{sum(ours)} got their own answer\n"
    )
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--readers", type=int, default=32)
    parser.add_argument("--questions", type=int, default=32)
    parser.add_argument("--uploads", type=int, default=0)
    parser.add_argument("--address")
    parser.add_argument("--fake", action="store_true")
    given = parser.parse_args()
    if given.address:
        report(asyncio.run(asked(given.address, given.readers, given.questions)), given.readers)
        return
    with server(given.fake) as (address, pid):
        asyncio.run(asked(address, 4, 8))
        part = max(given.readers, given.questions // 5)
        for done in range(0, given.questions, part):
            before_mb, before_s = figures(pid)
            waits = asyncio.run(asked(address, given.readers, min(part, given.questions - done)))
            report(waits, given.readers)
            after_mb, after_s = figures(pid)
            sys.stdout.write(
                f"  memory {before_mb:.0f} to {after_mb:.0f} MB; "
                f"{(after_s - before_s) / len(waits):.2f} processor seconds a question\n"
            )
            sys.stdout.flush()
        for done in range(given.uploads):
            uploaded(address, done)
            if done % 10 == 9:
                sys.stdout.write(f"{done + 1} uploads: memory {figures(pid)[0]:.0f} MB\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
