"""Tell what a question wants, assumes, takes from the one before it, which sides it wants heard,
and where it falls apart, and what a sentence tells: linear heads over a vector and the words, one
and two together.

Made by ``evals.reading.heads``; they decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise, repeat
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable
from index.identity.authorities import authorities
from index.models import weights
from index.models.gaps import places
from index.ports import Embedder
from index.store.lexical import terms
from index.types import Aspect, Gap, Intent, Leaning, Sides, Slant, Telling, When

NAME = "heads"
FILE = Path(__file__).parent.parent / "data" / "heads.npz"
INTENTS, ASSUMES, LEANINGS, SIDES = "intents", "assumes", "leanings", "sides"
SLANTS, PARTS, TELLINGS, WHENS = "slants", "parts", "tellings", "whens"
GRADED, ASPECTS = "graded", "aspects"
OUTPUTS = {
    **{INTENTS: len(Intent), ASSUMES: 1, LEANINGS: len(Leaning), SIDES: len(Sides)},
    **{SLANTS: len(Slant), PARTS: 1, TELLINGS: len(Telling), WHENS: len(When)},
    GRADED: 1,
    ASPECTS: len(Aspect),
}
_PLACE = "Placeville"
"""Stands for every authority: which one it is does not matter."""
_YEAR, _YEARS = re.compile(r"\b(?:19|20)\d\d\b"), ("2019", "2022", "2024", "2025")
"""What stands for a question's first, second, third and any further year."""
_SHARED, _WORDS = 4.0, 10.0
"""Weight of what two vectors share, and words that count as much as a mark."""
_REMEMBERED = 1_000


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
    falls apart, whether it means a grade, and after whom it is; and what a sentence tells.

    Args:
        embedder: the one that the weights were fitted with.

    Raises:
        ModelUnavailable: the file of weights is missing, damaged, or for another embedder.
    """

    def __init__(self, embedder: Embedder, file: Path = FILE) -> None:
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
        self._known = lru_cache(_REMEMBERED)(self._read)
        self._takes = lru_cache(_REMEMBERED)(self._leaning)
        self._hears = lru_cache(_REMEMBERED)(self._sides)

    def intent(self, question: str) -> Mapping[Intent, float]:
        """Return the probability of each intent; they sum to 1."""
        return self._known(question)[0]

    def assumes(self, question: str) -> float:
        """Return the probability that a question takes for granted what may not be so."""
        return self._known(question)[1]

    def aspect(self, question: str) -> Mapping[Aspect, float]:
        """Return how likely a question after a person or a number is after what; they sum to 1."""
        return dict(zip(Aspect, _softmax(self._unplaced(ASPECTS, question)), strict=True))

    def grade_meant(self, question: str) -> float:
        """Return the probability that the word for a grade in a question is an inspection's grade,
        and no praise or blame of work.
        """
        return _chance(self._unplaced(GRADED, question)[0])

    def leaning(self, question: str, before: str) -> Mapping[Leaning, float]:
        """Return how likely a question takes what from the one before it; they sum to 1."""
        return self._takes(question, before)

    def when(self, question: str, before: str) -> Mapping[When, float]:
        """Return how likely a follow-up means which inspection; they sum to 1."""
        read = following(self._embedder, [question], [before])[0]
        chances = _softmax(self._heads[WHENS].logits(read, grams(placeless(question)[0])))
        return dict(zip(When, chances, strict=True))

    def sides(self, question: str) -> Mapping[Sides, float]:
        """Return how likely a question wants what sides heard; they sum to 1."""
        return self._hears(question)

    def slant(self, question: str) -> Mapping[Slant, float]:
        """Return how likely a question asks for one side of a matter; they sum to 1."""
        return dict(zip(Slant, _softmax(self._unplaced(SLANTS, question)), strict=True))

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

    def _sides(self, question: str) -> Mapping[Sides, float]:
        return dict(zip(Sides, _softmax(self._unplaced(SIDES, question)), strict=True))

    def _unplaced(self, name: str, question: str) -> NDArray[np.float32]:
        """Return what a head says of a question without its places."""
        text = unplaced(question)
        return self._heads[name].logits(self._embedder.embed_queries([text])[0], grams(text))

    def _read(self, question: str) -> tuple[Mapping[Intent, float], float]:
        vector = self._embedder.embed_queries([question])[0]
        chances = _softmax(self._heads[INTENTS].logits(vector, grams(question)))
        assumed = self._heads[ASSUMES].logits(vector, grams(question))[0]
        return dict(zip(Intent, chances, strict=True)), _chance(assumed)

    def _leaning(self, question: str, before: str) -> Mapping[Leaning, float]:
        read = following(self._embedder, [question], [before])[0]
        chances = _softmax(self._heads[LEANINGS].logits(read, grams(placeless(question)[0])))
        return dict(zip(Leaning, chances, strict=True))


def following(
    embedder: Embedder, questions: Sequence[str], before: Sequence[str]
) -> NDArray[np.float32]:
    """Return what is read of questions beside their words, each with the one before it.

    Returns:
        float32 of shape (questions, inputs): the question's vector, what it shares with the other
        one's, and marks: how much the vectors and the words have in common, how long the question
        is, and which of the two name a place.
    """
    asked, told = [placeless(one) for one in questions], [placeless(one) for one in before]
    vectors = embedder.embed_queries([text for text, _ in asked])
    others = embedder.embed_queries([text for text, _ in told])
    shared = vectors * others
    marks = [
        (
            total,
            len(text.split()) / _WORDS,
            named,
            named_before,
            named * named_before,
            _in_common(text, other),
            (1 - named) * named_before,
        )
        for total, (text, named), (other, named_before) in zip(
            shared.sum(axis=1), asked, told, strict=True
        )
    ]
    return np.hstack([vectors, _SHARED * shared, np.array(marks, dtype=np.float32)])


def placeless(text: str) -> tuple[str, bool]:
    """Return a text with one word for every authority, and whether it names one."""
    found = authorities().find(text)
    for match in reversed(found):
        text = text[: match.start] + _PLACE + text[match.end :]
    return text, bool(found)


def unplaced(text: str) -> str:
    """Return a text with one word for every authority, and its years the same for every text: how
    many it names tells what it wants, not which (``evals/LOG.md`` #sides-2).
    """
    years = chain(_YEARS, repeat(_YEARS[-1]))
    return _YEAR.sub(lambda _: next(years), placeless(text)[0])


def grams(question: str) -> list[str]:
    """Return the words of a question, its beginning and its end, one by one and two together."""
    words = ["^", *re.findall(r"\w+|\?", question.lower()), "$"]
    return words + [f"{one} {other}" for one, other in pairwise(words)]


def under(heading: str, sentence: str) -> list[str]:
    """Return the words of a sentence and of its heading, one by one and two together."""
    return [*grams(sentence), *(f"# {gram}" for gram in grams(heading))]


def word_row(words: Iterable[str], known: Mapping[str, int]) -> NDArray[np.float32]:
    """Return which known words are among some: float32 of shape (known words,), unit norm."""
    row = np.zeros(len(known), dtype=np.float32)
    row[sorted({known[word] for word in words if word in known})] = 1
    return row / max(float(np.linalg.norm(row)), 1.0)


def _in_common(text: str, other: str) -> float:
    words = set(terms(text))
    return len(words & set(terms(other))) / max(1, len(words))


def _chance(logit: np.float32) -> float:
    return float(1 / (1 + np.exp(-logit)))


def _softmax(logits: NDArray[np.float32]) -> list[float]:
    chances = np.exp(logits - logits.max())
    return [float(one) for one in chances / chances.sum()]
