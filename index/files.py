"""Finds the files of a corpus and what ``metadata.csv`` says of them; reads no documents."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from index.errors import UsageError
from index.loading import SUPPORTED

SIDECAR = "metadata.csv"


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the corpus.

    Attributes:
        source: path relative to the folder given, with ``/``.
        sidecar: its row of the nearest ``metadata.csv`` beside or above it, None without one.
    """

    path: Path
    source: str
    sidecar: Mapping[str, str] | None

    @property
    def supported(self) -> bool:
        """Whether we have a reader for this kind of file."""
        return self.path.suffix.lower() in SUPPORTED


def scan(paths: Sequence[Path]) -> list[Found]:
    """All files under ``paths``, by source; hidden files and sidecars are not documents.

    A second file of the same source, from another folder, has that folder's name before it.

    Raises:
        UsageError: a path does not exist, a sidecar cannot be read, or two files of different
            folders cannot be told apart by source.
    """
    found: dict[str, Found] = {}
    for root in paths:
        if not root.exists():
            raise UsageError(f"{root} does not exist: name a file or a folder of documents")
        for item in _under(root):
            known = found.setdefault(item.source, item)
            if known.path.resolve() != item.path.resolve():
                _add_apart(found, item)
    return [found[source] for source in sorted(found)]


def doc_id(data: bytes) -> str:
    """16 hex digits of the SHA-256 of a file's bytes."""
    return hashlib.sha256(data).hexdigest()[:16]


def content_hash(data: bytes, found: Found) -> str:
    """SHA-256 (hex) over all that a document is made of: bytes, kind of file, sidecar row."""
    row = json.dumps([found.path.suffix.lower(), sorted((found.sidecar or {}).items())])
    return hashlib.sha256(hashlib.sha256(data).digest() + row.encode()).hexdigest()


def _add_apart(found: dict[str, Found], item: Found) -> None:
    folder = item.path.absolute().parents[item.source.count("/")]
    apart = replace(item, source=f"{folder.name}/{item.source}")
    known = found.setdefault(apart.source, apart)
    if known.path.resolve() != item.path.resolve():
        raise UsageError(
            f"{known.path} and {item.path} would both be called {apart.source!r}: rename a "
            "folder, or give their common parent folder"
        )


def strays(paths: Sequence[Path]) -> list[tuple[Path, str]]:
    """Sidecars' rows that name no file: the sidecar and what the row names, in order."""
    out = []
    for sidecar in sorted(p for root in paths if root.is_dir() for p in root.rglob(SIDECAR)):
        there = _files(sidecar.parent)
        names = {path.name for path in there}
        names |= {path.relative_to(sidecar.parent).as_posix() for path in there}
        out += [(sidecar, name) for name in _sidecar(sidecar) if name not in names]
    return out


def _under(root: Path) -> Iterator[Found]:
    folder = root if root.is_dir() else root.parent
    read = cache(_sidecar)
    for path in _files(root):
        beside = [path.parent, *path.parent.parents]
        row = None
        for place in beside[: beside.index(folder) + 1]:
            rows = read(place / SIDECAR)
            row = row or rows.get(path.relative_to(place).as_posix()) or rows.get(path.name)
        yield Found(path, path.relative_to(folder).as_posix(), row)


def _files(root: Path) -> Sequence[Path]:
    if root.is_file():
        return [root]
    return sorted(
        path
        for path in root.rglob("*")
        if path.is_file()
        and path.name != SIDECAR
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    )


def _sidecar(path: Path) -> dict[str, Mapping[str, str]]:
    if not path.is_file():
        return {}
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            rows = list(csv.DictReader(file))
        return {
            row["source"].strip(): {
                key: value.strip() for key, value in row.items() if key and value and value.strip()
            }
            for row in rows
        }
    except (KeyError, AttributeError, OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(
            f"{path} cannot be used ({error!r}): it needs a header line with a column 'source', "
            "UTF-8, one line a file"
        ) from error
