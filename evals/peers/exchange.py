"""What we hand to another library and what it hands back, as JSON; standard library only.

Both sides import this module: ours, and the other library's in its own virtual environment.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one document, as our loader read it."""

    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Given:
    """What a peer works from.

    Attributes:
        model: folder of the sentence-transformers weights.
        k: passages wanted a question.
    """

    model: str
    k: int
    documents: tuple[Text, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """A passage; ``start`` and ``end`` are half-open offsets into its document's text."""

    source: str
    start: int
    end: int
    text: str
    score: float


Search = Callable[[str], list[Found]]
"""The best passages for a question, best first."""


def write_given(given: Given, path: Path) -> None:
    """Write what a peer works from."""
    path.write_text(json.dumps(asdict(given)), encoding="ascii")


def read_given(path: Path) -> Given:
    """Read it back."""
    data = json.loads(path.read_text(encoding="ascii"))
    documents = tuple(Text(**one) for one in data["documents"])
    return Given(data["model"], data["k"], documents, tuple(data["questions"]))


def write_found(found: Iterable[tuple[str, list[Found]]], path: Path) -> None:
    """Write one line a question: its wording and its passages, best first."""
    with path.open("w", encoding="ascii", newline="\n") as file:
        for question, passages in found:
            line = {"question": question, "passages": [asdict(one) for one in passages]}
            file.write(json.dumps(line) + "\n")


def read_found(path: Path) -> Mapping[str, tuple[Found, ...]]:
    """Return passages by the wording of the question."""
    lines = [json.loads(line) for line in path.read_text(encoding="ascii").splitlines()]
    return {line["question"]: tuple(Found(**p) for p in line["passages"]) for line in lines}


def serve(index: Callable[[Given], Search]) -> None:
    """Run a peer: ``python -m evals.peers.PEER GIVEN FOUND``; no network, no telemetry.

    Args:
        index: makes the retriever; it imports the library itself, after the environment is set.
    """
    os.environ.update(
        OMP_NUM_THREADS="1",  # threads that wait for each other on a busy machine take minutes
        OMP_WAIT_POLICY="PASSIVE",
        HAYSTACK_TELEMETRY_ENABLED="False",
        HF_HUB_OFFLINE="1",
        TRANSFORMERS_OFFLINE="1",
        TOKENIZERS_PARALLELISM="false",
    )
    given = read_given(Path(sys.argv[1]))
    search = index(given)
    write_found(((question, search(question)) for question in given.questions), Path(sys.argv[2]))
