"""Inspections as events: which documents tell of, and recall, one and the same.

Linked when an index is opened, from the identities that it keeps: 500 documents cost 37 ms once
(evals/LOG.md #inspections-1), and nothing can then be stale.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from index.errors import IndexMismatch
from index.identity import IDENTITY_VERSION
from index.inspections.linking import link
from index.inspections.record import inspection_record
from index.types import Identity, Inspection

__all__ = ["inspection_record", "inspections_of", "link"]


def inspections_of(
    identities: Iterable[Identity], version: str, folder: Path
) -> tuple[Inspection, ...]:
    """Return the events of an index.

    Args:
        version: of the code that read the identities, as the manifest has it.
        folder: where the index is.

    Raises:
        IndexMismatch: that code did not read what events are made of, or read it otherwise.
    """
    if version != IDENTITY_VERSION:
        raise IndexMismatch(
            f"the index in {folder} was made otherwise: identity was {version}, is now "
            f"{IDENTITY_VERSION}. Run 'assistant index build' to make it anew"
        )
    return link(identities)
