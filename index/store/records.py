"""Documents and passages as rows of SQLite, each with the CRC-32 that proves it whole.

The checksums of the manifest prove whole files, which only ``index verify`` reads; a record's
own is checked each time it is read, so that a flipped byte is never quoted. It is over the
record's key too, so that a record which is found under another's key is not taken for it.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Any

from index.passages.ids import doc_id_of
from index.store.codec import dump, parse
from index.types import Block, Document, Identity, Passage, Section, Sentence

Row = tuple[Any, ...]

SCHEMA = """
CREATE TABLE document (
    number INTEGER PRIMARY KEY, doc_id TEXT NOT NULL UNIQUE, passages INTEGER NOT NULL,
    identity_crc INTEGER NOT NULL, identity TEXT NOT NULL, crc INTEGER NOT NULL,
    text TEXT NOT NULL, pages TEXT NOT NULL, blocks TEXT NOT NULL, sections TEXT NOT NULL,
    loader_version TEXT NOT NULL, unread TEXT NOT NULL
);
CREATE TABLE passage (
    row INTEGER PRIMARY KEY, crc INTEGER NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL, heading TEXT NOT NULL, page INTEGER,
    paragraph TEXT, sentences TEXT NOT NULL
);
"""
PLACE = "doc_id, passages"
IDENTITY = "identity_crc, identity"
DOCUMENT = "crc, text, pages, blocks, sections, loader_version, unread"
PASSAGE = 'crc, start, "end", text, heading, page, paragraph, sentences'


def from_identity(identity: Identity, passages: int) -> Row:
    """Return the columns ``IDENTITY`` of a document of so many passages."""
    return _checked((identity.doc_id, passages), dump(Identity, identity))


def from_document(document: Document) -> Row:
    """Return the columns ``DOCUMENT``."""
    return _checked(
        (document.doc_id,),
        document.text,
        dump(tuple[int, ...], document.pages),
        dump(tuple[Block, ...], document.blocks),
        dump(tuple[Section, ...], document.sections),
        document.loader_version,
        dump(tuple[str, ...], document.unread),
    )


def from_passage(passage: Passage) -> Row:
    """Return the columns ``PASSAGE``."""
    return _checked(
        (passage.passage_id,),
        passage.start,
        passage.end,
        passage.text,
        passage.heading,
        passage.page,
        passage.paragraph,
        dump(tuple[Sentence, ...], passage.sentences),
    )


def to_identity(row: Row) -> Identity:
    """Return the identity of the columns ``PLACE`` and ``IDENTITY``.

    Raises:
        ValueError: the record is damaged.
    """
    doc_id, passages, *rest = row
    (identity,) = _whole((doc_id, passages), rest)
    return parse(Identity, identity)


def to_document(row: Row) -> Document:
    """Return the document of its identity and the columns ``DOCUMENT``.

    Raises:
        ValueError: the record is damaged.
    """
    identity, *rest = row
    text, pages, blocks, sections, version, unread = _whole((identity.doc_id,), rest)
    return Document(
        identity=identity,
        text=text,
        pages=parse(tuple[int, ...], pages),
        blocks=parse(tuple[Block, ...], blocks),
        sections=parse(tuple[Section, ...], sections),
        loader_version=version,
        unread=parse(tuple[str, ...], unread),
    )


def to_passage(row: Row) -> Passage:
    """Return the passage of its id and the columns ``PASSAGE``, its source yet to be filled in.

    Raises:
        ValueError: the record is damaged.
    """
    passage_id, *rest = row
    start, end, text, heading, page, paragraph, sentences = _whole((passage_id,), rest)
    return Passage(
        passage_id=passage_id,
        doc_id=doc_id_of(passage_id),
        source="",
        start=start,
        end=end,
        text=text,
        heading=heading,
        page=page,
        paragraph=paragraph,
        sentences=parse(tuple[Sentence, ...], sentences),
    )


def _checked(key: Row, *values: object) -> Row:
    return _crc(key, values), *values


def _whole(key: Row, row: Sequence[object]) -> Row:
    crc, *values = row
    if crc != _crc(key, values):
        raise ValueError("a record's checksum differs")
    return tuple(values)


def _crc(key: Row, values: Sequence[object]) -> int:
    return zlib.crc32("\0".join(map(repr, (*key, *values))).encode("utf-8", "surrogatepass"))
