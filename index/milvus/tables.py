"""The two Milvus collections that an index is, and the connection to them; the only module that
imports pymilvus.

``passages`` is searched; ``content`` holds documents and settings by key, and is only read. A
database holds one index: another is another database (``…:19530/NAME``), or another file.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from pymilvus import (
    CollectionSchema,
    DataType,
    Function,
    FunctionType,
    MilvusClient,
    MilvusException,
)
from pymilvus.milvus_client import IndexParams

from index.errors import IndexDamaged, IndexMissing
from index.store.lexical import K1, B

logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # what it logs, it also raises

T = TypeVar("T")
Row = Mapping[str, Any]

PASSAGES = "inspection_passages"
CONTENT = "inspection_content"
MOST = 16_384
"""Rows that Milvus gives for one request."""
LONGEST = 65_535
"""Bytes of one text field."""
_AT_ONCE = 500
"""Rows read or written at once: of passages about 10 MB, under Milvus' limit of a message."""
_BEGUN_S = 60.0
_AGAIN_S = 0.1
"""For how long a database is begun beside other machines, and what passes between two looks."""


class Tables:
    """An open database.

    Args:
        uri: a server (``http://host:19530``, with ``/NAME`` for a database of it, and
            ``user:password@`` where it asks for one), or a file of milvus-lite (``….db``).

    Raises:
        IndexMissing: nothing answers there.
    """

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self.shown = uri.rpartition("@")[2]
        try:
            self._client = MilvusClient(uri)
        except Exception as error:  # grpc, sockets and milvus-lite raise each its own
            raise IndexMissing(
                f"Milvus does not answer at {self.shown} ({_first_line(error)}): start it, or "
                "set ASSISTANT_MILVUS_URI to where it is"
            ) from error

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def ready(self) -> bool:
        """Say whether an index has been begun here; it can be read from then on."""
        held = all(self._asked(self._whole, name) for name in _KEYS)
        for name in _KEYS if held else ():
            self._asked(self._client.load_collection, name)
        return held

    def create(self, dim: int) -> None:
        """Make what is missing; several machines may at the same time.

        Two that make one thing hinder each other, and one may have stopped half-way: whatever
        Milvus refuses is looked at again until all is there.

        Raises:
            IndexDamaged: it is not there after a minute.
        """
        until = time.monotonic() + _BEGUN_S
        while True:
            try:
                self._make(PASSAGES, *self._passages(dim))
                self._make(CONTENT, *self._content())
                return
            except MilvusException as error:
                if time.monotonic() > until:
                    raise self._could_not(error) from error
                time.sleep(_AGAIN_S)

    def _whole(self, name: str) -> bool:
        """Say whether a collection is there with all its indexes."""
        return self._client.has_collection(name) and not self._missing(name)

    def _missing(self, name: str) -> list[str]:
        """Return the fields whose index is not there yet."""
        return [field for field in _INDEXED[name] if not self._client.list_indexes(name, field)]

    def _make(self, name: str, schema: CollectionSchema, indexes: IndexParams) -> None:
        if not self._client.has_collection(name):
            self._client.create_collection(name, schema=schema)
        missing = self._missing(name)
        for index in indexes:
            if index.field_name in missing:
                self._client.create_index(name, IndexParams([index]))
        self._client.load_collection(name)

    def put(self, table: str, rows: Sequence[Row]) -> None:
        """Write rows; those with a key that is held take the place of it."""
        for part in _parts(rows):
            self._asked(self._client.upsert, table, list(part))

    def delete(self, table: str, where: str) -> None:
        """Remove the rows that ``where`` names."""
        self._asked(self._client.delete, table, filter=where)

    def get(self, table: str, keys: Sequence[str], field: str) -> dict[str, Any]:
        """Return ``field`` of the rows with these keys, by key; keys not held are left out."""
        key = _KEYS[table]
        found: dict[str, Any] = {}
        for part in _parts(list(dict.fromkeys(keys))):
            where = f"{key} in {quoted(part)}"
            rows = self._asked(self._client.query, table, filter=where, output_fields=[key, field])
            found.update((row[key], row[field]) for row in rows)
        return found

    def rows(
        self, table: str, where: str, fields: Sequence[str], now: bool = False
    ) -> Iterator[Row]:
        """Yield every row that ``where`` names, in no order.

        Args:
            now: with all that other machines have written until this moment.
        """
        level = {"consistency_level": "Strong"} if now else {}
        pages = self._asked(
            self._client.query_iterator,
            table, batch_size=_AT_ONCE, filter=where, output_fields=list(fields), **level,
        )  # fmt: skip
        try:
            while page := self._asked(pages.next):
                yield from page
        finally:
            pages.close()

    def count(self, table: str, where: str) -> int:
        """Return the number of rows that ``where`` names."""
        rows = self._asked(self._client.query, table, filter=where, output_fields=["count(*)"])
        return int(rows[0]["count(*)"])

    def search(
        self, field: str, wanted: Any, k: int, where: str, fields: Sequence[str] = ()
    ) -> list[tuple[str, float, Row]]:
        """Return key, score and ``fields`` of the ``k`` passages nearest by ``field``."""
        (hits,) = self._asked(
            self._client.search,
            PASSAGES, data=[wanted], anns_field=field, limit=min(k, MOST), filter=where,
            output_fields=list(fields),
        )  # fmt: skip
        return [(hit["passage_id"], float(hit["distance"]), hit["entity"]) for hit in hits]

    def _asked(self, call: Callable[..., Any], *given: Any, **named: Any) -> Any:
        try:
            return call(*given, **named)
        except MilvusException as error:
            raise self._could_not(error) from error

    def _could_not(self, error: MilvusException) -> IndexDamaged:
        return IndexDamaged(
            f"Milvus at {self.shown} could not do it ({_first_line(error)}): see that it "
            "runs, and run 'assistant index build' again"
        )

    def _passages(self, dim: int) -> tuple[CollectionSchema, IndexParams]:
        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("passage_id", DataType.VARCHAR, is_primary=True, max_length=64)
        schema.add_field("doc_id", DataType.VARCHAR, max_length=16)
        schema.add_field("place", DataType.INT32)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dim)
        # Our own stems: what is stemmed here is only split at white space there.
        schema.add_field("stems", DataType.VARCHAR, max_length=LONGEST, enable_analyzer=True,
                         enable_match=True, analyzer_params={"tokenizer": "standard"})  # fmt: skip
        schema.add_field("bm25", DataType.SPARSE_FLOAT_VECTOR)
        # Only read, and nine tenths of the bytes: kept on the disk, not in memory.
        for name in ("passage", "tokens"):
            schema.add_field(name, DataType.VARCHAR, max_length=LONGEST, mmap_enabled=True)
        schema.add_function(
            Function("bm25", FunctionType.BM25, input_field_names=["stems"],
                     output_field_names=["bm25"])
        )  # fmt: skip
        indexes = self._client.prepare_index_params()
        # A file is for tests and development, where results should be exact.
        kind = "AUTOINDEX" if "://" in self.uri else "FLAT"
        indexes.add_index("vector", index_type=kind, metric_type="IP")
        indexes.add_index("bm25", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25",
                          params={"bm25_k1": K1, "bm25_b": B})  # fmt: skip
        indexes.add_index("doc_id", index_type="INVERTED")
        return schema, indexes

    def _content(self) -> tuple[CollectionSchema, IndexParams]:
        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("key", DataType.VARCHAR, is_primary=True, max_length=128)
        schema.add_field("kind", DataType.VARCHAR, max_length=16)
        schema.add_field("doc_id", DataType.VARCHAR, max_length=16)
        schema.add_field("value", DataType.VARCHAR, max_length=LONGEST, mmap_enabled=True)
        # Milvus wants a vector in every collection.
        schema.add_field("unused", DataType.FLOAT_VECTOR, dim=2)
        indexes = self._client.prepare_index_params()
        indexes.add_index("unused", index_type="FLAT", metric_type="IP")
        for name in ("kind", "doc_id"):
            indexes.add_index(name, index_type="INVERTED")
        return schema, indexes


_KEYS = {PASSAGES: "passage_id", CONTENT: "key"}
_INDEXED = {PASSAGES: ("vector", "bm25", "doc_id"), CONTENT: ("unused", "kind", "doc_id")}


def content_row(kind: str, key: str, value: str, doc_id: str = "") -> Row:
    """Return one row of ``CONTENT``."""
    held = {"key": key, "kind": kind, "doc_id": doc_id, "value": value}
    return {**held, "unused": [0.0, 1.0]}


def quoted(values: Sequence[str]) -> str:
    """Write a list as Milvus' filters do; the values are ids, hexadecimal or made of them."""
    return "[" + ", ".join(f'"{_escaped(value)}"' for value in values) + "]"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"')


def _parts(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(rows), _AT_ONCE):
        yield rows[start : start + _AT_ONCE]


def _first_line(error: Exception) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0][:200]
