"""Brings an index in line with a set of files: reads and embeds only what changed.

Documents are read, cut and embedded in batches; each batch becomes a finished segment on the
disk, so that an interrupted build goes on where it stopped. The manifest is replaced once, at
the end: until then readers see the old index.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.building import plan
from index.building.loading_process import LoadingProcess
from index.building.plan import Progress, Quiet
from index.building.preparing import Preparer, batches, documents_of
from index.errors import IndexDamaged, IndexMismatch, IndexMissing, NotFound
from index.passages.chunking import ChunkSettings
from index.ports import Embedder, TokenEncoder
from index.store import manifest as manifests
from index.store import merging, segment
from index.store.lock import writing
from index.store.manifest import Held, Manifest, Problem, SegmentEntry


@dataclass(frozen=True, slots=True)
class Report:
    """What a build or update did.

    Attributes:
        added, kept, removed: number of documents.
        problems: files that were not indexed, or not all of them, by name, with the reason.
        rebuilt_because: settings that differed from the old index, one line each.
    """

    manifest: Manifest
    added: int
    kept: int
    removed: int
    problems: tuple[Problem, ...]
    rebuilt_because: tuple[str, ...] = ()


class Builder:
    """Writes one index folder.

    Args:
        folder: the index folder.
        embedder, tokens: the models whose vectors it holds.
        chunk_settings: how passages are cut.
        progress: told how it goes.
    """

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        tokens: TokenEncoder,
        chunk_settings: ChunkSettings,
        progress: Progress | None = None,
    ) -> None:
        self._folder = folder
        self._preparer = Preparer(embedder, tokens, chunk_settings)
        self._progress = progress or Quiet()
        self.settings = self._preparer.settings

    def build(self, paths: Sequence[Path]) -> Report:
        """Make the index hold exactly the files under ``paths``.

        Raises:
            UsageError: a path does not exist.
            IndexLocked: another process is writing.
        """
        with writing(self._folder):
            old, because = self._old()
            found, problems = plan.scan(paths, self._progress)
            held = plan.held(found)
            gone = frozenset(
                doc for doc, entry in old.documents.items() if plan.changed(entry, held.get(doc))
            )
            kept = manifests.without(old, gone)
            return self._write(kept, found, held, problems, len(gone), because, paths)

    def add(self, paths: Sequence[Path], left: Collection[str] = frozenset()) -> Report:
        """Add the files under ``paths`` to what is held; a changed file of the same name
        replaces its old content.

        Args:
            left: sources that are no more: their documents go, unless they have another.

        Raises:
            IndexMismatch: the index was made with other settings; it must be rebuilt.
            IndexDamaged: a file of it is missing or has another size, or one to be copied has
                changed; it must be rebuilt.
            UsageError: a path does not exist.
            IndexLocked: another process is writing.
        """
        with writing(self._folder):
            old = self._usable()
            found, problems = plan.scan(paths, self._progress)
            new = plan.held(found)
            held = plan.joined(old, new, left)
            gone = frozenset(
                doc for doc, entry in old.documents.items() if plan.changed(entry, held.get(doc))
            )
            seen = {item.found.source for item in found} | {fault.source for fault in problems}
            seen.update(left)
            others = tuple(fault for fault in old.problems if fault.source not in seen)
            kept = manifests.without(old, gone)
            return self._write(kept, found, held, (*others, *problems), len(gone), (), ())

    def remove(self, doc_ids: Sequence[str]) -> Report:
        """Remove documents.

        Raises:
            NotFound: one of them is not held; nothing is removed then.
            IndexMissing, IndexDamaged: there is no index, or its manifest cannot be used.
            IndexLocked: another process is writing.
        """
        with writing(self._folder):
            old = manifests.read(self._folder)
            unknown = [doc for doc in doc_ids if doc not in old.documents]
            if unknown:
                raise NotFound(
                    f"not held: {', '.join(unknown)}; nothing was removed. 'assistant documents' "
                    "lists the ids"
                )
            gone = {source for doc in doc_ids for source in old.documents[doc].sources}
            left = tuple(fault for fault in old.problems if fault.source not in gone)
            new = replace(manifests.without(old, frozenset(doc_ids)), problems=left)
            manifests.write(self._folder, new)
            _collect(self._folder, new)
            return Report(new, 0, len(new.documents), len(set(doc_ids)), new.problems)

    def _usable(self) -> Manifest:
        """Return the index as it stands, empty where there is none."""
        try:
            old = manifests.read(self._folder)
        except IndexMissing:
            return Manifest(self.settings)
        if because := manifests.differing(old.settings, self.settings):
            raise mismatch(self._folder, because)
        for entry in old.segments:  # its larger files where they are copied, and by index verify
            segment.check(self._folder, entry)
        return old

    def _old(self) -> tuple[Manifest, tuple[str, ...]]:
        """Return the index as it stands, empty where there is none or it must be made anew."""
        try:
            old = manifests.read(self._folder)
        except IndexMissing:
            return Manifest(self.settings), ()
        except IndexDamaged as error:
            return Manifest(self.settings), (str(error),)
        because = tuple(manifests.differing(old.settings, self.settings))
        if because:
            return Manifest(self.settings), because
        damaged = _damage(self._folder, old)
        return (Manifest(self.settings), tuple(damaged)) if damaged else (old, ())

    def _write(
        self,
        kept: Manifest,
        found: Sequence[plan.Hashed],
        held: dict[str, Held],
        problems: tuple[Problem, ...],
        removed: int,
        because: tuple[str, ...],
        paths: Sequence[Path],
    ) -> Report:
        first = {item.doc_id: item for item in reversed(found)}
        new = [first[doc] for doc in sorted(first) if doc not in kept.documents]
        segments, failed = self._segments(new)
        there = {*kept.documents, *(doc for entry in segments for doc in entry.documents)}
        documents = {doc: entry for doc, entry in held.items() if doc in there}
        manifest = replace(
            kept,
            segments=merging.merged(self._folder, (*kept.segments, *segments), self.settings),
            documents=documents,
            problems=tuple(sorted((*problems, *failed), key=lambda problem: problem.source)),
            roots=tuple(str(path) for path in paths) or kept.roots,
        )
        manifests.write(self._folder, manifest)
        _collect(self._folder, manifest)
        added = sum(len(entry.documents) for entry in segments)
        return Report(manifest, added, len(kept.documents), removed, manifest.problems, because)

    def _segments(self, new: Sequence[plan.Hashed]) -> tuple[list[SegmentEntry], list[Problem]]:
        self._progress.stage("Reading and embedding", len(new))
        entries: list[SegmentEntry] = []
        failed: list[Problem] = []
        with LoadingProcess() as reader:
            for batch in batches(new):
                entry, problems = self._segment(batch, reader)
                failed += problems
                if entry:
                    entries.append(entry)
                self._progress.advance(len(batch))
        return entries, failed

    def _segment(
        self, batch: Sequence[plan.Hashed], reader: LoadingProcess
    ) -> tuple[SegmentEntry | None, list[Problem]]:
        """Return the files as one segment, None where none can be read; and those that cannot."""
        name = segment.name_for([item.content for item in batch], self.settings)
        entry = segment.finished(self._folder, name)
        finished = entry.documents if entry else ()
        missing = [item for item in batch if item.doc_id not in finished]
        documents, problems = documents_of(missing, reader)
        if documents and entry is None:
            entry = segment.write(self._folder, name, self._preparer.data(documents))
        return entry, problems


def mismatch(folder: Path, because: Sequence[str]) -> IndexMismatch:
    """Return the error for an index made with other settings, naming both values."""
    return IndexMismatch(
        f"the index in {folder} was made otherwise: {'; '.join(because)}. Run 'assistant index "
        "build' to make it anew"
    )


def _damage(folder: Path, manifest: Manifest) -> list[str]:
    return [fault for entry in manifest.segments for fault in segment.verify(folder, entry)]


def _collect(folder: Path, manifest: Manifest) -> None:
    """Delete segments that the manifest does not name; readers keep what they have open."""
    named = {entry.name for entry in manifest.segments}
    for path in (folder / segment.FOLDER).glob("*"):
        if path.name not in named:
            shutil.rmtree(path, ignore_errors=True)
