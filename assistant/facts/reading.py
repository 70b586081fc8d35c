"""The seam to the reader: which of some statements, or which sentences, answer a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np

from index.ports import Reranker
from index.types import (
    Area,
    Aspect,
    Counted,
    Gap,
    Hit,
    Identity,
    Intent,
    Passage,
    Reading,
    Sentence,
    Sides,
    Slant,
    Telling,
)


class PassageReader(Protocol):
    """Reads a question together with passages; what of ``Reader`` facts need."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Read the question with each passage, in the order given."""


class LetterReader(PassageReader, Protocol):
    """Reads letters: which sentences answer, and what each tells."""

    def tells(self, heading: str, sentences: Sequence[str]) -> list[Mapping[Telling, float]]:
        """Return how likely each of some sentences under a heading tells what."""

    def intent(self, question: str) -> Mapping[Intent, float]:
        """Return the probability of each intent."""

    def assumes(self, question: str) -> float:
        """Return the probability that a question takes for granted what may not be so."""
        ...

    def aspect(self, question: str) -> Mapping[Aspect, float]:
        """Return how likely a question after a person or a number is after what."""

    def grade_meant(self, question: str) -> float:
        """Return the probability that a word for a grade is an inspection's grade, no praise."""
        ...

    def matter(self, question: str, some: bool = False) -> str:
        """Return the words of a question that name its matter; empty where it has none."""
        ...

    def gaps(self, question: str) -> tuple[Gap, ...]:
        """Return where a question may fall apart into two that each ask for something."""

    def area(self, question: str) -> Mapping[Area, float]:
        """Return how likely a question asks about which judged area as a whole."""

    def counted(self, question: str) -> Mapping[Counted, float]:
        """Return how likely a question counts what."""

    def slant(self, question: str) -> Mapping[Slant, float]:
        """Return how likely a question asks for one side of a matter."""

    def sides(self, question: str) -> Mapping[Sides, float]:
        """Return how likely a question wants several times, or several places, heard."""


class RerankerReader:
    """A reader made of a cross-encoder that scores sentence by sentence (``PassageReader``)."""

    def __init__(self, reranker: Reranker) -> None:
        self._reranker = reranker

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Read the question with each passage, in the order given; all sentences at once, which
        two cores share.
        """
        texts = [hit.passage.text_of(one) for hit in hits for one in hit.passage.sentences]
        logits = self._reranker.score(question, texts).astype(np.float64)
        chances = iter((1 / (1 + np.exp(-logits))).tolist())
        return [_reading(hit, chances) for hit in hits]


def _reading(hit: Hit, chances: Iterator[float]) -> Reading:
    """Return a passage read, its sentences' chances taken from those of all."""
    answers = tuple(
        chance if sentence.quotable else 0.0
        for sentence, chance in zip(hit.passage.sentences, chances, strict=False)
    )
    return Reading(hit, answers, (0.0,) * len(answers), answers, max(answers, default=0.0))


ANSWERS = 0.4
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


def chances_among(
    reader: PassageReader, question: str, identity: Identity, texts: Sequence[str]
) -> tuple[float, ...]:
    """Return how probable it is that each of some texts answers, read together as one list.

    One pass reads them all, where ``chances`` reads each alone.
    """
    read = reader.read(question, [_hit(identity, *texts)]) if texts else []
    return read[0].answers if read else (0.0,) * len(texts)


def _hit(identity: Identity, *texts: str) -> Hit:
    """Return a passage with each of the texts as a sentence of it."""
    starts = np.cumsum([0, *(len(text) + 1 for text in texts)]).tolist()
    sentences = tuple(
        Sentence(start, start + len(text), "", n)
        for n, (start, text) in enumerate(zip(starts, texts, strict=False))
    )
    whole = " ".join(texts)
    passage = Passage(
        "statement",
        identity.doc_id,
        identity.source,
        0,
        len(whole),
        whole,
        "",
        None,
        None,
        sentences,
    )
    return Hit(passage, identity, 0.0, 1)
