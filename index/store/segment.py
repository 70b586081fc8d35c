"""One immutable segment: written once into a folder of its own, then only read."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from index.errors import IndexDamaged
from index.ports import Tokens, Vectors
from index.store import content, lexical, manifest, tokens, vectors
from index.store.manifest import SegmentEntry
from index.types import Document, Passage

FOLDER = "segments"
_DONE = "segment.json"
_FILES = (content.NAME, vectors.NAME, lexical.NAME, *tokens.NAMES)


@dataclass(frozen=True)
class SegmentData:
    """What a segment holds, before it is written.

    Attributes:
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
    """Write a segment; it is complete and on the disk when this returns.

    Until a manifest names it, it is not part of any index. A finished one of the same name
    is kept and its entry returned, which is how an interrupted build goes on.
    """
    done = finished(index_folder, name)
    if done:
        return done
    folder = index_folder / FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    content.write(folder, data.documents, data.passages)
    vectors.write(folder, data.vectors)
    lexical.write(folder, data.texts)
    tokens.write(folder, data.tokens, data.token_dim)
    return _finish(folder, [d.doc_id for d in data.documents], len(data.passages))


def finished(index_folder: Path, name: str) -> SegmentEntry | None:
    """The entry of a completely written, undamaged segment, None where there is none."""
    try:
        raw = json.loads((index_folder / FOLDER / name / _DONE).read_bytes())
        entry = manifest.segment_from_json(raw)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return None if verify(index_folder, entry) else entry


def name_for(content_hashes: Sequence[str], settings: manifest.Settings) -> str:
    """A name that depends on what the segment will hold and on nothing else."""
    text = json.dumps([sorted(content_hashes), asdict(settings)], sort_keys=True)
    return f"s-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def verify(index_folder: Path, entry: SegmentEntry) -> list[str]:
    """One line for each file of the segment that is not what the manifest says."""
    faults = []
    for name, wanted in sorted(entry.files.items()):
        path = index_folder / FOLDER / entry.name / name
        if not path.is_file():
            faults.append(f"{path} is missing")
        elif manifest.entry(path) != wanted:
            faults.append(f"{path} is not the file that the manifest names: its checksum differs")
    return faults


class Segment:
    """An open segment: its files, and which document and passage each row is.

    Raises:
        IndexDamaged: a file is missing, of the wrong size, or does not fit the others.
    """

    def __init__(self, index_folder: Path, entry: SegmentEntry) -> None:
        self.entry = entry
        self.folder = index_folder / FOLDER / entry.name
        for name, wanted in entry.files.items():
            path = self.folder / name
            if not path.is_file() or path.stat().st_size != wanted.size:
                raise IndexDamaged(
                    f"{path} is missing or has another size than the manifest says: run "
                    "'assistant index build' to make the index anew"
                )
        self.content = content.Content(self.folder)
        self.passage_ids, doc_ids = self.content.places()
        if len(doc_ids) != entry.passages:
            raise IndexDamaged(f"{self.folder} holds {len(doc_ids)} passages, not {entry.passages}")
        self.row_of = {passage_id: row for row, passage_id in enumerate(self.passage_ids)}
        self._number = {doc_id: number for number, doc_id in enumerate(sorted(set(doc_ids)))}
        self._numbers = np.array([self._number[doc_id] for doc_id in doc_ids], dtype=np.int32)
        self.alive = ~self._of(entry.removed)
        # Opened now, not when first asked for: an update may delete the files meanwhile.
        self.vectors = vectors.FaissVectors(self.folder)
        self.postings = lexical.Postings.read(self.folder)
        self.tokens = tokens.TokenFile(self.folder)
        if not len(self.vectors) == len(self.postings) == len(self.tokens) == len(doc_ids):
            raise IndexDamaged(
                f"the files of {self.folder} do not fit together: run 'assistant index build' to "
                "make the index anew"
            )

    def allowed(self, where: frozenset[str] | None) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """bool, shape (rows,): rows that are part of the index and of these documents."""
        if where is None:
            return self.alive
        return self.alive & self._of(where)

    def _of(self, doc_ids: Iterable[str]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
        """bool, shape (rows,): rows of these documents."""
        chosen = np.zeros(len(self._number), dtype=np.bool_)
        chosen[[self._number[doc_id] for doc_id in doc_ids if doc_id in self._number]] = True
        return chosen[self._numbers]


def _finish(folder: Path, doc_ids: Sequence[str], passages: int) -> SegmentEntry:
    files = {name: manifest.entry(folder / name) for name in _FILES}
    entry = SegmentEntry(folder.name, files, tuple(doc_ids), (), passages)
    for name in _FILES:
        _flush(folder / name)
    temporary = folder / f"{_DONE}.new"
    temporary.write_text(json.dumps(asdict(entry)), encoding="utf-8")
    _flush(temporary)
    temporary.replace(folder / _DONE)
    manifest.sync_folder(folder)
    manifest.sync_folder(folder.parent)
    return entry


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
