"""The seam to the reader: which of some statements, or which sentences, answer a question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from index.types import Hit, Identity, Passage, Reading, Sentence


class PassageReader(Protocol):
    """Reads a question together with passages; what of ``Reader`` facts need."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Read the question with each passage, in the order given."""


ANSWERS = 0.5
"""From this probability on a sentence answers."""


def log_odds(chance: float) -> float:
    """Return the log-odds of a probability, kept finite at 0 and 1."""
    kept = min(max(chance, 1e-9), 1 - 1e-9)
    return float(np.log(kept / (1 - kept)))


def chances(
    reader: PassageReader,
    question: str,
    identity: Identity,
    statements: Mapping[str, Sequence[str]],
) -> dict[str, float]:
    """Return how probable it is that each statement answers: the best of its wordings.

    Args:
        identity: whose document the statements are made of.
        statements: by name; each in one wording or more.
    """
    flat = [(name, words) for name, wordings in statements.items() for words in wordings]
    if not flat:
        return {}
    reading = reader.read(question, [_hit(identity, words) for _, words in flat])
    best: dict[str, float] = {}
    for (name, _), one in zip(flat, reading, strict=True):
        best[name] = max(best.get(name, 0.0), max(one.answers, default=0.0))
    return best


def _hit(identity: Identity, words: str) -> Hit:
    sentence = Sentence(0, len(words), "", 0)
    passage = Passage(
        "statement",
        identity.doc_id,
        identity.source,
        0,
        len(words),
        words,
        "",
        None,
        None,
        (sentence,),
    )
    return Hit(passage, identity, 0.0, 1)
