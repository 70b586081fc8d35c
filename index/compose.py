"""Pick the models that go with an index; the composition root of the retrieval half."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from index import models
from index.building.builder import Builder, mismatch
from index.building.plan import Progress
from index.building.preparing import settings_of
from index.errors import ModelUnavailable
from index.passages.chunking import settings_for
from index.retrieval.retriever import HybridRetriever
from index.store import manifest
from index.store.collection import Collection

if TYPE_CHECKING:
    from index.milvus.build import MilvusBuilder


def builder(folder: Path, embedder: str | None = None, progress: Progress | None = None) -> Builder:
    """Return a builder for ``folder`` with the embedder named, ours where None."""
    model = models.embedder(embedder or models.DEFAULT_EMBEDDER)
    return Builder(folder, model, models.token_encoder(), settings_for(model.max_tokens), progress)


def milvus_builder(
    uri: str,
    embedder: str | None = None,
    progress: Progress | None = None,
    shard: tuple[int, int] = (1, 1),
) -> MilvusBuilder:
    """As ``builder``, for the index in Milvus at ``uri``; of ``shard`` (number, of how many)."""
    with _needing_milvus():
        from index.milvus.build import MilvusBuilder, Shard

    model = models.embedder(embedder or models.DEFAULT_EMBEDDER)
    settings = settings_for(model.max_tokens)
    return MilvusBuilder(uri, model, models.token_encoder(), settings, progress, Shard(*shard))


def collection(folder: Path, milvus: str | None = None) -> Collection:
    """Return the index in ``folder``, or the one in Milvus where its address is given.

    Raises:
        IndexMissing, IndexDamaged: there is none, or it cannot be read.
    """
    if milvus is None:
        return Collection(folder)
    with _needing_milvus():
        from index.milvus.collection import MilvusCollection

    # It has every method of a folder's collection, and none of its files.
    return cast("Collection", MilvusCollection(milvus))


def stamp(folder: Path, milvus: str | None = None) -> Callable[[], Hashable]:
    """Return what can be asked often whether the index was updated: what it gives then changes."""
    if milvus is None:
        return partial(manifest.stamp, folder)
    with _needing_milvus():
        from index.milvus.collection import Stamp

    return Stamp(milvus)


@contextmanager
def _needing_milvus() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise ModelUnavailable(
            "Milvus' library is not installed: pip install 'inspection-assistant[milvus]'"
        ) from error


def retriever(collection: Collection) -> HybridRetriever:
    """Return the retriever over an open index, with the models that made it.

    Raises:
        IndexMismatch: the models installed are not those that made it.
    """
    model, tokens = models.embedder(collection.manifest.settings.embedder), models.token_encoder()
    because = manifest.differing(
        collection.manifest.settings, settings_of(model, tokens, settings_for(model.max_tokens))
    )
    if because:
        raise mismatch(collection.folder, because)
    return HybridRetriever(collection, model, tokens)
