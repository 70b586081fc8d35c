"""One file as a document: its clean text with its identity; runs wherever it is called."""

from __future__ import annotations

from index.building import files
from index.errors import LoadError
from index.identity import identify, letters_in
from index.loading import LOADER_VERSION, read
from index.types import Document

_NAMED = 4
"""Letters of one file that a message names."""


def load(found: files.Found) -> Document:
    """Read one file as a document.

    Raises:
        LoadError: it cannot be read; says why.
    """
    data = files.data_of(found)
    clean = read(data, found.source)
    several = letters_in(clean)
    if len(several) > 1:
        raise LoadError(
            found.source,
            f"holds {len(several)} letters ({'; '.join(several[:_NAMED])}): save each as a file of "
            "its own",
        )
    identity = identify(clean, files.doc_id(data), (found.source,), found.sidecar)
    return Document(
        identity,
        clean.text,
        clean.pages,
        clean.blocks,
        clean.sections,
        LOADER_VERSION,
        clean.unread,
    )
