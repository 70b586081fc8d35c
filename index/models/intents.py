"""Tell what a question wants: a linear head over the packaged embedder's question vectors.

Made by ``evals.reading.intents``; it decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.errors import ModelUnavailable
from index.ports import Embedder
from index.types import Intent

FILE = Path(__file__).parent.parent / "data" / "intents.npz"
_REMEMBERED = 1_000


class IntentHead:
    """Weights of shape (20, dim) in the order of ``Intent``, and a bias.

    Args:
        embedder: the one that the weights were fitted with.

    Raises:
        ModelUnavailable: the file of weights is missing, or is for another embedder.
    """

    def __init__(self, embedder: Embedder, file: Path = FILE) -> None:
        self._embedder = embedder
        try:
            with np.load(file) as arrays:
                self._weights, self._bias = arrays["weights"], arrays["bias"]
        except (OSError, ValueError, KeyError) as error:
            raise ModelUnavailable(
                f"{file} cannot be read ({error}): put it back, or make it again with "
                "'python -m evals.reading.intents'"
            ) from error
        if self._weights.shape != (len(Intent), embedder.dim):
            raise ModelUnavailable(f"{file} was made for another embedder than {embedder.name}")
        self._known = lru_cache(_REMEMBERED)(self._read)

    def intent(self, question: str) -> Mapping[Intent, float]:
        """Return the probability of each intent; they sum to 1."""
        return self._known(question)

    def _read(self, question: str) -> Mapping[Intent, float]:
        logits = self._weights @ self._embedder.embed_queries([question])[0] + self._bias
        chances = np.exp(logits - logits.max())
        return dict(zip(Intent, map(float, chances / chances.sum()), strict=True))
