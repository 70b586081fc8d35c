"""Brings an index in Milvus in line with a set of files; several machines may at the same time.

Documents are shared out by their id: each machine is given the same files and a shard of its own,
and reads, embeds, writes and removes only the documents of it. A document that is there with the
same content is left alone, so a build that was interrupted goes on where it stopped. Readers that
open meanwhile see the documents that are complete by then, and servers open it anew after each
machine's build.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.building import plan
from index.building.builder import Report
from index.building.loading_process import LoadingProcess
from index.building.plan import Progress, Quiet
from index.building.preparing import Preparer, batches, documents_of
from index.errors import IndexMismatch, NotFound
from index.milvus import rows
from index.milvus.rows import Entry
from index.milvus.tables import CONTENT, Tables
from index.milvus.writing import begin, delete, put
from index.passages.chunking import ChunkSettings
from index.ports import Embedder, TokenEncoder
from index.store.manifest import Held, Manifest, Problem, Settings, differing


@dataclass(frozen=True, slots=True)
class Shard:
    """Which documents one machine looks after: ``number`` of ``of``, from 1."""

    number: int = 1
    of: int = 1

    def has(self, doc_id: str) -> bool:
        """Say whether a document is of this shard."""
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
        self._dims = embedder.dim, tokens.dim
        self._preparer = Preparer(embedder, tokens, chunk_settings)
        self._progress = progress or Quiet()
        self._shard = shard or Shard()
        self.settings = self._preparer.settings

    def build(self, paths: Sequence[Path]) -> Report:
        """Make the shard hold exactly the files under ``paths`` that are of it.

        Raises:
            IndexMismatch: the index was made with other settings.
            UsageError: a path does not exist.
        """
        old = self._opened()
        found, problems = plan.scan(paths, self._progress)
        return self._brought_to(old, found, plan.held(found), problems)

    def add(self, paths: Sequence[Path], left: Collection[str] = frozenset()) -> Report:
        """Add the files under ``paths`` that are of this shard to what it holds.

        Args:
            left: sources that are no more: their documents go, unless they have another.

        Raises:
            IndexMismatch: the index was made with other settings.
            UsageError: a path does not exist.
        """
        old = self._opened()
        found, problems = plan.scan(paths, self._progress)
        held = plan.joined(_manifest(self.settings, old), plan.held(found), left)
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
        now = self._stamped()
        return Report(now, 0, len(now.documents), len(set(doc_ids)), ())

    def _opened(self) -> dict[str, Entry]:
        """Return every document of the database, half-written ones too; begin it where needed."""
        begin(self._tables, self.settings, *self._dims)
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
        added, failed = self._write(new, held)
        removed = sum(mine[doc].done for doc in gone)
        return Report(
            self._stamped(), added, len(kept), removed,
            tuple(sorted((*problems, *failed), key=lambda problem: problem.source)),
        )  # fmt: skip

    def _stamped(self) -> Manifest:
        """Return what is held now, by all machines; servers that look at its stamp open it anew.

        A build that finds nothing to do mends the stamp of one that was broken off before it.
        """
        now = _manifest(self.settings, self._opened())
        if self._tables.get(CONTENT, [rows.STAMP], "value") != {rows.STAMP: now.index_fingerprint}:
            self._tables.put(CONTENT, [rows.stamp_row(now.index_fingerprint)])
        return now

    def _rename(self, kept: dict[str, Entry], held: dict[str, Held]) -> None:
        """Give documents whose files lie elsewhere now the names of those."""
        moved = [
            rows.entry_row(replace(e, identity=replace(e.identity, sources=held[doc].sources)))
            for doc, e in kept.items()
            if held[doc].sources != e.identity.sources
        ]
        self._tables.put(CONTENT, moved)

    def _write(
        self, new: Sequence[plan.Hashed], held: dict[str, Held]
    ) -> tuple[int, list[Problem]]:
        """Write the documents; returns how many, and the files that cannot be read whole."""
        self._progress.stage("Reading and embedding", len(new))
        problems: list[Problem] = []
        added = 0
        with LoadingProcess() as reader:
            for batch in batches(new):
                documents, unread = documents_of(batch, reader)
                problems += unread
                added += len(documents)
                put(self._tables, self._preparer.data(documents), held)
                self._progress.advance(len(batch))
        return added, problems


def _manifest(settings: Settings, entries: dict[str, Entry]) -> Manifest:
    held = {doc: entries[doc].held for doc in sorted(entries) if entries[doc].done}
    return Manifest(settings, documents=held)
