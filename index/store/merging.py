"""Joins small segments into one, so that a collection that grew bit by bit stays quick.

It embeds nothing again, and copies file by file: memory does not grow with the collection.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.ports import Tokens
from index.store import content, postings, segment, tokens, vectors
from index.store.manifest import SegmentEntry, Settings
from index.store.segment import Segment

MOST_SEGMENTS = 8
"""Small segments that are left apart."""
LARGE_PASSAGES = vectors.APPROXIMATE_ROWS
"""From this size on a segment is left as it is: adding a document never rewrites it."""


def merged(
    folder: Path, entries: Sequence[SegmentEntry], settings: Settings
) -> tuple[SegmentEntry, ...]:
    """Return the same content, small segments joined where there are more than ``MOST_SEGMENTS``.

    Raises:
        IndexDamaged: a file to be copied is not what the manifest says.
    """
    small = sorted((e for e in entries if _alive(e) < LARGE_PASSAGES), key=_alive)
    if len(small) <= MOST_SEGMENTS:
        return tuple(entries)
    chosen = _together(small)
    names = {entry.name for entry in chosen}
    rest = [entry for entry in entries if entry.name not in names]
    return (*rest, _joined(folder, [e for e in entries if e.name in names], settings))


def _alive(entry: SegmentEntry) -> float:
    """Return passages of an entry that are still part of the index, about."""
    return entry.passages * (1 - len(entry.removed) / max(len(entry.documents), 1))


def _together(small: Sequence[SegmentEntry]) -> Sequence[SegmentEntry]:
    """Return the smallest two, and each next one that is not larger than those before it together.

    So a document is copied a few times while the collection doubles, not at every addition.
    """
    total = _alive(small[0]) + _alive(small[1])
    for n, entry in enumerate(small[2:], start=2):
        if _alive(entry) > total:
            return small[:n]
        total += _alive(entry)
    return small


def _joined(folder: Path, entries: Sequence[SegmentEntry], settings: Settings) -> SegmentEntry:
    for entry in entries:
        if faults := segment.verify(folder, entry):
            raise IndexDamaged(f"{faults[0]}: run 'assistant index build' to make it anew")
    parts = [Segment(folder, entry) for entry in entries]
    kept = [[d for d in p.places.doc_ids if d not in set(p.entry.removed)] for p in parts]
    name = segment.name_for([f"{e.name} without {e.removed}" for e in entries], settings)

    def files(target: Path) -> int:
        held = zip(parts, kept, strict=True)
        passages = sum(int(part.alive.sum()) for part in parts)
        content.join(target, [content.Part(p.folder, p.places, docs) for p, docs in held])
        postings.join(target, list(_moved(parts)))
        tokens.write(target, _tokens(parts), parts[0].tokens.dim)
        blocks = (block for part in parts for block in part.vectors.blocks(part.alive))
        vectors.write(target, (passages, parts[0].vectors.dim), blocks)
        return passages

    try:
        return segment.written(folder, name, [doc for docs in kept for doc in docs], files)
    finally:
        for part in parts:
            part.content.close()


def _moved(parts: Sequence[Segment]) -> Iterator[postings.Part]:
    """Yield each part's postings, with the new numbers of its rows and documents."""
    rows = documents = 0
    for part in parts:
        yield postings.Part(
            part.postings, _moves(part.alive, rows), _moves(part.alive_documents, documents)
        )
        rows += int(part.alive.sum())
        documents += int(part.alive_documents.sum())


def _moves(alive: NDArray[np.bool_], first: int) -> NDArray[np.int64]:
    """Return the new number of each that is alive, from ``first`` on; -1 for the others."""
    return np.where(alive, np.cumsum(alive) - 1 + first, -1)


def _tokens(parts: Sequence[Segment]) -> Iterator[Tokens]:
    return (part.tokens.row(int(row)) for part in parts for row in np.flatnonzero(part.alive))
