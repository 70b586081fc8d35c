"""Tell what a question wants and assumes: linear heads over its vector and its words, one and two
together.

Made by ``evals.reading.intents``; it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable
from index.ports import Embedder
from index.types import Intent

FILE = Path(__file__).parent.parent / "data" / "intents.npz"
HEADS = ("intents", "assumes")
_REMEMBERED = 1_000


def grams(question: str) -> list[str]:
    """Return the words of a question, its beginning and its end, one by one and two together."""
    words = ["^", *re.findall(r"\w+|\?", question.lower()), "$"]
    return words + [f"{one} {other}" for one, other in pairwise(words)]


class Linear:
    """A linear head over a question's vector and those of its words that are known.

    Args:
        arrays: ``NAME_grams``, ``NAME_weights`` of shape (outputs, dim + grams), ``NAME_bias``.

    Raises:
        KeyError: an array is missing.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], name: str) -> None:
        self.weights = arrays[f"{name}_weights"].astype(np.float32)
        self._bias = arrays[f"{name}_bias"]
        self._places = {gram: n for n, gram in enumerate(arrays[f"{name}_grams"].tolist())}

    @property
    def dim(self) -> int:
        """Length of the vectors that it was fitted with."""
        return int(self.weights.shape[1] - len(self._places))

    def logits(self, question: str, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return float32 of shape (outputs,)."""
        row = np.concatenate([vector, word_row(question, self._places)])
        found: NDArray[np.float32] = self.weights @ row + self._bias
        return found


class IntentHead:
    """Tells what a question wants, and whether it takes something for granted.

    Args:
        embedder: the one that the weights were fitted with.

    Raises:
        ModelUnavailable: the file of weights is missing, or is for another embedder.
    """

    def __init__(self, embedder: Embedder, file: Path = FILE) -> None:
        self._embedder = embedder
        try:
            with np.load(file) as arrays:
                self._intents, self._assumes = (Linear(arrays, name) for name in HEADS)
        except (OSError, ValueError, KeyError) as error:
            raise ModelUnavailable(
                f"{file} cannot be read ({error}): put it back, or make it again with "
                "'python -m evals.reading.intents'"
            ) from error
        dims = {self._intents.dim, self._assumes.dim, embedder.dim}
        if len(dims) > 1 or len(self._intents.weights) != len(Intent):
            raise ModelUnavailable(f"{file} was made for another embedder than {embedder.name}")
        self._known = lru_cache(_REMEMBERED)(self._read)

    def intent(self, question: str) -> Mapping[Intent, float]:
        """Return the probability of each intent; they sum to 1."""
        return self._known(question)[0]

    def assumes(self, question: str) -> float:
        """Return the probability that a question takes for granted what may not be so."""
        return self._known(question)[1]

    def _read(self, question: str) -> tuple[Mapping[Intent, float], float]:
        vector = self._embedder.embed_queries([question])[0]
        logits = self._intents.logits(question, vector)
        chances = np.exp(logits - logits.max())
        intents = dict(zip(Intent, map(float, chances / chances.sum()), strict=True))
        return intents, float(1 / (1 + np.exp(-self._assumes.logits(question, vector)[0])))


def word_row(question: str, places: Mapping[str, int]) -> NDArray[np.float32]:
    """Return which known words a question holds: float32 of shape (known words,), unit norm."""
    row = np.zeros(len(places), dtype=np.float32)
    row[sorted({places[gram] for gram in grams(question) if gram in places})] = 1
    return row / max(float(np.linalg.norm(row)), 1.0)
