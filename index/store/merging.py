"""Joins small segments into one, so that a collection that grew bit by bit stays quick.

It embeds nothing again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from index.chunking import embedded_text
from index.store import segment, vectors
from index.store.manifest import SegmentEntry, Settings
from index.store.segment import Segment, SegmentData

MOST_SEGMENTS = 8
SMALL_PASSAGES = 50_000


def merged(
    folder: Path, entries: Sequence[SegmentEntry], settings: Settings
) -> tuple[SegmentEntry, ...]:
    """The same content in at most ``MOST_SEGMENTS`` segments, where small ones allow it."""
    if len(entries) <= MOST_SEGMENTS:
        return tuple(entries)
    small = [entry for entry in entries if entry.passages < SMALL_PASSAGES]
    large = [entry for entry in entries if entry.passages >= SMALL_PASSAGES]
    if len(small) < 2:
        return tuple(entries)
    return (*large, _joined(folder, small, settings))


def _alive(part: Segment) -> list[str]:
    return [doc for doc in part.entry.documents if doc not in part.entry.removed]


def _name(entries: Sequence[SegmentEntry], settings: Settings) -> str:
    return segment.name_for([f"{e.name} without {e.removed}" for e in entries], settings)


def _joined(folder: Path, entries: Sequence[SegmentEntry], settings: Settings) -> SegmentEntry:
    opened = [Segment(folder, entry) for entry in entries]
    documents = [doc for part in opened for doc in part.content.documents(_alive(part))]
    rows = [(part, row) for part in opened for row in part.alive.nonzero()[0]]
    by_id = {document.doc_id: document.identity for document in documents}
    passages = [
        passage
        for part in opened
        for row, passage in enumerate(part.content.all_passages())
        if part.alive[row]
    ]
    data = SegmentData(
        documents=documents,
        passages=passages,
        texts=[embedded_text(by_id[passage.doc_id], passage) for passage in passages],
        vectors=vectors.concatenate([p.vectors.rows()[p.alive] for p in opened]),
        tokens=[part.tokens.row(int(row)) for part, row in rows],
        token_dim=opened[0].tokens.dim,
    )
    try:
        return segment.write(folder, _name(entries, settings), data)
    finally:
        for part in opened:
            part.content.close()
