"""Read the passages found for a question, and score their sentences.

A sentence's score is the reader's probability that it answers. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.ports import Reader
from index.types import Evidence, Hit, Reading

READ = 10
"""Passages read for a question: as many as two cores read in a third of a second."""
MOST_CHARS = 1_000
"""Characters of a question that are read; what is asked stands at its end."""


@dataclass(frozen=True)
class Look:
    """What reading the passages found for a question gave.

    Attributes:
        hits: the passages found, best first; not all were read.
        evidence: their sentences, the likeliest answer first; ties by document and place.
        answers: probability that the best sentence of the best passage answers, 0 with none.
    """

    hits: tuple[Hit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answers: float = 0.0
    readings: tuple[Reading, ...] = field(default=(), repr=False)


def look(reader: Reader, question: str, hits: Sequence[Hit], most: int = READ) -> Look:
    """Read ``question`` with the first ``most`` of ``hits``."""
    readings = reader.read(question[-MOST_CHARS:], hits[:most])
    evidence = [item for reading in readings for item in _evidence(reading)]
    evidence.sort(key=lambda e: (-e.score, e.identity.doc_id, e.sentence.start))
    answers = max((_answers(reading) for reading in readings), default=0.0)
    return Look(tuple(hits), tuple(evidence), answers, tuple(readings))


def _evidence(reading: Reading) -> list[Evidence]:
    hit = reading.hit
    return [
        Evidence(hit.identity, hit.passage, sentence, hit.passage.text_of(sentence), score, against)
        for sentence, score, against in zip(
            hit.passage.sentences, reading.answers, reading.contradicts, strict=True
        )
        if sentence.quotable
    ]


def _answers(reading: Reading) -> float:
    """The geometric mean of what the sentences and the passage as a whole say."""
    best = max(reading.answers, default=0.0)
    return float((best * reading.whole) ** 0.5)
