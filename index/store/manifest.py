"""The one file that says what an index is made of; replaced in one step, never edited.

Readers keep the segment files of the manifest that they opened. It opens no segment.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from index.errors import IndexDamaged, IndexMissing

SCHEMA = 3
"""Changes with the manifest's own fields and with the format of any data file."""
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A data file: its SHA-256 (hex) and size in bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SegmentEntry:
    """An immutable folder of data files.

    Attributes:
        name: its folder under ``segments/``.
        files: by file name.
        documents: doc_ids held, in order.
        removed: those of them that are no longer part of the index (tombstones).
        passages: number of passages, removed ones included.
    """

    name: str
    files: dict[str, FileEntry]
    documents: tuple[str, ...]
    removed: tuple[str, ...]
    passages: int


@dataclass(frozen=True, slots=True)
class Held:
    """What the manifest knows of one document.

    Attributes:
        sources: every path that holds these bytes, sorted.
        content: SHA-256 (hex) over the file's bytes, its kind and its ``metadata.csv`` row.
    """

    sources: tuple[str, ...]
    content: str


@dataclass(frozen=True, slots=True)
class Problem:
    """A file that was not indexed, or not all of it, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Settings:
    """What the data depends on; when one differs, the index is rebuilt, never mixed."""

    loader: str
    identity: str
    chunking: str
    embedder: str
    embedder_fingerprint: str
    token_encoder: str
    token_encoder_fingerprint: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that an index is made of.

    Attributes:
        documents: by doc_id.
        problems: files of the last build that were not indexed.
        roots: the paths given to the last build.
        unchecked: files beside it that hold no data: the lock says who writes.
    """

    settings: Settings
    segments: tuple[SegmentEntry, ...] = ()
    documents: dict[str, Held] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    roots: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ("lock",)
    schema: int = SCHEMA

    @property
    def corpus_fingerprint(self) -> str:
        """SHA-256 (hex, 16 digits) over which documents are held, and from where."""
        rows = sorted((doc, held.content, held.sources) for doc, held in self.documents.items())
        return _digest(rows)

    @property
    def index_fingerprint(self) -> str:
        """SHA-256 (hex, 16 digits) over the corpus and every setting; not over how the
        documents lie in segments, so that an update and a rebuild have the same.
        """
        return _digest([self.corpus_fingerprint, self.schema, asdict(self.settings)])

    @property
    def passages(self) -> int:
        """Number of passages in all segments, removed ones included."""
        return sum(segment.passages for segment in self.segments)


def stamp(folder: Path) -> tuple[int, int]:
    """Return what differs after every update of the index in ``folder``: it replaces this file."""
    try:
        found = (folder / NAME).stat()
    except OSError:
        return (0, 0)
    return found.st_mtime_ns, found.st_ino


def read(folder: Path) -> Manifest:
    """Return the manifest of the index in ``folder``.

    Raises:
        IndexMissing: there is none.
        IndexDamaged: it is not one of ours.
    """
    path = folder / NAME
    try:
        raw = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise IndexMissing(
            f"there is no index in {folder}: run 'assistant index build', or name another "
            "folder with --index"
        ) from error
    except (OSError, ValueError) as error:
        raise _damaged(path, str(error)) from error
    try:
        if raw["schema"] != SCHEMA:
            raise IndexDamaged(
                f"{path} has schema {raw['schema']}, this version reads {SCHEMA}: run "
                "'assistant index build' to make it anew"
            )
        if raw.pop("checksum") != _digest(raw):
            raise _damaged(path, "its checksum does not match its content")
        return _from_json(raw)
    except (KeyError, TypeError, AttributeError) as error:
        raise _damaged(path, f"a field is missing or wrong ({error})") from error


def write(folder: Path, manifest: Manifest) -> None:
    """Replace the manifest in one step; it is on the disk when this returns."""
    raw = json.loads(json.dumps(asdict(manifest)))
    raw["checksum"] = _digest(raw)
    temporary = folder / f"{NAME}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(raw, file, indent=1, sort_keys=True)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / NAME)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries, so that what was renamed or created in it survives a crash."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def entry(path: Path) -> FileEntry:
    """Return the checksum and size of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return FileEntry(digest.hexdigest(), path.stat().st_size)


def differing(held: Settings, wanted: Settings) -> list[str]:
    """Return one line for each setting that differs, with both values."""
    return [
        f"{spec.name} is {getattr(held, spec.name)!r} in the index and "
        f"{getattr(wanted, spec.name)!r} here"
        for spec in fields(Settings)
        if getattr(held, spec.name) != getattr(wanted, spec.name)
    ]


def without(manifest: Manifest, doc_ids: frozenset[str]) -> Manifest:
    """Remove these documents from the manifest by tombstones; emptied segments are dropped."""
    segments = []
    for segment in manifest.segments:
        removed = set(segment.removed) | (doc_ids & set(segment.documents))
        if len(removed) < len(segment.documents):
            segments.append(replace(segment, removed=tuple(sorted(removed))))
    documents = {doc: held for doc, held in manifest.documents.items() if doc not in doc_ids}
    return replace(manifest, segments=tuple(segments), documents=documents)


def _from_json(raw: dict[str, Any]) -> Manifest:
    return Manifest(
        settings=Settings(**raw["settings"]),
        segments=tuple(segment_from_json(part) for part in raw["segments"]),
        documents={
            doc: Held(tuple(held["sources"]), held["content"])
            for doc, held in raw["documents"].items()
        },
        problems=tuple(Problem(**part) for part in raw["problems"]),
        roots=tuple(raw["roots"]),
        unchecked=tuple(raw["unchecked"]),
        schema=raw["schema"],
    )


def segment_from_json(raw: dict[str, Any]) -> SegmentEntry:
    """Return a segment's entry as ``asdict`` wrote it."""
    return SegmentEntry(
        name=raw["name"],
        files={name: FileEntry(**part) for name, part in raw["files"].items()},
        documents=tuple(raw["documents"]),
        removed=tuple(raw["removed"]),
        passages=raw["passages"],
    )


def _damaged(path: Path, reason: str) -> IndexDamaged:
    return IndexDamaged(
        f"{path} is damaged: {reason}. Run 'assistant index build' to make the index anew"
    )


def _digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
