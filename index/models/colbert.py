"""Late interaction: one vector a token, compared by MaxSim.

Source: answerai-colbert-small-v1 (Clavié 2024), after ColBERT (Khattab and Zaharia 2020).
A question carries [unused0] after [CLS], a passage [unused1]; questions are not padded with
[MASK]. Vectors are projected to fewer dimensions and rounded to int8.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models import packaged, weights
from index.models.onnx import OnnxModel
from index.ports import Tokens, Vectors


class ColbertEncoder:
    """The packaged late-interaction encoder (``TokenEncoder``)."""

    name = "colbert-small"

    def __init__(self) -> None:
        self._model = OnnxModel(packaged.folder(self.name), max_tokens=512)
        self._projection = _projection()
        self.dim = self._projection.shape[1]
        self._query_mark = self._model.token_id("[unused0]")
        self._passage_mark = self._model.token_id("[unused1]")

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over weights, tokenizer and projection."""
        digest = hashlib.sha256(self._model.fingerprint.encode())
        digest.update(self._projection.tobytes())
        return digest.hexdigest()

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> list[Tokens]:
        """Return one int8 array of shape (n_tokens, dim) a passage: unit vectors times 127."""
        out: list[Tokens] = [np.zeros((0, self.dim), dtype=np.int8)] * len(texts)
        for n, hidden in self._model.run(self._ids(texts, self._passage_mark), progress=progress):
            out[n] = np.rint(self._project(hidden) * 127).astype(np.int8)
        return out

    def encode_query(self, text: str) -> Vectors:
        """Return float32, shape (n_tokens, dim), rows of unit norm."""
        ((_, hidden),) = self._model.run(self._ids([text], self._query_mark))
        return self._project(hidden)

    def hidden(self, texts: Sequence[str]) -> list[NDArray[np.float32]]:
        """Return unprojected token vectors of passages, to fit a projection on."""
        out = [np.zeros((0, 0), dtype=np.float32)] * len(texts)
        for n, hidden in self._model.run(self._ids(texts, self._passage_mark)):
            out[n] = hidden / np.linalg.norm(hidden, axis=1, keepdims=True)
        return out

    def _ids(self, texts: Sequence[str], mark: int) -> list[list[int]]:
        return [[row[0], mark, *row[1:]] for row in self._model.tokenize(texts)]

    def _project(self, hidden: NDArray[np.float32]) -> Vectors:
        projected = hidden @ self._projection
        unit: Vectors = projected / np.linalg.norm(projected, axis=1, keepdims=True)
        return unit


def maxsim(query: Vectors, passages: Sequence[Tokens]) -> NDArray[np.float32]:
    """Return MaxSim, averaged over the question's tokens.

    score(q, p) = mean over tokens i of q of max over tokens j of p of <q_i, p_j>

    Returns:
        float32, shape (len(passages),), in [-1, 1] up to rounding; 0 for an empty passage.
    """
    out = np.zeros(len(passages), dtype=np.float32)
    filled = [n for n, tokens in enumerate(passages) if len(tokens)]
    if not filled or not len(query):
        return out
    rows = np.concatenate([passages[n] for n in filled]).astype(np.float32)
    similar = rows @ query.T
    starts = np.cumsum([0, *(len(passages[n]) for n in filled[:-1])])
    out[filled] = np.maximum.reduceat(similar, starts, axis=0).mean(axis=1) / 127
    return out


def _projection() -> NDArray[np.float32]:
    """Return float32, (384, dim), orthonormal columns; made by ``evals/fit_projection.py``."""
    folder = Path(str(files("index") / "data"))
    weights.check(weights.PROJECTION, folder)
    projection: NDArray[np.float32] = np.load(folder / "colbert_projection.npy", allow_pickle=False)
    return projection
