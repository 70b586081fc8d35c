"""The folder of the documents that were added from the page, with their ``metadata.csv``.

Names are made here: what a browser calls a file is never used as a path. Hidden files in it are
on their way in. It knows no index; one thread at a time writes its ``metadata.csv``.
"""

from __future__ import annotations

import os
import secrets
import shutil
import unicodedata
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from index.building import files
from index.errors import LoadError
from index.identity.metadata_csv import SIDECAR, put_row, sidecar_rows

MOST_KEPT = 2_000
"""Documents that may have been added from the page; ``assistant index add`` knows no such limit."""
_COMING = ".new-"
_PLAIN = " .,()'&+-_"
_STEM_BYTES = 120


class Uploads:
    """Documents in one folder, which is made with the first of them.

    Args:
        folder: where they are; what an ended server left half in it is deleted.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder.absolute()
        for left in self._folder.glob(f"{_COMING}*"):
            left.unlink(missing_ok=True)

    def take(self, content: BinaryIO) -> Path:
        """Copy what arrives into the folder, hidden until it is placed or deleted.

        Raises:
            OSError: it cannot be written; nothing is left of it.
        """
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / f"{_COMING}{secrets.token_hex(8)}"
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                shutil.copyfileobj(content, out)
                out.flush()
                os.fsync(out.fileno())
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return path

    def place(self, coming: Path, given: str, taken: Collection[str]) -> Path:
        """Keep what arrived under a safe name made of ``given``, numbered where it is in use.

        Args:
            taken: names that documents of the index have, from wherever they came.

        Raises:
            LoadError: as many are kept as may be.
        """
        kept = {path.name for path in self.paths()}
        if len(kept) >= MOST_KEPT:
            reason = f"{MOST_KEPT:,} documents were added from here, and no more can be"
            raise LoadError(given, f"{reason}; remove some first")
        name = PurePosixPath(safe_name(given))
        names = (f"{name.stem} ({n}){name.suffix}" for n in range(2, len(kept) + len(taken) + 3))
        used = {one.casefold() for one in (*kept, *taken)}
        free = next(one for one in (name.name, *names) if one.casefold() not in used)
        return coming.rename(self._folder / free)

    def paths(self) -> list[Path]:
        """Return the files kept, by name."""
        there = self._folder.glob("*") if self._folder.is_dir() else ()
        kept = (path for path in there if path.name != SIDECAR and not path.name.startswith("."))
        return sorted(kept)

    def documents(self) -> dict[str, Path]:
        """Return the files kept by the ``doc_id`` that their bytes give them."""
        found = {}
        for path in self.paths():
            with suppress(FileNotFoundError):  # it was removed meanwhile
                found[doc_id_of(path)] = path
        return found

    def row(self, path: Path) -> Mapping[str, str]:
        """Return what is said of a file by hand."""
        return sidecar_rows(self._folder / SIDECAR).get(path.name, {})

    def describe(self, path: Path, row: Mapping[str, str]) -> None:
        """Say of a file what its text does not, or says wrongly; nothing with an empty row."""
        if row or self.row(path):
            put_row(self._folder / SIDECAR, path.name, row)

    def delete(self, path: Path) -> None:
        """Delete a file and what is said of it."""
        path.unlink(missing_ok=True)
        self.describe(path, {})


def doc_id_of(path: Path) -> str:
    """Return a file's ``doc_id``; bytes are read again only where the file is another.

    Raises:
        LoadError: it cannot be opened.
    """
    about = path.stat()
    return _doc_id(path, about.st_mtime_ns, about.st_size, about.st_ino)


@lru_cache(2 * MOST_KEPT)
def _doc_id(path: Path, *_same: int) -> str:
    return files.hashes(files.Found(path, path.name, None))[0]


def safe_name(given: str) -> str:
    """Return a file name of letters, figures and a few marks, without a folder; keeps the ending.

    It begins with a letter or figure: such a name is no hidden file, option or formula.
    """
    base = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    plain = "".join(c if c.isalnum() or c in _PLAIN else "_" for c in base)
    path = PurePosixPath(plain)
    stem = " ".join(path.stem.split()).encode()[:_STEM_BYTES].decode("utf-8", "ignore")
    begun = stem.lstrip(_PLAIN).rstrip(" .")
    return f"{begun or 'document'}{path.suffix.lower()}"
