"""Open the index that the settings name, in a folder or in Milvus; load no model."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from index.errors import UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings
    from index.store.collection import Collection


def open_collection(settings: Settings) -> Collection:
    """Return the index, open for reading.

    Raises:
        IndexMissing, IndexDamaged: there is none, or it cannot be read.
        UsageError: the settings do not say where.
    """
    from index.compose import collection

    return collection(settings.index, milvus_uri(settings))


def milvus_uri(settings: Settings) -> str | None:
    """Return where Milvus is, None where the index is a folder.

    Raises:
        UsageError: the settings do not say where.
    """
    if settings.store == "folder":
        return None
    if settings.milvus_uri is None:
        raise UsageError(
            "ASSISTANT_STORE=milvus needs ASSISTANT_MILVUS_URI: a server's address, such as "
            "http://127.0.0.1:19530, or a file for milvus-lite, such as .assistant/index.db"
        )
    return settings.milvus_uri.get_secret_value()


def passage_counts(collection: Collection) -> Counter[str]:
    """Return the number of passages of each document, by doc_id."""
    counted: Counter[str] | None = getattr(collection, "passage_counts", None)
    if counted is not None:  # an index in Milvus keeps them, a folder's counts its segments
        return counted
    from index.store.content import Content
    from index.store.segment import FOLDER

    counts: Counter[str] = Counter()
    for entry in collection.manifest.segments:
        content = Content(collection.folder / FOLDER / entry.name)
        held = zip(content.places.doc_ids, content.places.extents, strict=True)
        counts.update({doc: int(n) for doc, n in held if doc not in entry.removed})
        content.close()
    return counts
