"""What a run keeps of each question, and its JSON; no judging."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A hit; dates are ISO, ``score`` is rounded to six significant digits."""

    rank: int
    score: float
    passage_id: str
    doc_id: str
    source: str
    authority: str | None
    dated: str | None
    start: int
    end: int
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation.

    Attributes:
        exact: whether the quote is the held text at its offsets and stands in the file's own
            text, folding white space, quote marks and dashes; None where the file is not at
            hand and the offsets are right.
    """

    number: int
    doc_id: str
    source: str
    authority: str | None
    dated: str | None
    page: int | None
    paragraph: str | None
    heading: str
    start: int
    end: int
    quote: str
    exact: bool | None


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of an answer, as ``assistant.types.AnswerSentence``."""

    text: str
    role: str
    citations: tuple[int, ...]
    supported: bool
    group: str | None
    more: bool


@dataclass(frozen=True, slots=True)
class Given:
    """An answer; ``status`` is "error" when the answerer failed, and ``text`` says how."""

    status: str
    text: str
    sentences: tuple[Line, ...] = ()
    citations: tuple[Cited, ...] = ()
    choices: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    standalone: str = ""
    model: str = ""
    prompt_sha256: str | None = None
    tokens: int | None = None
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What one question got.

    Attributes:
        asked: what was searched for: the question as the answerer understood it.
        hits: best first.
        standalone_hits: for a follow-up, hits of the suite's own standalone wording.
        answer: None when retrieval alone was evaluated.
        error: why searching failed, None where it did not.
    """

    id: str
    asked: str
    hits: tuple[FoundPassage, ...]
    standalone_hits: tuple[FoundPassage, ...] | None = None
    answer: Given | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds that one question took; None for what was not done."""

    id: str
    search_ms: float | None
    answer_ms: float | None


_RESULT = TypeAdapter(Result)
_TIMING = TypeAdapter(Timing)


def to_line(value: Any) -> str:
    """Return one JSON object on one line, ASCII, keys in the order of the fields.

    Args:
        value: a ``Result``, a ``Timing`` or any dataclass of plain values.
    """
    return json.dumps(asdict(value), separators=(",", ":")) + "\n"


def result_of(line: str) -> Result:
    """Read one line of results.jsonl.

    Raises:
        ValueError: it is not one.
    """
    return _RESULT.validate_python(json.loads(line))


def timing_of(line: str) -> Timing:
    """Read one line of timings.jsonl.

    Raises:
        ValueError: it is not one.
    """
    return _TIMING.validate_python(json.loads(line))
