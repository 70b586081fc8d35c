import json
import sys
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from assistant.cli import main
from index.store.collection import Collection
from tests.web_fakes import FakeAnswerer


@dataclass
class Ran:
    """What one run of the command left."""

    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def run(capsys):
    """Runs ``assistant …`` in this process."""

    def run_command(*arguments) -> Ran:
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run_command


@pytest.fixture
def asked(run, seed_index: Path, monkeypatch):
    """Runs ``assistant ask …`` with a small answerer over the seeds; remembers its questions."""
    collection = Collection(seed_index)
    answerer = FakeAnswerer(collection)
    asks = []

    def answer(ask):
        asks.append(ask)
        sys.stdout.write("a library that prints on stdout\n")
        return FakeAnswerer.answer(answerer, ask)

    answerer.answer = answer
    made = SimpleNamespace(answerer=answerer, collection=collection, written=None)
    monkeypatch.setattr("assistant.compose.open_assistant", lambda settings: made)

    def run_command(*arguments):
        return run("ask", *arguments)

    run_command.asks = asks
    run_command.held = collection.identities()
    yield run_command
    collection.close()
