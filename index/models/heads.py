"""Tell what a question wants, assumes, takes from the one before it, which sides it wants heard,
where it falls apart, which inspection a time in it means, whether it asks for a short answer, and
what a sentence tells.

Of a question a linear head over a vector and its words, one and two together, and an encoder
trained for this tell it together: more than either alone (``evals/LOG.md`` #questions-1). Made by
``evals.reading.heads`` and ``evals.reading.question_encoder``; they decide nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable
from index.models import weights
from index.models.gaps import places
from index.models.question_encoder import QuestionEncoder
from index.models.question_words import (
    as_anchor,
    following,
    grams,
    placeless,
    under,
    unplaced,
    word_row,
)
from index.ports import Embedder
from index.types import (
    Area,
    Aspect,
    Counted,
    Gap,
    Intent,
    Leaning,
    NamedBy,
    Sides,
    Slant,
    Telling,
    When,
)

NAME = "heads"
FILE = Path(__file__).parent.parent / "data" / "heads.npz"
INTENTS, ASSUMES, LEANINGS, SIDES = "intents", "assumes", "leanings", "sides"
SLANTS, PARTS, TELLINGS, WHENS = "slants", "parts", "tellings", "whens"
GRADED, ASPECTS, SHORT, ANCHORS = "graded", "aspects", "short", "anchors"
NAMED_BY, AREAS, COUNTS = "named_by", "areas", "counts"
ANCHORED = (When.SAME, When.NEXT, When.PREVIOUS, When.SINCE)
"""Which inspections a question may mean, seen from the time that it names."""
OUTPUTS = {
    **{INTENTS: len(Intent), ASSUMES: 1, LEANINGS: len(Leaning), SIDES: len(Sides)},
    **{SLANTS: len(Slant), PARTS: 1, TELLINGS: len(Telling), WHENS: len(When)},
    GRADED: 1,
    ASPECTS: len(Aspect),
    SHORT: 1,
    ANCHORS: len(ANCHORED),
    NAMED_BY: len(NamedBy),
    AREAS: len(Area),
    COUNTS: len(Counted),
}
ALONE = (AREAS, COUNTS)
"""Heads over a question that tell it without the encoder."""
_REMEMBERED = 1_000
SHARPENED = 1.3
"""What the mean of both is multiplied by, so that probabilities mean what they say."""


class Linear:
    """A linear head; all its inputs are about as large as a vector of unit length.

    Args:
        arrays: ``NAME_grams``, ``NAME_weights`` of shape (outputs, inputs), ``NAME_bias``.

    Raises:
        KeyError: an array is missing.
        ValueError: its arrays do not fit each other.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], name: str) -> None:
        self._weights = arrays[f"{name}_weights"].astype(np.float32)
        self._bias = arrays[f"{name}_bias"]
        if self._weights.shape[0] != OUTPUTS[name] or self._bias.shape != (OUTPUTS[name],):
            raise ValueError(f"{name} has another number of outputs")
        self.places = {gram: n for n, gram in enumerate(arrays[f"{name}_grams"].tolist())}

    @property
    def inputs(self) -> int:
        """Numbers read beside the known words."""
        return int(self._weights.shape[1] - len(self.places))

    def logits(self, read: NDArray[np.float32], words: Iterable[str]) -> NDArray[np.float32]:
        """Return float32 of shape (outputs,)."""
        row = np.concatenate([read, word_row(words, self.places)])
        found: NDArray[np.float32] = self._weights @ row + self._bias
        return found


class Heads:
    """Tells what a question wants, whether it takes something for granted, what it takes from the
    question before it and which inspection it then means, which sides it wants heard, and where it
    falls apart, whether it means a grade, after whom it is, which inspection its time means, by
    what it names one, and whether it wants a short answer; and what a sentence tells.

    Args:
        embedder: the one that the weights were fitted with.
        encoder: what tells of a question together with the linear heads.

    Raises:
        ModelUnavailable: the file of weights is missing, damaged, or for another embedder.
    """

    def __init__(
        self, embedder: Embedder, encoder: QuestionEncoder | None = None, file: Path = FILE
    ) -> None:
        self._embedder = embedder
        if file == FILE:
            weights.check(NAME, file.parent)
        try:
            with file.open("rb") as opened, np.load(opened) as arrays:
                self._heads = {name: Linear(arrays, name) for name in OUTPUTS}
        except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
            raise ModelUnavailable(
                f"{file} cannot be read ({error}): put it back, or make it again with "
                "'python -m evals.reading.heads'"
            ) from error
        alone, after = embedder.dim, len(following(embedder, ["a"], ["b"])[0])
        if {head.inputs for head in self._heads.values()} != {0, alone, after}:
            raise ModelUnavailable(f"{file} was made for another embedder than {embedder.name}")
        encoder = encoder or QuestionEncoder()
        self._encoded = lru_cache(_REMEMBERED)(encoder.logits)
        self._matter = lru_cache(_REMEMBERED)(encoder.matter)
        self._vector = lru_cache(_REMEMBERED)(self._embed)
        self._shared = lru_cache(_REMEMBERED)(self._following)

    def intent(self, question: str) -> Mapping[Intent, float]:
        """Return the probability of each intent; they sum to 1."""
        return dict(zip(Intent, _softmax(self._told(INTENTS, question)), strict=True))

    def assumes(self, question: str) -> float:
        """Return the probability that a question takes for granted what may not be so."""
        return _chance(self._told(ASSUMES, question)[0])

    def aspect(self, question: str) -> Mapping[Aspect, float]:
        """Return how likely a question after a person or a number is after what; they sum to 1."""
        return dict(zip(Aspect, _softmax(self._told(ASPECTS, question)), strict=True))

    def grade_meant(self, question: str) -> float:
        """Return the probability that the word for a grade in a question is an inspection's grade,
        and no praise or blame of work.
        """
        return _chance(self._told(GRADED, question)[0])

    def leaning(self, question: str, before: str) -> Mapping[Leaning, float]:
        """Return how likely a question takes what from the one before it; they sum to 1."""
        return dict(zip(Leaning, _softmax(self._told(LEANINGS, question, before)), strict=True))

    def when(self, question: str, before: str) -> Mapping[When, float]:
        """Return how likely a follow-up means which inspection; they sum to 1."""
        return dict(zip(When, _softmax(self._told(WHENS, question, before)), strict=True))

    def sides(self, question: str) -> Mapping[Sides, float]:
        """Return how likely a question wants what sides heard; they sum to 1."""
        return dict(zip(Sides, _softmax(self._told(SIDES, question)), strict=True))

    def slant(self, question: str) -> Mapping[Slant, float]:
        """Return how likely a question asks for one side of a matter; they sum to 1."""
        return dict(zip(Slant, _softmax(self._told(SLANTS, question)), strict=True))

    def matter(self, question: str, some: bool = False) -> str:
        """Return the words of a question that name its matter: what a search for it would be; empty
        where it has none.
        """
        return self._matter(question, some)

    def short(self, question: str) -> float:
        """Return the probability that a question asks for a short answer."""
        return _chance(self._told(SHORT, question)[0])

    def anchored(self, question: str, time: str) -> Mapping[When, float]:
        """Return how likely a question means which inspection, seen from the one time that it
        names, in those words; they sum to 1.
        """
        logits = self._told(ANCHORS, as_anchor(question, time))
        return dict(zip(ANCHORED, _softmax(logits), strict=True))

    def named_by(self, question: str) -> Mapping[NamedBy, float]:
        """Return how likely a question names its inspection by what that gave; they sum to 1."""
        return dict(zip(NamedBy, _softmax(self._told(NAMED_BY, question)), strict=True))

    def area(self, question: str) -> Mapping[Area, float]:
        """Return how likely a question asks about which judged area as a whole; they sum to 1."""
        return dict(zip(Area, _softmax(self._told(AREAS, question)), strict=True))

    def counted(self, question: str) -> Mapping[Counted, float]:
        """Return how likely a question counts what; they sum to 1."""
        return dict(zip(Counted, _softmax(self._told(COUNTS, question)), strict=True))

    def tells(self, heading: str, sentences: Sequence[str]) -> list[Mapping[Telling, float]]:
        """Return how likely each of some sentences under a heading tells what; they sum to 1."""
        if not sentences:
            return []
        vectors = self._embedder.embed_passages(sentences)
        head = self._heads[TELLINGS]
        return [
            dict(zip(Telling, _softmax(head.logits(vector, under(heading, text))), strict=True))
            for vector, text in zip(vectors, sentences, strict=True)
        ]

    def gaps(self, question: str) -> tuple[Gap, ...]:
        """Return where a question may fall apart into two that each ask for something."""
        head, nothing = self._heads[PARTS], np.zeros(0, dtype=np.float32)
        return tuple(
            Gap(one.start, one.end, _chance(head.logits(nothing, one.marks)[0]))
            for one in places(question)
        )

    def _told(self, name: str, question: str, before: str | None = None) -> NDArray[np.float32]:
        """Return the logits of a head: of its words, and mostly of the encoder together."""
        text, other = as_read(name, question, before)
        read = self._vector(text) if before is None else self._shared(question, before)
        by_words = self._heads[name].logits(read, grams(text))
        return by_words if name in ALONE else _together(by_words, self._encoded(text, other)[name])

    def _embed(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._embedder.embed_queries([text])[0]
        return vector

    def _following(self, question: str, before: str) -> NDArray[np.float32]:
        read: NDArray[np.float32] = following(self._embedder, [question], [before])[0]
        return read


def _together(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of what two say, as log-probabilities where they are of several outcomes."""
    if len(one) > 1:
        one, other = _log_softmax(one), _log_softmax(other)
    return np.asarray(SHARPENED * (one + other) / 2, dtype=np.float32)


def _log_softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    below = logits - logits.max()
    return np.asarray(below - np.log(np.exp(below).sum()), dtype=np.float32)


def as_read(name: str, text: str, before: str | None = None) -> tuple[str, str | None]:
    """Return a question, and the one before it, as the encoder reads them for a head."""
    if before is not None:
        return placeless(text)[0], placeless(before)[0]
    return (text if name in (INTENTS, ASSUMES) else unplaced(text)), None


def _chance(logit: np.float32) -> float:
    return float(1 / (1 + np.exp(-logit)))


def _softmax(logits: NDArray[np.float32]) -> list[float]:
    chances = np.exp(logits - logits.max())
    return [float(one) for one in chances / chances.sum()]
