"""Brings an index in Milvus in line with a set of files; several machines may at the same time.

Documents are shared out by their id: each machine is given the same files and a shard of its own,
and reads, embeds, writes and removes only the documents of it. A document that is there with the
same content is left alone, so a build that was interrupted goes on where it stopped. Readers that
open meanwhile see the documents that are complete by then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index import chunking, plan
from index.build import BATCH_DOCUMENTS, Report, load, settings_of
from index.chunking import ChunkSettings
from index.errors import IndexMismatch, LoadError, NotFound
from index.milvus import rows
from index.milvus.rows import Entry
from index.milvus.tables import CONTENT, Tables
from index.milvus.writing import begin, delete, put
from index.plan import Progress, Quiet
from index.ports import Embedder, TokenEncoder
from index.store.manifest import Held, Manifest, Problem, Settings, differing
from index.store.segment import SegmentData
from index.types import Document


@dataclass(frozen=True, slots=True)
class Shard:
    """Which documents one machine looks after: ``number`` of ``of``, from 1."""

    number: int = 1
    of: int = 1

    def has(self, doc_id: str) -> bool:
        """Whether a document is of this shard."""
        return int(doc_id, 16) % self.of == self.number - 1


class MilvusBuilder:
    """Writes an index in Milvus.

    Args:
        uri: as in ``Tables``.
        embedder, tokens: the models whose vectors it holds.
        chunk_settings: how passages are cut.
        progress: told how it goes.
        shard: the documents to look after.
    """

    def __init__(
        self,
        uri: str,
        embedder: Embedder,
        tokens: TokenEncoder,
        chunk_settings: ChunkSettings,
        progress: Progress | None = None,
        shard: Shard | None = None,
    ) -> None:
        self._tables = Tables(uri)
        self._embedder = embedder
        self._tokens = tokens
        self._chunks = chunk_settings
        self._progress = progress or Quiet()
        self._shard = shard or Shard()
        self.settings = settings_of(embedder, tokens, chunk_settings)

    def build(self, paths: Sequence[Path]) -> Report:
        """Make the shard hold exactly the files under ``paths`` that are of it.

        Raises:
            IndexMismatch: the index was made with other settings.
            UsageError: a path does not exist.
        """
        old = self._opened()
        found, problems = plan.scan(paths, self._progress)
        return self._brought_to(old, found, plan.held(found), problems)

    def add(self, paths: Sequence[Path]) -> Report:
        """Add the files under ``paths`` that are of this shard to what it holds.

        Raises:
            IndexMismatch: the index was made with other settings.
            UsageError: a path does not exist.
        """
        old = self._opened()
        found, problems = plan.scan(paths, self._progress)
        held = plan.joined(_manifest(self.settings, old), plan.held(found))
        return self._brought_to(old, found, held, problems)

    def remove(self, doc_ids: Sequence[str]) -> Report:
        """Remove documents.

        Raises:
            NotFound: one of them is not held; nothing is removed then.
            IndexMismatch: the index was made with other settings.
        """
        old = self._opened()
        unknown = [doc for doc in doc_ids if doc not in old]
        if unknown:
            raise NotFound(
                f"not held: {', '.join(unknown)}; nothing was removed. 'assistant documents' "
                "lists the ids"
            )
        delete(self._tables, doc_ids)
        left = {doc: entry for doc, entry in old.items() if doc not in set(doc_ids)}
        now = _manifest(self.settings, left)
        return Report(now, 0, len(left), len(set(doc_ids)), ())

    def _opened(self) -> dict[str, Entry]:
        """Every document of the database, half-written ones too; it is begun where it is not."""
        begin(self._tables, self.settings, self._embedder.dim, self._tokens.dim)
        held = self._tables.get(CONTENT, [rows.SETTINGS], "value")[rows.SETTINGS]
        if because := differing(rows.settings_of(held, self._tables.shown)[0], self.settings):
            raise IndexMismatch(
                f"the index in Milvus at {self._tables.shown} was made otherwise: "
                f"{'; '.join(because)}. Build into another database (ASSISTANT_MILVUS_URI with "
                "another /NAME) and point the servers to it"
            )
        found = self._tables.rows(CONTENT, f'kind == "{rows.DOCUMENT}"', ["key", "value"], now=True)
        entries = [rows.entry_of(row) for row in found]
        return {entry.identity.doc_id: entry for entry in entries}

    def _brought_to(
        self,
        old: dict[str, Entry],
        found: Sequence[plan.Hashed],
        held: dict[str, Held],
        problems: tuple[Problem, ...],
    ) -> Report:
        mine = {doc: entry for doc, entry in old.items() if self._shard.has(doc)}
        gone = [
            doc
            for doc, entry in mine.items()
            if not entry.done or plan.changed(entry.held, held.get(doc))
        ]
        delete(self._tables, gone)
        kept = {doc: entry for doc, entry in mine.items() if doc not in set(gone)}
        self._rename(kept, held)
        first = {item.doc_id: item for item in reversed(found)}
        new = [first[d] for d in sorted(first) if d not in kept and self._shard.has(d)]
        failed = self._write(new, held)
        now = self._opened()
        removed = sum(mine[doc].done for doc in gone)
        return Report(
            _manifest(self.settings, now), len(new) - len(failed), len(kept), removed,
            tuple(sorted((*problems, *failed), key=lambda problem: problem.source)),
        )  # fmt: skip

    def _rename(self, kept: dict[str, Entry], held: dict[str, Held]) -> None:
        """Give documents whose files lie elsewhere now the names of those."""
        moved = [
            rows.entry_row(replace(e, identity=replace(e.identity, sources=held[doc].sources)))
            for doc, e in kept.items()
            if held[doc].sources != e.identity.sources
        ]
        self._tables.put(CONTENT, moved)

    def _write(self, new: Sequence[plan.Hashed], held: dict[str, Held]) -> list[Problem]:
        self._progress.stage("Reading and embedding", len(new))
        problems = []
        for batch in _batches(new):
            documents = []
            for item in batch:
                try:
                    documents.append(_read(item))
                except LoadError as error:
                    problems.append(Problem(item.found.source, error.reason))
            put(self._tables, self._data(documents), held)
            self._progress.advance(len(batch))
        return problems

    def _data(self, documents: Sequence[Document]) -> SegmentData:
        count = self._embedder.count_tokens
        pairs = [(d, p) for d in documents for p in chunking.passages(d, count, self._chunks)]
        texts = [chunking.embedded_text(d.identity, p) for d, p in pairs]
        return SegmentData(
            documents=documents,
            passages=[passage for _, passage in pairs],
            texts=texts,
            vectors=self._embedder.embed_passages(texts),
            tokens=self._tokens.encode_passages(texts),
            token_dim=self._tokens.dim,
        )


def _read(item: plan.Hashed) -> Document:
    document = load(item.found)
    if document.doc_id != item.doc_id:
        raise LoadError(item.found.source, "changed while it was read: build again")
    return document


def _manifest(settings: Settings, entries: dict[str, Entry]) -> Manifest:
    held = {doc: entries[doc].held for doc in sorted(entries) if entries[doc].done}
    return Manifest(settings, documents=held)


def _batches(items: Sequence[plan.Hashed]) -> Iterator[Sequence[plan.Hashed]]:
    for start in range(0, len(items), BATCH_DOCUMENTS):
        yield items[start : start + BATCH_DOCUMENTS]
