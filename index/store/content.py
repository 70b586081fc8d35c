"""Documents and passages of one segment in a SQLite file; no vectors, no search.

The file is written once and then opened read-only and immutable, so that readers need no
locks and a reader keeps what it opened.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from index.errors import IndexDamaged
from index.passages.ids import passage_id
from index.store import records
from index.store.places import Places
from index.store.records import Row
from index.types import Document, Identity, Passage

T = TypeVar("T")

NAME = "content.sqlite"
_WHO = f"{records.PLACE}, {records.IDENTITY}"


def write(folder: Path, documents: Sequence[Document], passages: Iterable[Passage]) -> None:
    """Write the file; passages get rows 0, 1, … in the order given.

    Raises:
        ValueError: passages do not come in the order of their documents, numbered from 0.
    """
    held = [(doc, list(group)) for doc, group in groupby(passages, lambda one: one.doc_id)]
    counts = {doc: len(group) for doc, group in held}
    names = [passage_id(d.doc_id, n) for d in documents for n in range(counts.get(d.doc_id, 0))]
    if names != [one.passage_id for _, group in held for one in group]:
        raise ValueError("passages do not come in the order of their documents, numbered from 0")
    with _new(folder) as file:
        file.executemany(
            f"INSERT INTO document ({records.PLACE}, {records.IDENTITY}, {records.DOCUMENT}) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    one.doc_id,
                    counts.get(one.doc_id, 0),
                    *records.from_identity(one.identity, counts.get(one.doc_id, 0)),
                    *records.from_document(one),
                )
                for one in documents
            ),
        )
        rows = (records.from_passage(one) for _, group in held for one in group)
        file.executemany(
            f"INSERT INTO passage (row, {records.PASSAGE}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((row, *values) for row, values in enumerate(rows)),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A segment's file to be joined with others, and the documents of it that are kept."""

    folder: Path
    places: Places
    doc_ids: Sequence[str]


def join(folder: Path, parts: Sequence[Part]) -> None:
    """Copy the parts' kept documents into one file, record by record, in order."""
    row = 0
    with _new(folder) as file:
        for part in parts:
            file.execute("ATTACH ? AS part", [_uri(part.folder / NAME)])
            for doc_id in part.doc_ids:
                columns = f"{records.PLACE}, {records.IDENTITY}, {records.DOCUMENT}"
                file.execute(
                    f"INSERT INTO document ({columns}) SELECT {columns} FROM part.document "
                    "WHERE doc_id = ?",
                    [doc_id],
                )
                rows = part.places.rows_of(doc_id)
                file.execute(
                    f"INSERT INTO passage (row, {records.PASSAGE}) SELECT row + ?, "
                    f"{records.PASSAGE} FROM part.passage WHERE row >= ? AND row < ?",
                    [row - rows.start, rows.start, rows.stop],
                )
                row += len(rows)
            file.commit()
            file.execute("DETACH part")


class Content:
    """One segment's documents and passages, read-only; safe for many threads.

    Attributes:
        places: which passage each row is.

    Raises:
        IndexDamaged: the file cannot be read as ours.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._lock = threading.Lock()
        with self._reading():
            # One connection for all threads: it keeps the file after an update deleted it.
            self._connection = sqlite3.connect(_uri(self._path), uri=True, check_same_thread=False)
        held = self._rows(f"SELECT {records.PLACE} FROM document ORDER BY number")
        self.places = Places([doc_id for doc_id, _ in held], [count for _, count in held])

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def identities(self) -> list[Identity]:
        """Return all documents, in the order of their passages."""
        rows = self._rows(f"SELECT {_WHO} FROM document ORDER BY number")
        return [self._made(records.to_identity, row) for row in rows]

    def document(self, doc_id: str) -> Document:
        """Return one document that is here."""
        where = "FROM document WHERE doc_id = ?"
        who = self._rows(f"SELECT {_WHO} {where}", [doc_id])
        rows = self._rows(f"SELECT {records.DOCUMENT} {where}", [doc_id])
        if len(who) != 1 or len(rows) != 1 or who[0][0] != doc_id:
            raise self._damaged(f"the document {doc_id} is missing")
        return self._made(records.to_document, (self._made(records.to_identity, who[0]), *rows[0]))

    def passages(self, rows: Iterable[int]) -> dict[str, Passage]:
        """Return the passages in these rows, by passage_id."""
        wanted = sorted(set(rows))
        found = self._rows(
            f"SELECT {records.PASSAGE} FROM passage "
            "WHERE row IN (SELECT value FROM json_each(?)) ORDER BY row",
            [json.dumps(wanted)],
        )
        if len(found) != len(wanted):
            raise self._damaged("passages are missing")
        names = [self.places.passage_id(row) for row in wanted]
        held = [(name, *row) for name, row in zip(names, found, strict=True)]
        return {row[0]: self._made(records.to_passage, row) for row in held}

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        with self._reading(), self._lock:
            return self._connection.execute(sql, values).fetchall()

    def _made(self, make: Callable[[Row], T], row: Row) -> T:
        try:
            return make(row)
        except (ValueError, TypeError) as error:
            raise self._damaged(str(error)) from error

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise self._damaged(str(error)) from error

    def _damaged(self, reason: str) -> IndexDamaged:
        return IndexDamaged(
            f"{self._path} cannot be read ({reason.splitlines()[0]}): run 'assistant index "
            "build' to make the index anew"
        )


@contextmanager
def _new(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(folder / NAME, uri=True)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        connection.executescript(records.SCHEMA)
        yield connection
        connection.commit()


def _uri(path: Path) -> str:
    return f"{path.resolve().as_uri()}?mode=ro&immutable=1"
