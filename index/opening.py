"""Picks the models that go with an index; the composition root of the retrieval half."""

from __future__ import annotations

from pathlib import Path

from index import models
from index.build import Builder, mismatch, settings_of
from index.chunking import settings_for
from index.plan import Progress
from index.retrieval import HybridRetriever
from index.store import manifest
from index.store.collection import Collection


def builder(folder: Path, embedder: str | None = None, progress: Progress | None = None) -> Builder:
    """A builder for ``folder`` with the embedder named, ours where None."""
    model = models.embedder(embedder or models.DEFAULT_EMBEDDER)
    return Builder(folder, model, models.token_encoder(), settings_for(model.max_tokens), progress)


def retriever(collection: Collection, rerank: bool = True) -> HybridRetriever:
    """The retriever over an open index, with the models that made it.

    Raises:
        IndexMismatch: the models installed are not those that made it.
    """
    model, tokens = models.embedder(collection.manifest.settings.embedder), models.token_encoder()
    because = manifest.differing(
        collection.manifest.settings, settings_of(model, tokens, settings_for(model.max_tokens))
    )
    if because:
        raise mismatch(collection.folder, because)
    return HybridRetriever(collection, model, tokens, models.reranker() if rerank else None)
