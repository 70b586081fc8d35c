"""Read the passages found for a question, and score their sentences.

A sentence's score is a probability: what the reader says of it and of its passage, and how far
behind the best its passage was found (``evals/LOG.md`` #reader-blend-4). Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest

import numpy as np

from assistant.facts.reading import log_odds
from index.ports import Reader
from index.types import Evidence, Hit, Query, Reading

READ = 10
"""Passages read for a question: as many as two cores read in a third of a second."""
WHOLE, BEHIND = 0.5, 3.0
"""Weights, in logits, of the passage's own probability and of how far behind it was found."""
MOST_CHARS = 1_000
"""Characters of a question that are read; what is asked stands at its end."""


@dataclass(frozen=True)
class Look:
    """What reading the passages found for a question gave.

    Attributes:
        hits: the passages found, best first; not all were read.
        evidence: their sentences, the likeliest answer first; ties by document and place.
        answers: probability that a passage answers, the best one's; 0 with none.
    """

    hits: tuple[Hit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    answers: float = 0.0
    readings: tuple[Reading, ...] = field(default=(), repr=False)

    @property
    def contradicts(self) -> float:
        """Probability that the likeliest sentence denies what the question assumes."""
        return self.evidence[0].contradicts if self.evidence else 0.0

    def bears_out(self, contradicts: float) -> float:
        """Return the best probability of a sentence that answers and denies nothing.

        Args:
            contradicts: probability from which on a sentence denies.
        """
        return max((e.score for e in self.evidence if e.contradicts < contradicts), default=0.0)

    def naming(self, query: Query) -> tuple[Evidence, ...]:
        """Return the sentences that name an authority of the question."""
        names = [mention.value.lower() for mention in query.authorities]
        return tuple(e for e in self.evidence if any(name in e.text.lower() for name in names))

    def told(self, query: Query) -> float:
        """Return how likely another place's document tells of one for which nothing is held."""
        return max((item.score for item in self.naming(query)), default=0.0)


def look(
    reader: Reader, question: str, hits: Sequence[Hit], most: int = READ, level: bool = False
) -> Look:
    """Read ``question`` with the first ``most`` of ``hits``.

    How far behind the best a passage was found is told from the best ``READ``, however few are
    read.

    Args:
        level: every passage counts alike, however far behind it was found: each document is to
            be heard.
    """
    asked = question[-MOST_CHARS:]
    readings = reader.read(asked, hits[:most])
    assumed = reader.assumes(asked)
    scores = [hit.score for hit in hits[: max(most, READ)]]
    spread = float("inf") if level else max(scores, default=0.0) - min(scores, default=0.0) or 1.0
    evidence = [
        item
        for reading in readings
        for item in _evidence(reading, (max(scores) - reading.hit.score) / spread, assumed)
    ]
    evidence.sort(key=lambda e: (-e.score, e.identity.doc_id, e.sentence.start))
    answers = max((reading.whole for reading in readings), default=0.0)
    return Look(tuple(hits), tuple(evidence), answers, tuple(readings))


def together(looks: Sequence[Look]) -> Look:
    """Return what looks at several sides gave as one; each side's best passages come first."""
    looks = sorted(looks, key=lambda one: -max((e.score for e in one.evidence), default=0.0))
    rounds = zip_longest(*(one.hits for one in looks))
    evidence = [item for one in looks for item in one.evidence]
    evidence.sort(key=lambda e: (-e.score, e.identity.doc_id, e.sentence.start))
    return Look(
        tuple(hit for turn in rounds for hit in turn if hit),
        tuple(evidence),
        max(one.answers for one in looks),
        tuple(reading for one in looks for reading in one.readings),
    )


def _evidence(reading: Reading, behind: float, assumed: float) -> list[Evidence]:
    hit = reading.hit
    prior = WHOLE * log_odds(reading.whole) - BEHIND * behind
    return [
        Evidence(
            hit.identity,
            hit.passage,
            sentence,
            hit.passage.text_of(sentence),
            _chance(log_odds(score) + prior),
            against * assumed,
            belongs,
        )
        for sentence, score, against, belongs in zip(
            hit.passage.sentences,
            reading.answers,
            reading.contradicts,
            reading.belongs,
            strict=True,
        )
        if sentence.quotable
    ]


def _chance(logit: float) -> float:
    return float(1 / (1 + np.exp(-logit)))
