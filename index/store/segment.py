"""One immutable segment: written once into a folder of its own, then only read."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.ports import Tokens, Vectors
from index.store import content, manifest, postings, tokens, vectors
from index.store.manifest import SegmentEntry
from index.types import Document, Passage

FOLDER = "segments"
_DONE = "segment.json"
_READ_IN_PARTS = {
    content.NAME,
    vectors.NAME,
    vectors.APPROXIMATE,
    *postings.MAPPED,
    tokens.NAMES[0],
}
"""Checked by size when opened, and the records of the first when read; the other files are
read whole then, and by checksum."""


@dataclass(frozen=True)
class SegmentData:
    """What a segment holds, before it is written.

    Attributes:
        passages: in the order of ``documents``.
        texts: what is indexed lexically of each passage, header included.
        vectors: row for row with ``passages``.
        tokens: row for row with ``passages``.
    """

    documents: Sequence[Document]
    passages: Sequence[Passage]
    texts: Sequence[str]
    vectors: Vectors
    tokens: Sequence[Tokens]
    token_dim: int


def write(index_folder: Path, name: str, data: SegmentData) -> SegmentEntry:
    """Write a segment; it is complete and on the disk when this returns."""
    held = Counter(passage.doc_id for passage in data.passages)
    extents = [held[document.doc_id] for document in data.documents]

    def files(folder: Path) -> int:
        content.write(folder, data.documents, data.passages)
        postings.write(folder, data.texts, extents)
        tokens.write(folder, data.tokens, data.token_dim)
        vectors.write(folder, (len(data.vectors), data.vectors.shape[1]), [data.vectors])
        return len(data.passages)

    return written(index_folder, name, [d.doc_id for d in data.documents], files)


def written(
    index_folder: Path, name: str, doc_ids: Sequence[str], files: Callable[[Path], int]
) -> SegmentEntry:
    """Return a segment whose files ``files`` writes into the folder given; it returns how many
    passages they hold.

    Until a manifest names it, it is not part of any index. A finished one of the same name
    is kept and its entry returned, which is how an interrupted build goes on; one that could
    not be finished is deleted.
    """
    done = finished(index_folder, name)
    if done:
        return done
    folder = index_folder / FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        return _finish(folder, doc_ids, files(folder))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def finished(index_folder: Path, name: str) -> SegmentEntry | None:
    """Return the entry of a completely written, undamaged segment, None where there is none."""
    try:
        path = index_folder / FOLDER / name / _DONE
        entry = manifest.segment_from_json(json.loads(path.read_bytes()))
        entry = replace(entry, files={**entry.files, _DONE: manifest.entry(path)})
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return None if entry.name != name or verify(index_folder, entry) else entry


def name_for(content_hashes: Sequence[str], settings: manifest.Settings) -> str:
    """Return a name that depends on what the segment will hold and on nothing else."""
    text = json.dumps([sorted(content_hashes), asdict(settings)], sort_keys=True)
    return f"s-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def verify(index_folder: Path, entry: SegmentEntry) -> list[str]:
    """Return one line for each file of the segment that is not what the manifest says."""
    faults = []
    for name, wanted in sorted(entry.files.items()):
        path = index_folder / FOLDER / entry.name / name
        if not path.is_file():
            faults.append(f"{path} is missing")
        elif manifest.entry(path) != wanted:
            faults.append(f"{path} is not the file that the manifest names: its checksum differs")
    return faults


def check(index_folder: Path, entry: SegmentEntry) -> None:
    """Return what ``verify`` finds, as far as it costs no reading of large files.

    Raises:
        IndexDamaged: a file is missing, of the wrong size, or a small one was changed.
    """
    for name, wanted in entry.files.items():
        path = index_folder / FOLDER / entry.name / name
        if not path.is_file() or path.stat().st_size != wanted.size:
            raise IndexDamaged(
                f"{path} is missing or has another size than the manifest says: run "
                "'assistant index build' to make the index anew"
            )
        if name not in _READ_IN_PARTS and manifest.entry(path) != wanted:
            raise IndexDamaged(
                f"{path} is not the file that the manifest names: its checksum differs: run "
                "'assistant index build' to make the index anew"
            )


class Segment:
    """An open segment: its files, and which document and passage each row is.

    Raises:
        IndexDamaged: a file is missing, of the wrong size, or does not fit the others.
    """

    def __init__(self, index_folder: Path, entry: SegmentEntry) -> None:
        self.entry = entry
        self.folder = index_folder / FOLDER / entry.name
        check(index_folder, entry)
        self.content = content.Content(self.folder)
        self.places = self.content.places
        # Opened now, not when first asked for: an update may delete the files meanwhile.
        self.vectors = vectors.SegmentVectors(self.folder)
        self.postings = postings.Postings.read(self.folder)
        self.tokens = tokens.TokenFile(self.folder)
        held = (self.places, self.vectors, self.postings, self.tokens)
        fits = {len(part) for part in held} == {entry.passages}
        if not fits or self.places.doc_ids != entry.documents:
            raise IndexDamaged(
                f"the files of {self.folder} do not fit together: run 'assistant index build' to "
                "make the index anew"
            )
        self.alive_documents = ~self.places.of(entry.removed)
        self.alive = self.places.rows(self.alive_documents)

    def allowed(self, where: frozenset[str] | None) -> NDArray[np.int64] | None:
        """Return rows that are in the index and of these documents, ascending; None for all."""
        if where is None:
            return None if self.alive.all() else np.flatnonzero(self.alive)
        chosen = self.places.of(where) & self.alive_documents
        return np.flatnonzero(self.places.rows(chosen))

    def row(self, passage_id: str) -> int | None:
        """Return the row of a passage that is part of the index, None where it is not here."""
        row = self.places.row(passage_id)
        return row if row is not None and self.alive[row] else None


def _finish(folder: Path, doc_ids: Sequence[str], passages: int) -> SegmentEntry:
    files = {path.name: manifest.entry(path) for path in sorted(folder.iterdir())}
    entry = SegmentEntry(folder.name, files, tuple(doc_ids), (), passages)
    for name in files:
        _flush(folder / name)
    temporary = folder / f"{_DONE}.new"
    temporary.write_text(json.dumps(asdict(entry)), encoding="utf-8")
    _flush(temporary)
    temporary.replace(folder / _DONE)
    manifest.sync_folder(folder)
    manifest.sync_folder(folder.parent)
    return replace(entry, files={**files, _DONE: manifest.entry(folder / _DONE)})


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
