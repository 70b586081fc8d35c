"""Finds the files of a corpus, and what ``metadata.csv`` says of them; reads no documents."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from index.errors import LoadError, UsageError
from index.identity.metadata_csv import SIDECAR, Rows, sidecar_rows, unknown_columns
from index.loading import MAX_BYTES, OTHER_KINDS, SUPPORTED

_BLOCK = 1 << 20
"""Bytes that are in memory at once while a file is hashed."""


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the corpus.

    Attributes:
        source: path relative to the folder given, with ``/``; bytes that are no UTF-8 stand in
            it as Python would write them.
        sidecar: its row of the nearest ``metadata.csv`` beside or above it, None without one.
        fault: why it is no document, None for a file that is worth reading.
    """

    path: Path
    source: str
    sidecar: Mapping[str, str] | None
    fault: str | None = None

    @property
    def supported(self) -> bool:
        """Whether it is a file of a kind that we read."""
        return self.fault is None


def scan(paths: Sequence[Path]) -> list[Found]:
    """Return all files under ``paths``, by source; hidden files and sidecars are left out.

    A second file of the same source, from another folder, has that folder's name before it.

    Raises:
        UsageError: a path does not exist, a sidecar cannot be read, or two files of different
            folders cannot be told apart by source.
    """
    found: dict[str, Found] = {}
    for root in paths:
        if not os.path.lexists(root):
            raise UsageError(f"{root} does not exist: name a file or a folder of documents")
        for item in _under(root, paths):
            known = found.setdefault(item.source, item)
            if known.path.absolute() != item.path.absolute():
                _add_apart(found, item)
    return [found[source] for source in sorted(found)]


def data_of(found: Found) -> bytes:
    """Read a file, of one larger than ``MAX_BYTES`` no more than shows that it is.

    Raises:
        LoadError: it cannot be opened, or is no regular file.
    """
    return b"".join(_blocks(found))


def doc_id(data: bytes) -> str:
    """Return 16 hex digits of the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def hashes(found: Found) -> tuple[str, str]:
    """Return a file's ``doc_id``, and the SHA-256 (hex) over all that its document is made of.

    That is: its bytes, its kind, and its row of ``metadata.csv``.

    Raises:
        LoadError: as in ``data_of``.
    """
    whole = hashlib.sha256()
    for block in _blocks(found):
        whole.update(block)
    row = json.dumps([found.path.suffix.lower(), sorted((found.sidecar or {}).items())])
    content = hashlib.sha256(whole.digest() + row.encode()).hexdigest()
    return whole.hexdigest()[:16], content


def _blocks(found: Found) -> Iterator[bytes]:
    """Yield a file's bytes, at most one block more than ``MAX_BYTES``; never waits on a pipe."""
    try:
        handle = os.open(found.path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(handle, "rb") as file:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise LoadError(found.source, _NO_FILE)
            read = 0
            while read <= MAX_BYTES and (block := file.read(_BLOCK)):
                read += len(block)
                yield block
    except OSError as error:
        raise LoadError(found.source, f"cannot be opened: {error.strerror}") from error


_NO_FILE = "no file that can be read (a pipe, a socket or a device); left out"


def _add_apart(found: dict[str, Found], item: Found) -> None:
    folder = item.path.absolute().parents[item.source.count("/")]
    apart = replace(item, source=f"{folder.name}/{item.source}")
    known = found.setdefault(apart.source, apart)
    if known.path.absolute() != item.path.absolute():
        raise UsageError(
            f"{known.path} and {item.path} would both be called {apart.source!r}: rename a "
            "folder, or give their common parent folder"
        )


def strays(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return the sidecars' rows that name no file: the sidecar and what the row names, in order."""
    out = []
    for sidecar in sorted(p for root in paths if root.is_dir() for p in root.rglob(SIDECAR)):
        there = list(_files(sidecar.parent))
        names = {path.name for path in there}
        names |= {path.relative_to(sidecar.parent).as_posix() for path in there}
        out += [(sidecar, name) for name in sidecar_rows(sidecar) if name not in names]
    return out


def unused_columns(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Return the sidecars' columns that mean nothing: the sidecar and the column, in order."""
    sidecars = sorted(p for root in paths if root.is_dir() for p in root.rglob(SIDECAR))
    return [(sidecar, name) for sidecar in sidecars for name in unknown_columns(sidecar)]


def _under(root: Path, roots: Sequence[Path]) -> Iterator[Found]:
    folder = root if root.is_dir() else root.parent
    read: Rows = cache(sidecar_rows)
    for path in _files(root):
        beside = [path.parent, *path.parent.parents]
        row = None
        for place in beside[: beside.index(folder) + 1]:
            rows = read(place / SIDECAR)
            row = row or rows.get(path.relative_to(place).as_posix()) or rows.get(path.name)
        source = path.relative_to(folder).as_posix()
        fault = _fault(path, roots)
        shown = os.fsencode(source).decode("utf-8", "backslashreplace")
        if shown != source:
            fault = "its name is not UTF-8: rename it"
        yield Found(path, shown, row, fault)


def _files(root: Path) -> Iterator[Path]:
    """Yield everything under ``root`` that is no folder, in order, and the links to folders."""
    if not root.is_dir():
        yield root
        return
    for place, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        links = [name for name in folders if (Path(place) / name).is_symlink()]
        for name in sorted([*names, *links]):
            if not name.startswith(".") and name != SIDECAR:
                yield Path(place) / name


def _fault(path: Path, roots: Sequence[Path]) -> str | None:
    """Say why a path is no document, as far as can be told without reading it."""
    if path.is_symlink() and path not in roots:
        target = path.resolve()
        if not target.exists():
            return f"a link to {target}, which is not there"
        if not any(target.is_relative_to(root.resolve()) for root in roots):
            return f"a link out of the corpus, to {target}: copy the file here"
    try:
        held = path.stat()
    except OSError as error:
        return f"cannot be opened: {error.strerror}"
    if stat.S_ISDIR(held.st_mode):
        return "a link to a folder: name that folder itself"
    if not stat.S_ISREG(held.st_mode):
        return _NO_FILE
    return fault_of_name(path) or _fault_of_size(held.st_size)


def fault_of_name(path: Path) -> str | None:
    """Say why a file of this name is no document, None where its bytes must tell."""
    name, ending = path.stem.lower(), path.suffix.lower()
    if name == "readme" and ending in ("", ".md", ".txt"):  # README.pdf is a letter
        return "describes the folder; not a document"
    if name.startswith("~$"):
        return "the lock file of a document that is open in Word; not a document"
    if ending in OTHER_KINDS:
        return OTHER_KINDS[ending]
    if ending not in SUPPORTED:
        return f"not a kind of file we read ({', '.join(sorted(SUPPORTED))})"
    return None


def _fault_of_size(size: int) -> str | None:
    if size == 0:
        return "empty: the file holds nothing"
    return f"{size} bytes; at most {MAX_BYTES} are read" if size > MAX_BYTES else None
