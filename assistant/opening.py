"""Opens the index that the settings name, in a folder or in Milvus; loads no model."""

from __future__ import annotations

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
    from index.opening import collection

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
