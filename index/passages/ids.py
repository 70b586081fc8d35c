"""Name passages, and tell from a name which document a passage is of."""

from __future__ import annotations


def passage_id(doc_id: str, number: int) -> str:
    """Return the id of a document's passage; ``number`` from 0."""
    return f"{doc_id}-{number:04d}"


def doc_id_of(passage_id: str) -> str:
    """Return the document that a passage is of."""
    return passage_id.rsplit("-", 1)[0]
