"""Every kind of model, one file each; this one picks by name."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from index.ports import Embedder, Reranker, TokenEncoder

if TYPE_CHECKING:
    from index.models.checker import TrainedChecker
    from index.models.reader import TrainedReader

DEFAULT_EMBEDDER = "bge-small"


@cache
def embedder(name: str) -> Embedder:
    """Return the embedder called ``name``: packaged, a folder, or a hub name.

    Raises:
        ModelUnavailable: it cannot be loaded.
    """
    if name == DEFAULT_EMBEDDER:
        from index.models.onnx_embedder import OnnxEmbedder

        return OnnxEmbedder()
    from index.models import exported

    return exported.embedder(name)


@cache
def token_encoder() -> TokenEncoder:
    """Return the late-interaction encoder."""
    from index.models.colbert import ColbertEncoder

    return ColbertEncoder()


@cache
def trained_reader() -> TrainedReader:
    """Return the reader."""
    from index.models.heads import Heads
    from index.models.reader import TrainedReader

    return TrainedReader(Heads(embedder(DEFAULT_EMBEDDER)))


@cache
def trained_checker() -> TrainedChecker:
    """Return the checker."""
    from index.models.checker import TrainedChecker

    return TrainedChecker()


@cache
def reranker() -> Reranker:
    """Return the cross-encoder, which tells whom a question after a person means."""
    from index.models.cross_encoder import CrossEncoder

    return CrossEncoder()
