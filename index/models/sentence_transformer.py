"""Embed with sentence-transformers: any hub name or folder.

It needs torch, which takes seconds to import: the packaged model goes through ``onnx_embedder``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import ModelUnavailable
from index.models import packaged
from index.ports import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_WEIGHTS = ("*.safetensors", "*.onnx", "*.bin", "tokenizer.json", "*config*.json")


class SentenceTransformerEmbedder:
    """Any model that ``SentenceTransformer(name)`` loads (``Embedder``).

    Args:
        name: ``"minilm"`` for the packaged all-MiniLM-L6-v2, a folder, or a hub name.

    Raises:
        ModelUnavailable: it cannot be loaded; says why.
    """

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self.name = name
        place = str(packaged.folder(name)) if name in packaged.NAMES else name
        try:
            self.model: SentenceTransformer = SentenceTransformer(place, device="cpu")
        except Exception as error:  # the library raises whatever its parts raise
            raise ModelUnavailable(
                f"the embedder {name!r} cannot be loaded ({_first_line(error)}): set "
                "ASSISTANT_EMBEDDER to a folder, to a model that the hub can deliver, or to "
                "'bge-small', which came with the installation"
            ) from error
        self.max_tokens = int(self.model.max_seq_length or 512)
        self.dim = int(self.model.get_embedding_dimension() or 0)
        self._place = Path(place)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over the model's files, or over its name and revision on the hub."""
        if self._place.is_dir():
            return fingerprint_of(self.name, self._place)
        config = getattr(getattr(self.model[0], "auto_model", None), "config", None)
        revision = getattr(config, "_commit_hash", None) or ""
        return hashlib.sha256(f"{self.name}@{revision}".encode()).hexdigest()

    def count_tokens(self, text: str) -> int:
        """Return the tokens of ``text``, special ones included, before any cutting."""
        tokenizer: Any = self.model.tokenizer
        return len(tokenizer(text, truncation=False, verbose=False)["input_ids"])

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Return float32, shape (n, dim), rows of unit L2 norm."""
        return self._encode(self.model.encode_document, texts, progress)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """As ``embed_passages``, with the model's query prompt where it has one."""
        return self._encode(self.model.encode_query, texts, None)

    def _encode(
        self,
        encode: Callable[..., Any],
        texts: Sequence[str],
        progress: Callable[[int], None] | None,
    ) -> Vectors:
        parts = [np.zeros((0, self.dim), dtype=np.float32)]
        for start in range(0, len(texts), 256):
            batch = list(texts[start : start + 256])
            vectors = encode(batch, normalize_embeddings=True, show_progress_bar=False)
            parts.append(np.asarray(vectors, dtype=np.float32))
            if progress:
                progress(len(batch))
        return np.concatenate(parts)


def fingerprint_of(name: str, folder: Path) -> str:
    """Return the SHA-256 (hex) over a model's name and the files of its folder."""
    digest = hashlib.sha256(name.encode())
    for path in sorted({path for glob in _WEIGHTS for path in folder.rglob(glob)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
