"""Writes documents with their passages into Milvus so that a broken-off write shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.milvus import rows
from index.milvus.rows import Entry
from index.milvus.tables import CONTENT, PASSAGES, Tables, quoted
from index.store.lexical import terms
from index.store.manifest import Held, Settings
from index.store.segment import SegmentData
from index.types import Identity

_WORD = re.compile(r"[a-z]{3,}")
_DOCUMENTS = 32
"""Documents removed by one request."""


def begin(tables: Tables, settings: Settings, dim: int, token_dim: int) -> None:
    """Make the collections and note what the data depends on, where that is not yet done."""
    tables.create(dim)
    if not tables.get(CONTENT, [rows.SETTINGS], "value"):
        tables.put(CONTENT, [rows.settings_row(settings, token_dim)])


def put(tables: Tables, data: SegmentData, held: Mapping[str, Held]) -> None:
    """Write documents: that they are begun, their parts, and that each is complete."""
    entries = _entries(data, held)
    tables.put(CONTENT, [rows.entry_row(replace(one, done=False)) for one in entries])
    place: Counter[str] = Counter()
    written = []
    for passage, text, vector, tokens in zip(
        data.passages, data.texts, data.vectors, data.tokens, strict=True
    ):
        row = rows.passage_row(passage, place[passage.doc_id], text, vector, tokens)
        place[passage.doc_id] += 1
        written.append(row)
    tables.put(PASSAGES, written)
    words = {word for text in data.texts for word in _WORD.findall(text.lower())}
    tables.put(CONTENT, rows.word_rows(sorted(words)))
    tables.put(CONTENT, [row for one in data.documents for row in rows.document_rows(one)])
    tables.put(CONTENT, [rows.entry_row(one) for one in entries])


def delete(tables: Tables, doc_ids: Sequence[str]) -> None:
    """Remove documents; each disappears from the list before its passages do."""
    for start in range(0, len(doc_ids), _DOCUMENTS):
        where = f"doc_id in {quoted(doc_ids[start : start + _DOCUMENTS])}"
        tables.delete(CONTENT, f'{where} and kind == "{rows.DOCUMENT}"')
        tables.delete(PASSAGES, where)
        tables.delete(CONTENT, where)


def _entries(data: SegmentData, held: Mapping[str, Held]) -> list[Entry]:
    passages = Counter(passage.doc_id for passage in data.passages)
    stems: Counter[str] = Counter()
    for passage, text in zip(data.passages, data.texts, strict=True):
        stems[passage.doc_id] += len(terms(text))
    return [
        Entry(_named(one.identity, held), held[one.doc_id].content, passages[one.doc_id],
              stems[one.doc_id], done=True)
        for one in data.documents
    ]  # fmt: skip


def _named(identity: Identity, held: Mapping[str, Held]) -> Identity:
    return replace(identity, sources=held[identity.doc_id].sources)
