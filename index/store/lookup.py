"""Find by id what an index holds, whatever keeps it; say what to do where it holds none."""

from __future__ import annotations

from collections.abc import Mapping

from index.errors import NotFound
from index.types import Identity


def identity_of(held: Mapping[str, Identity], doc_id: str) -> Identity:
    """Return the document with this id.

    Raises:
        NotFound: there is none.
    """
    try:
        return held[doc_id]
    except KeyError:
        raise NotFound(
            f"no document {doc_id!r} is held: 'assistant documents' lists those that are"
        ) from None


def no_passage(passage_id: str) -> NotFound:
    """Return the error where no passage has this id."""
    return NotFound(f"no passage {passage_id!r} is held: 'assistant search' gives those that are")
