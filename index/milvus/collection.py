"""An index in Milvus, open for reading; what ``index.store.collection`` is to a folder.

What it holds is fixed when it is opened: passages that other machines write later are found and
left out, until it is opened again.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np

from index.errors import IndexMissing
from index.inspections import inspections_of
from index.milvus import rows
from index.milvus.lexical import MilvusBm25
from index.milvus.tables import CONTENT, MOST, PASSAGES, Row, Tables, quoted
from index.passages.ids import doc_id_of
from index.ports import Scored, Tokens, Vectors
from index.store.lexical import terms
from index.store.lookup import identity_of, no_passage
from index.store.manifest import Manifest, Settings
from index.types import Document, Identity, Inspection, Passage


class MilvusCollection:
    """Everything that the database holds; safe for many threads.

    Args:
        uri: as in ``Tables``.

    Raises:
        IndexMissing: nothing answers there, or no index is there.
        IndexDamaged: it cannot be read.
    """

    def __init__(self, uri: str) -> None:
        self._tables = Tables(uri)
        self.folder = Path(self._tables.shown)
        settings = self._settings()
        found = (rows.entry_of(row) for row in self._content(rows.DOCUMENT, now=True))
        self._entries = {one.identity.doc_id: one for one in found if one.done}
        self._identities = {doc: entry.identity for doc, entry in self._entries.items()}
        self.manifest = Manifest(
            settings, documents={doc: self._entries[doc].held for doc in sorted(self._entries)}
        )

    def close(self) -> None:
        """Close the connection; the collection must not be used after."""
        self._tables.close()

    @cached_property
    def bm25(self) -> MilvusBm25:
        """Term statistics over all passages."""
        return MilvusBm25(self._tables, *map(sum, self._sizes()))

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that the documents write, in lower case, and those of removed ones: several
        machines write, and none knows whether another's document still holds a word.
        """
        return frozenset(str(row["value"]) for row in self._content(rows.WORD))

    @property
    def passage_counts(self) -> Counter[str]:
        """Number of passages of each document, by doc_id."""
        return Counter({doc: entry.passages for doc, entry in self._entries.items()})

    def writing_of(self, name: str) -> frozenset[str]:
        """Return documents with a passage that holds every word of ``name``."""
        wanted = terms(name)
        if not wanted:
            return frozenset()
        where = " and ".join(self.bm25.holding(term) for term in wanted)
        found = self._tables.rows(PASSAGES, where, ["passage_id", "doc_id"])
        return frozenset(row["doc_id"] for row in found) & self._entries.keys()

    def identities(self) -> Sequence[Identity]:
        """Return all documents held, by source."""
        return sorted(self._identities.values(), key=lambda identity: identity.sources)

    def identity(self, doc_id: str) -> Identity:
        """Return one document's identity.

        Raises:
            NotFound: no document has this id.
        """
        return identity_of(self._identities, doc_id)

    @cached_property
    def inspections(self) -> tuple[Inspection, ...]:
        """Return the events that the documents tell of or recall, by authority, oldest first.

        Raises:
            IndexMismatch: an older version made the index.
        """
        return inspections_of(self.identities(), self.manifest.settings.identity, self.folder)

    def document(self, doc_id: str) -> Document:
        """Return one document with its text.

        Raises:
            NotFound: no document has this id.
        """
        identity = self.identity(doc_id)
        where = f'kind == "{rows.TEXT}" and doc_id == "{doc_id}"'
        pieces = list(self._tables.rows(CONTENT, where, ["key", "value"]))
        return rows.document_of(pieces, identity)

    def passages(self, passage_ids: Iterable[str]) -> list[Passage]:
        """Return passages in the order asked.

        Raises:
            NotFound: no passage has one of these ids.
        """
        wanted = list(passage_ids)
        found = self._field(wanted, "passage")
        made = {
            one: rows.passage_of(found[one], self.identity(doc_id_of(one)).source)
            for one in dict.fromkeys(wanted)
        }
        return [made[one] for one in wanted]

    def passages_of(self, doc_id: str) -> list[Passage]:
        """Return all passages of one document, in reading order."""
        source = self.identity(doc_id).source
        where = f'doc_id == "{doc_id}"'
        found = list(self._tables.rows(PASSAGES, where, ["passage_id", "place", "passage"]))
        found.sort(key=lambda row: int(row["place"]))
        return [rows.passage_of(row["passage"], source) for row in found]

    def nearest(self, vector: Vectors, k: int, where: frozenset[str] | None = None) -> Scored:
        """Return the ``k`` passages nearest to ``vector`` (float32, (dim,)) by inner product."""
        wanted = np.ascontiguousarray(vector, dtype=np.float32)

        def found(most: int, within: str) -> Scored:
            hits = self._tables.search("vector", wanted, most, within)
            return [(key, score) for key, score, _ in hits]

        return self._best(k, where, found)

    def matching(self, text: str, k: int, where: frozenset[str] | None = None) -> Scored:
        """Return the ``k`` passages with the highest BM25 score, those above 0 only.

        Milvus finds them and the score is computed here: its own counts words by shard and
        segment, and milvus-lite's by whatever has been written out.
        """
        asked = " ".join(map(rows.spelt, terms(text)))
        if not asked:
            return []

        def found(most: int, within: str) -> Scored:
            hits = self._tables.search("bm25", asked, most, within, ["stems"])
            texts: list[str] = [row["stems"] for _, _, row in hits]
            scores = self.bm25.scores(asked, texts)
            return [(key, score) for (key, _, _), score in zip(hits, scores, strict=True)]

        return self._best(k, where, found)

    def get(self, passage_ids: Sequence[str]) -> list[Tokens]:
        """Return int8 arrays of shape (n_tokens, dim), in the order asked.

        Raises:
            NotFound: no passage has one of these ids.
        """
        found = self._field(passage_ids, "tokens")
        return [rows.tokens_of(found[one], self._token_dim) for one in passage_ids]

    def _best(
        self, k: int, where: frozenset[str] | None, found: Callable[[int, str], Scored]
    ) -> Scored:
        """Return the ``k`` best of what ``found`` gives for a number of rows and a filter.

        More are asked for than wanted, until the last of them is worse than the ``k``-th: some
        are of documents not held here, and which of those that tie it gives is its own affair.
        """
        held = self._entries.keys() if where is None else where & self._entries.keys()
        if k < 1 or not held:
            return []
        most, within = k + 50, self._within(where)
        while True:
            most = min(2 * most, MOST)
            scored = found(most, within)
            kept = [pair for pair in scored if doc_id_of(pair[0]) in held]
            best = heapq.nsmallest(k, kept, key=lambda pair: (-pair[1], pair[0]))
            least = min((score for _, score in scored), default=0.0)
            if len(scored) < most or most == MOST or (len(best) == k and least < best[-1][1]):
                return best

    def _within(self, where: frozenset[str] | None) -> str:
        """Return the filter for these documents; by those left out, where they are fewer."""
        if where is None:
            return ""
        others = self._entries.keys() - where
        if len(others) < len(where):
            return f"doc_id not in {quoted(sorted(others))}" if others else ""
        return f"doc_id in {quoted(sorted(where))}"

    def _field(self, passage_ids: Sequence[str], field: str) -> dict[str, str]:
        found = self._tables.get(PASSAGES, passage_ids, field)
        missing = [i for i in passage_ids if i not in found or doc_id_of(i) not in self._entries]
        if missing:
            raise no_passage(missing[0])
        return found

    def _content(self, kind: str, now: bool = False) -> Iterable[Row]:
        return self._tables.rows(CONTENT, f'kind == "{kind}"', ["key", "value"], now)

    def _settings(self) -> Settings:
        held = {}
        if self._tables.ready():
            held = self._tables.get(CONTENT, [rows.SETTINGS], "value")
        if not held:
            raise IndexMissing(
                f"there is no index in Milvus at {self._tables.shown}: run 'assistant index "
                "build' with ASSISTANT_STORE=milvus"
            )
        settings, self._token_dim = rows.settings_of(held[rows.SETTINGS], self._tables.shown)
        return settings

    def _sizes(self) -> tuple[list[int], list[int]]:
        entries = self._entries.values()
        return [entry.passages for entry in entries], [entry.terms for entry in entries]


class Stamp:
    """Tells an index from what it was before an update; asked often, it costs one short request.

    Args:
        uri: as in ``Tables``.
    """

    def __init__(self, uri: str) -> None:
        self._tables = Tables(uri)

    def __call__(self) -> str:
        """Return the stamp now; empty before the first update.

        Raises:
            IndexDamaged: the database does not answer.
        """
        found: dict[str, str] = self._tables.get(CONTENT, [rows.STAMP], "value")
        return found.get(rows.STAMP, "")
