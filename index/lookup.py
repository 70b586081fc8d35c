"""Finds by id what an index holds, whatever keeps it; says what to do where it holds none."""

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


def passage_id(doc_id: str, number: int) -> str:
    """Return the id of a document's passage; ``number`` from 0."""
    return f"{doc_id}-{number:04d}"


def doc_id_of(passage_id: str) -> str:
    """Return the document that a passage is of."""
    return passage_id.rsplit("-", 1)[0]


def no_passage(passage_id: str) -> NotFound:
    """Return the error where no passage has this id."""
    return NotFound(f"no passage {passage_id!r} is held: 'assistant search' gives those that are")
