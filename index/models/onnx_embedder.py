"""Embed with packaged ONNX weights and nothing else: no torch, so a question starts fast."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from index.models import packaged
from index.models.onnx import OnnxModel
from index.ports import Vectors

QUERY_PROMPT = "Represent this sentence for searching relevant passages: "
"""bge's own prompt for questions; passages have none (BAAI's model card)."""


class OnnxEmbedder:
    """bge-small: the [CLS] vector of the last layer, normalised (``Embedder``)."""

    name = "bge-small"
    dim = 384

    def __init__(self) -> None:
        self._model = OnnxModel(packaged.folder(self.name), max_tokens=512)
        self.max_tokens = self._model.max_tokens

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over weights and tokenizer."""
        return self._model.fingerprint

    def count_tokens(self, text: str) -> int:
        """Return the tokens of ``text``, special ones included, before any cutting."""
        return len(self._model.tokenize([text])[0])

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Return float32, shape (n, 384), rows of unit L2 norm."""
        out = np.zeros((len(texts), self.dim), dtype=np.float32)
        for n, hidden in self._model.run(self._model.tokenize(texts), progress=progress):
            out[n] = hidden[0] / np.linalg.norm(hidden[0])
        return out

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """As ``embed_passages``, with the query prompt before each."""
        return self.embed_passages([QUERY_PROMPT + text for text in texts])
