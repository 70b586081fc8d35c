"""Documents and passages of one segment in a SQLite file; no vectors, no search.

The file is written once and then opened read-only and immutable, so that readers need no
locks and a reader keeps what it opened.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar

from index.errors import IndexDamaged
from index.store.codec import dump, parse
from index.types import Block, Document, Identity, Passage, Section, Sentence

T = TypeVar("T")

NAME = "content.sqlite"
_SCHEMA = """
CREATE TABLE document (
    doc_id TEXT PRIMARY KEY, identity TEXT NOT NULL, text TEXT NOT NULL, pages TEXT NOT NULL,
    blocks TEXT NOT NULL, sections TEXT NOT NULL, loader_version TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, passage_id TEXT NOT NULL UNIQUE, doc_id TEXT NOT NULL,
    start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, heading TEXT NOT NULL,
    page INTEGER, paragraph TEXT, sentences TEXT NOT NULL
);
CREATE INDEX passage_of ON passage (doc_id, row);
"""
_PASSAGE = 'passage_id, doc_id, start, "end", text, heading, page, paragraph, sentences'


def write(folder: Path, documents: Iterable[Document], passages: Iterable[Passage]) -> None:
    """Write the file; passages get rows 0, 1, … in the order given."""
    connection = sqlite3.connect(folder / NAME)
    try:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        connection.executescript(_SCHEMA)
        connection.executemany(
            "INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?)", map(_document_row, documents)
        )
        connection.executemany(
            "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            ((row, *_passage_row(passage)) for row, passage in enumerate(passages)),
        )
        connection.commit()
    finally:
        connection.close()


class Content:
    """One segment's documents and passages, read-only; safe for many threads.

    Raises:
        IndexDamaged: the file cannot be read as ours.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._lock = threading.Lock()
        self._connection = self._opened()

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def identities(self) -> list[Identity]:
        """All documents, by doc_id."""
        rows = self._rows("SELECT identity FROM document ORDER BY doc_id")
        return [self._parsed(Identity, text) for (text,) in rows]

    def documents(self, doc_ids: Sequence[str]) -> list[Document]:
        """Those of ``doc_ids`` that are here, in the order asked."""
        found = [self._document(doc_id) for doc_id in doc_ids]
        return [document for document in found if document is not None]

    def places(self) -> tuple[list[str], list[str]]:
        """passage_id and doc_id of every row, in row order."""
        rows = self._rows("SELECT passage_id, doc_id FROM passage ORDER BY row")
        return [row[0] for row in rows], [row[1] for row in rows]

    def passages(self, passage_ids: Sequence[str]) -> dict[str, Passage]:
        """Those of ``passage_ids`` that are here."""
        rows = self._rows(
            f"SELECT {_PASSAGE} FROM passage WHERE passage_id IN (SELECT value FROM json_each(?))",
            [json.dumps(list(passage_ids))],
        )
        return {row[0]: self._passage(row) for row in rows}

    def passages_of(self, doc_id: str) -> list[Passage]:
        """All passages of one document, in reading order."""
        rows = self._rows(f"SELECT {_PASSAGE} FROM passage WHERE doc_id = ? ORDER BY row", [doc_id])
        return [self._passage(row) for row in rows]

    def all_passages(self) -> Iterator[Passage]:
        """Every passage, in row order."""
        return map(self._passage, self._rows(f"SELECT {_PASSAGE} FROM passage ORDER BY row"))

    def _document(self, doc_id: str) -> Document | None:
        rows = self._rows("SELECT * FROM document WHERE doc_id = ?", [doc_id])
        if not rows:
            return None
        _, identity, text, pages, blocks, sections, version = rows[0]
        return Document(
            identity=self._parsed(Identity, identity),
            text=text,
            pages=self._parsed(tuple[int, ...], pages),
            blocks=self._parsed(tuple[Block, ...], blocks),
            sections=self._parsed(tuple[Section, ...], sections),
            loader_version=version,
        )

    def _passage(self, row: tuple[Any, ...]) -> Passage:
        passage_id, doc_id, start, end, text, heading, page, paragraph, sentences = row
        return Passage(
            passage_id=passage_id,
            doc_id=doc_id,
            source="",
            start=start,
            end=end,
            text=text,
            heading=heading,
            page=page,
            paragraph=paragraph,
            sentences=self._parsed(tuple[Sentence, ...], sentences),
        )

    def _rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            with self._lock:
                return self._connection.execute(sql, values).fetchall()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _parsed(self, kind: type[T], text: str) -> T:
        try:
            return parse(kind, text)
        except ValueError as error:
            raise self._damaged(error) from error

    def _opened(self) -> sqlite3.Connection:
        """One connection for all threads: it keeps the file after an update has deleted it."""
        try:
            uri = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            connection.execute("SELECT count(*) FROM document").fetchone()
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error
        return connection

    def _damaged(self, error: Exception) -> IndexDamaged:
        return IndexDamaged(
            f"{self._path} cannot be read ({str(error).splitlines()[0]}): run 'assistant index "
            "build' to make the index anew"
        )


def _document_row(document: Document) -> tuple[str, ...]:
    return (
        document.doc_id,
        dump(Identity, document.identity),
        document.text,
        dump(tuple[int, ...], document.pages),
        dump(tuple[Block, ...], document.blocks),
        dump(tuple[Section, ...], document.sections),
        document.loader_version,
    )


def _passage_row(passage: Passage) -> tuple[Any, ...]:
    return (
        passage.passage_id,
        passage.doc_id,
        passage.start,
        passage.end,
        passage.text,
        passage.heading,
        passage.page,
        passage.paragraph,
        dump(tuple[Sentence, ...], passage.sentences),
    )
