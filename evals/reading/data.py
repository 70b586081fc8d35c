"""Read what the reader is trained on, and split it by report: excerpts, questions, claims, intents.

A report is on one side of the split only. Files whose name ends in ``-kept`` are never trained on.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from index.types import Intent, Kind, Leaning, Telling, When

DATA = Path(__file__).parent / "data"
AROUND = 2
"""Sentences shown to the checker on either side of one that is cited."""
OURS = frozenset({"Nottingham"})
"""Authorities whose reports are in our suites: nothing about them is trained on."""
FITTED = (
    "anchors",
    "areas",
    "aspects",
    "assumed",
    "counts",
    "follow-ups",
    "grade-words",
    "graded-by",
    "intents",
    "matters",
    "parts",
    "sentences",
    "short",
    "sides",
    "slants",
    "whens",
)
"""Beginnings of the names of files that linear heads are fitted on, and the encoder is not."""
_LETTERS = dict(zip("SCMRGFN", Telling, strict=True))
_HEADER = re.compile(
    rf"(.+), ({'|'.join(re.escape(kind.value) for kind in Kind)}), (\d\d? \w+ \d{{4}}):(?: (.+):)?"
)
"""The line before what a second document says, as ``Excerpt.header`` writes it."""
HELD_OUT = 12
"""One report in so many is held out."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Neighbouring sentences of a report under one heading, in order."""

    excerpt_id: str
    authority: str
    kind: str
    dated: str
    heading: str
    sentences: tuple[str, ...]

    @property
    def header(self) -> str:
        """The line that says whose words follow, as ``passages.chunking.header`` writes it."""
        day = date.fromisoformat(self.dated) if len(self.dated) == 10 else None
        said = f"{day.day} {day:%B %Y}" if day else self.dated
        line = ", ".join(part for part in (self.authority, self.kind, said) if part)
        return f"{line}: {self.heading}" if self.heading else line

    @property
    def report(self) -> str:
        """What tells one report from another."""
        return f"{self.authority} {self.dated}"

    @property
    def ours(self) -> bool:
        """Whether our suites ask about this authority."""
        return self.authority in OURS

    @property
    def held_out(self) -> bool:
        """Whether the report is kept for choosing, never trained on."""
        return int(hashlib.sha256(self.report.encode()).hexdigest(), 16) % HELD_OUT == 0


def apart(excerpt: Excerpt) -> list[Excerpt]:
    """Return the documents of an excerpt: two where the header of a second stands among its
    sentences. The header stays, as that one's first sentence.
    """
    for n, sentence in enumerate(excerpt.sentences):
        if n and (second := _HEADER.match(sentence)):
            place, kind, said, heading = second.groups()
            dated = datetime.strptime(said, "%d %B %Y").date().isoformat()
            first, rest = excerpt.sentences[:n], excerpt.sentences[n:]
            return [
                replace(excerpt, sentences=first),
                replace(
                    excerpt, authority=place, kind=kind, dated=dated, heading=heading or "",
                    sentences=rest,
                ),
            ]  # fmt: skip
    return [excerpt]


@dataclass(frozen=True, slots=True)
class Question:
    """A question over an excerpt.

    Attributes:
        answers, partly: indexes (from 0) of the sentences that answer, or answer in part.
        shown: indexes of those that a careful colleague would quote; None where nobody was asked.
    """

    excerpt: Excerpt
    text: str
    answers: frozenset[int]
    partly: frozenset[int]
    kind: str
    shown: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence such as a language model writes, with the sentences (from 0) that it cites."""

    excerpt: Excerpt
    text: str
    cited: frozenset[int]
    supported: bool
    kind: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question and the sort of answer that it wants."""

    text: str
    intent: Intent
    kept: bool


@dataclass(frozen=True, slots=True)
class Marked:
    """A question, and what a head tells of it: sides, a slant, whom it is after, an area …"""

    text: str
    wants: StrEnum
    kept: bool


@dataclass(frozen=True, slots=True)
class Parted:
    """A question, its own words for each thing that it asks for, and what sort each is."""

    text: str
    parts: tuple[str, ...]
    intents: tuple[Intent, ...]
    kept: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What each of the first sentences of an excerpt tells."""

    excerpt: Excerpt
    tells: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question, the one before it, and what it takes from there."""

    before: str
    text: str
    leaning: Leaning
    kept: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A question, the one before it, and which inspection it means from there."""

    before: str
    text: str
    when: When
    kept: bool


def excerpts(*paths: Path) -> dict[str, Excerpt]:
    """Read excerpts by id.

    Raises:
        ValueError: a line is no excerpt; names file and line.
    """
    found: dict[str, Excerpt] = {}
    for path in paths:
        for row in rows(path, "id", "sentences"):
            found[row["id"]] = Excerpt(
                row["id"],
                row.get("authority") or "",
                row.get("kind") or "",
                row.get("dated") or "",
                row.get("heading") or "",
                tuple(row["sentences"]),
            )
    return found


def questions(path: Path, of: dict[str, Excerpt]) -> list[Question]:
    """Read questions over the excerpts ``of``.

    Raises:
        ValueError: a line is no question, or names no excerpt of these.
    """
    return [
        Question(
            _named(row["excerpt"], of, path),
            row["question"],
            _from_zero(row["answers"]),
            _from_zero(row.get("partly", ())),
            row.get("type", ""),
            _from_zero(row["shown"]) if "shown" in row else None,
        )
        for row in rows(path, "excerpt", "question", "answers")
    ]


def claims(path: Path, of: dict[str, Excerpt]) -> list[Claim]:
    """Read claims over the excerpts ``of``.

    Raises:
        ValueError: a line is no claim, or names no excerpt of these.
    """
    return [
        Claim(
            _named(row["excerpt"], of, path),
            row["claim"],
            _from_zero(row["cited"]),
            bool(row["ok"]),
            row.get("kind", ""),
        )
        for row in rows(path, "excerpt", "claim", "cited", "ok")
    ]


def intents(path: Path) -> list[Wanted]:
    """Read questions with their intents; those in the voice ``kept`` are for testing alone."""
    return [
        Wanted(row["question"], Intent(row["intent"]), str(row.get("voice")).startswith("kept"))
        for row in rows(path, "question", "intent")
    ]


def marked(path: Path, field: str, kind: type[StrEnum]) -> list[Marked]:
    """Read questions with what they want; those in the voice ``kept`` are for testing alone.

    Args:
        field: the field that says it, of ``kind``.
    """
    return [
        Marked(row["question"], kind(row[field]), str(row.get("voice")).startswith("kept"))
        for row in rows(path, "question", field)
    ]


def parts() -> list[Parted]:
    """Read all questions with their parts; those in the voice ``kept`` are for testing alone."""
    return [
        Parted(
            row["question"],
            tuple(row["parts"]),
            tuple(Intent(one) for one in row["intents"]),
            str(row.get("voice")).startswith("kept"),
        )
        for path in sorted(DATA.glob("parts*.jsonl"))
        for row in rows(path, "question", "parts", "intents")
    ]


def told(path: Path, of: dict[str, Excerpt]) -> list[Told]:
    """Read what sentences tell, a letter each: S, C, M, R, G, F or N."""
    return [
        Told(_named(row["excerpt"], of, path), tuple(_LETTERS[one] for one in row["tells"]))
        for row in rows(path, "excerpt", "tells")
    ]


def flagged(path: Path, field: str) -> list[tuple[str, bool, bool]]:
    """Read questions, what ``field`` says of each, and whether it is kept back."""
    return [(row["question"], bool(row[field]), kept) for row, kept in voiced(path, field)]


def voiced(path: Path, *fields: str) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield rows with a question and these fields, and whether their voice is kept back."""
    for row in rows(path, "question", *fields):
        yield row, str(row.get("voice")).startswith("kept")


def follow_ups(path: Path) -> list[FollowUp]:
    """Read follow-up questions; those in the voice ``kept`` are for testing alone."""
    return [
        FollowUp(
            row["before"],
            row["question"],
            Leaning(row["needs"]),
            str(row.get("voice")).startswith("kept"),
        )
        for row in rows(path, "before", "question", "needs")
    ]


def moved(path: Path) -> list[Moved]:
    """Read follow-ups with the time they move to; the voice ``kept`` is for testing alone."""
    return [
        Moved(row["before"], row["question"], When(row["when"]), row["voice"].startswith("kept"))
        for row in rows(path, "before", "question", "when", "voice")
    ]


def around(claim: Claim) -> list[int]:
    """Return the indexes of the sentences that a claim cites and of two on either side of each."""
    last = len(claim.excerpt.sentences)
    return sorted(
        {n + d for n in claim.cited for d in range(-AROUND, AROUND + 1) if 0 <= n + d < last}
    )


def digest(folder: Path = DATA, without: Collection[str] = (), of_questions: bool = False) -> str:
    """Return the SHA-256 (hex) over names and bytes of what an encoder is trained on, in order of
    name: over passages all but what is fitted over questions alone (``evals.reading.tasks``).

    Args:
        without: names of files that it has not seen.
        of_questions: of what is fitted over questions alone.
    """
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        if path.name.startswith(FITTED) is of_questions and path.name not in without:
            total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def rows(path: Path, *fields: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a file, one a line.

    Raises:
        ValueError: a line is no object, or lacks one of ``fields``; names file and line.
    """
    with path.open(encoding="utf-8") as lines:
        for n, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise TypeError("not an object")
                lacking = [field for field in fields if field not in row]
            except (ValueError, TypeError) as error:
                raise ValueError(f"{path}, line {n}: {error}") from error
            if lacking:
                raise ValueError(f"{path}, line {n}: the field {lacking[0]!r} is missing")
            yield row


def _named(excerpt_id: str, of: dict[str, Excerpt], path: Path) -> Excerpt:
    if excerpt_id not in of:
        raise ValueError(f"{path}: there is no excerpt {excerpt_id!r}")
    return of[excerpt_id]


def _from_zero(numbers: object) -> frozenset[int]:
    return frozenset(int(n) - 1 for n in numbers)  # type: ignore[attr-defined]
