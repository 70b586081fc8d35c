"""Write to the index that the settings name, in a folder or in Milvus; load the models for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from assistant.service.open_index import milvus_uri, open_collection
from index.errors import IndexMissing, NotFound

if TYPE_CHECKING:
    from assistant.compose import Assistant
    from assistant.settings import Settings
    from index.building.builder import Builder, Report
    from index.building.plan import Progress
    from index.milvus.build import MilvusBuilder
    from index.ports import PassageStore
    from index.types import Identity


class IndexWriter:
    """What adds to the index that a running server answers from; one writer at a time.

    Args:
        builder: makes what writes to it.
        store: what the server shows.
        follow: lets it show what the index holds now.
    """

    def __init__(
        self,
        builder: Callable[[], Builder | MilvusBuilder],
        store: PassageStore,
        follow: Callable[[], None],
    ) -> None:
        self._builder = builder
        self._store = store
        self._follow = follow
        self._turn = Lock()

    def identities(self) -> Sequence[Identity]:
        """Return what is held."""
        return self._store.identities()

    def identity(self, doc_id: str) -> Identity:
        """Return one document's identity.

        Raises:
            NotFound: it is not held.
        """
        found = next((one for one in self.identities() if one.doc_id == doc_id), None)
        if found is None:
            raise NotFound("This document is not held any more.")
        return found

    def add(self, path: Path) -> Report:
        """Add one file, as ``assistant index add`` does.

        Raises:
            AssistantError: as ``Builder.add``.
        """
        return self._written(lambda builder: builder.add([path]))

    def update(self, folder: Path, left: Collection[str]) -> Report:
        """Add what is new or changed under a folder, and remove the sources that have left it.

        Raises:
            AssistantError: as ``Builder.add``.
        """
        return self._written(lambda builder: builder.add([folder], left))

    def remove(self, doc_id: str) -> Report:
        """Remove one document.

        Raises:
            AssistantError: as ``Builder.remove``.
        """
        return self._written(lambda builder: builder.remove([doc_id]))

    def _written(self, work: Callable[[Builder | MilvusBuilder], Report]) -> Report:
        with self._turn:
            done = work(self._builder())
        self._follow()
        return done


def index_writer(settings: Settings, made: Assistant) -> IndexWriter:
    """Return what writes to the index that ``made`` answers from."""
    return IndexWriter(lambda: index_builder(as_held(settings)), made.collection, made.follow)


def index_builder(
    settings: Settings, told: Progress | None = None, shard: tuple[int, int] = (1, 1)
) -> Builder | MilvusBuilder:
    """Return what builds, adds to and removes from the index.

    Args:
        told: told how it goes.
        shard: in Milvus, the documents to look after: number, of how many.

    Raises:
        UsageError: the settings do not say where the index is.
        ModelUnavailable: weights, or Milvus' library, are missing.
    """
    from index.compose import builder, milvus_builder

    uri = milvus_uri(settings)
    if uri is None:
        return builder(settings.index, settings.embedder, told)
    return milvus_builder(uri, settings.embedder, told, shard)


def as_held(settings: Settings) -> Settings:
    """Return the settings with the embedder that the index was made with, where there is one.

    Raises:
        IndexDamaged: it cannot be read.
    """
    try:
        collection = open_collection(settings)
    except IndexMissing:
        return settings
    embedder = collection.manifest.settings.embedder
    collection.close()
    return settings.model_copy(update={"embedder": embedder})
