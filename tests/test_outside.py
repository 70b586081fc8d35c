"""Nothing leaves the machine, and nothing is written but where the settings say.

Every way in is run in a process of its own under ``watch.c``, which sees native code too.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.fake_openai import FakeOpenAI, say

ROOT = Path(__file__).parents[1]
QUESTION = "What needs to improve at Stockton?"
ADAPTER = """
from index import Index
from assistant.adapters.{0} import LettersRetriever
with Index.open({1!r}) as letters:
    print(len(LettersRetriever(letters=letters, k=3).{2}({3!r})))
"""
pytestmark = pytest.mark.skipif(
    not shutil.which("gcc"), reason="gcc, which makes the watcher, is not here"
)


@pytest.fixture(scope="module")
def watcher(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("watch") / "watch.so"
    source = ROOT / "tests" / "watch.c"
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
    return made


class Watched:
    """Runs programs with an empty home folder, and says what they reached outside."""

    def __init__(self, folder: Path, watcher: Path):
        self.folder = folder
        self.log = folder / "watched"
        names = {"HOME": "home", "TMPDIR": "tmp", "ASSISTANT_KEPT": "kept"}
        self.places = {name: str(folder / place) for name, place in names.items()}
        for place in self.places.values():
            Path(place).mkdir()
        # Which weights were found right is remembered there (docs/supply-chain.md).
        self.remembered = f"{self.places['HOME']}/.cache/inspection-assistant"
        # A reader's machine: ONNX Runtime is silent by itself where CI and the like are set.
        kept = {"PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "SSL_CERT_FILE"}
        self.environ = {
            **{name: value for name, value in os.environ.items() if name in kept},
            **self.places,
            "LD_PRELOAD": str(watcher),
            "WATCH_LOG": str(self.log),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    def start(self, *arguments, **how):
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)], cwd=self.folder, env=self.environ,
            text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, **how,
        )  # fmt: skip

    def run(self, *arguments, given=""):
        running = self.start(*arguments)
        out, _ = running.communicate(given, timeout=300)
        assert running.returncode == 0
        return out

    def seen(self, *allowed):
        """What was reached, but for files below ``allowed``, passing ones, and the weights seen."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        own = (self.places["TMPDIR"], self.remembered, f"{self.places['HOME']}/.cache\n")
        inside = tuple(f"write {place}" for place in ("/dev/", "/proc/", *own, *allowed))
        return sorted({line for line in lines if not f"{line}\n".startswith(inside)})

    def left(self):
        """The files that still lie in the home folder and in the one for passing files."""
        places = (Path(self.places["HOME"]), Path(self.places["TMPDIR"]))
        files = (str(path) for place in places for path in place.rglob("*") if path.is_file())
        return sorted(file for file in files if not file.startswith(self.remembered))


@pytest.fixture
def watched(tmp_path, watcher):
    return Watched(tmp_path, watcher)


def assistant(*arguments):
    return ("-m", "assistant.cli", *arguments)


def test_the_watcher_sees_what_it_is_there_for(watched):
    """Otherwise silence would prove nothing: native code is seen, and so are addresses."""
    code = (
        "import onnxruntime, socket, contextlib\n"
        "with contextlib.suppress(OSError): socket.socket().connect(('192.0.2.1', 80))\n"
        "with contextlib.suppress(OSError): socket.create_connection(('example.org', 80))\n"
    )
    watched.run("-c", code)
    seen = watched.seen()
    assert "connect 192.0.2.1" in seen
    assert "lookup example.org" in seen
    assert any("onnxruntime" in line for line in seen), "the library has changed its ways"


def test_building_reaches_nothing_outside(watched):
    watched.run(*assistant("index", "build", "--index", watched.folder / "index"))
    assert watched.seen(watched.folder / "index") == []
    assert watched.left() == []


def test_asking_reaches_nothing_outside(watched, seed_index):
    watched.run(*assistant("ask", QUESTION, "--index", seed_index))
    assert watched.seen() == []
    assert watched.left() == []


def test_a_written_answer_reaches_the_model_alone(watched, seed_index):
    with FakeOpenAI(say("The timeliness of assessments needs to improve. [1]")) as model:
        watched.environ |= {
            "ASSISTANT_MODEL": "openai/local",
            "ASSISTANT_API_BASE": model.api_base,
        }
        question = "what did inspectors say about connected carers?"
        watched.run(*assistant("ask", question, "--index", seed_index))
        assert model.requests
    assert watched.seen() == []
    assert watched.left() == []


def test_the_chat_reaches_nothing_outside(watched, seed_index):
    chat = watched.start(*assistant("chat", "--port", "0", "--index", seed_index))
    try:
        line = chat.stdout.readline()
        address = re.search(r"http://\S+", line).group()
        for path in ("", "collection", "healthz"):
            with urllib.request.urlopen(f"{address}{path}", timeout=60) as page:
                assert page.status == 200
        body = json.dumps({"question": QUESTION}).encode()
        asked = urllib.request.Request(
            f"{address}api/ask", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(asked, timeout=120) as answer:
            assert json.load(answer)["citations"]
    finally:
        chat.send_signal(signal.SIGINT)
        chat.communicate(timeout=60)
    assert watched.seen(watched.places["ASSISTANT_KEPT"]) == []
    assert watched.left() == []


def test_mcp_reaches_nothing_outside(watched, seed_index):
    server = watched.start(*assistant("mcp", "--index", seed_index))

    def send(number, method, params):
        message = {"jsonrpc": "2.0", "method": method, "params": params}
        server.stdin.write(json.dumps(message | ({"id": number} if number else {})) + "\n")
        server.stdin.flush()
        return json.loads(server.stdout.readline()) if number else None

    about = {"protocolVersion": "2025-06-18", "capabilities": {}}
    send(1, "initialize", {**about, "clientInfo": {"name": "test", "version": "1"}})
    send(0, "notifications/initialized", {})
    answer = send(2, "tools/call", {"name": "ask", "arguments": {"question": QUESTION}})
    server.stdin.close()
    assert answer["result"]["structuredContent"]["citations"]
    assert server.wait(60) == 0
    server.stdout.close()
    assert watched.seen() == []
    assert watched.left() == []


@pytest.mark.parametrize(("adapter", "call"), [("langchain", "invoke"), ("llamaindex", "retrieve")])
def test_the_adapters_reach_nothing_outside(watched, seed_index, adapter, call):
    out = watched.run("-c", ADAPTER.format(adapter, str(seed_index), call, QUESTION))
    assert out.split() == ["3"]
    assert watched.seen() == []
    assert watched.left() == []
