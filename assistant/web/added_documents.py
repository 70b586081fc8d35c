"""What can be done with a document from the page: added, put back, corrected, removed.

Each is one call that either does it whole or leaves everything as it was.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from assistant.service.index_writer import IndexWriter
from assistant.web.uploads import Uploads, doc_id_of
from index.building import files
from index.building.loading_process import LoadingProcess
from index.errors import LoadError, NotFound
from index.types import Identity


class State(StrEnum):
    """How far a document has come."""

    WAITING = "waiting"
    READING = "being read"
    ADDED = "added"
    HELD = "held already"
    CORRECTED = "corrected"
    REMOVED = "removed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a batch.

    Attributes:
        name: what its file is called, where it came from.
        reason: why it was refused, or what of it was not read; empty for neither.
    """

    name: str
    state: State = State.WAITING
    doc_id: str | None = None
    reason: str = ""


class AddedDocuments:
    """The documents that were added from the page.

    Args:
        index: what is served, and written to.
        uploads: where their files are kept.
    """

    def __init__(self, index: IndexWriter, uploads: Uploads) -> None:
        self._index = index
        self.uploads = uploads

    def held(self) -> list[Identity]:
        """Return those that the index holds, by source."""
        kept = self.uploads.documents()
        return [one for one in self._index.identities() if one.doc_id in kept]

    def lacking(self) -> list[Path]:
        """Return the files of those that it does not: it was built anew without them."""
        held = {one.doc_id for one in self._index.identities()}
        return [path for doc_id, path in self.uploads.documents().items() if doc_id not in held]

    def any_identity(self, doc_id: str) -> Identity:
        """Return the identity of a document that is held, from wherever it came.

        Raises:
            NotFound: it is not.
        """
        return self._index.identity(doc_id)

    def identity(self, doc_id: str) -> Identity:
        """Return the identity of a document that was added from the page, and is held.

        Raises:
            NotFound: there is none.
        """
        self.path(doc_id)
        return self._index.identity(doc_id)

    def add(self, coming: Path, given: str) -> Entry:
        """Add a file that has arrived, whose sender calls it ``given``.

        Raises:
            LoadError: it is no document that can be read; nothing of it is kept.
            AssistantError: the index cannot be written; nothing of it is kept.
        """
        try:
            return self._added(coming, given)
        finally:
            coming.unlink(missing_ok=True)

    def put_back(self, path: Path, name: str) -> Entry:
        """Add a file that is kept already.

        Raises:
            AssistantError: as ``add``; the file stays.
        """
        doc_id, unread = self._put(path)
        return Entry(name, State.ADDED, doc_id, unread)

    def correct(self, doc_id: str, row: Mapping[str, str], name: str) -> Entry:
        """Keep what a person says of a document, and read it again with that.

        Raises:
            AssistantError: as ``add``; what was said before still holds.
        """
        path = self.path(doc_id)
        before = dict(self.uploads.row(path))
        try:
            self.uploads.describe(path, row)
            self._put(path)
        except BaseException:
            self.uploads.describe(path, before)
            raise
        return Entry(name, State.CORRECTED, doc_id)

    def remove(self, doc_id: str, name: str) -> Entry:
        """Take a document out of the index, and delete its file.

        Raises:
            NotFound: it was not added from the page, or is gone already.
            AssistantError: the index cannot be written; the document stays.
        """
        path = self.path(doc_id)
        if doc_id in {one.doc_id for one in self._index.identities()}:
            self._index.remove(doc_id)
        self.uploads.delete(path)
        return Entry(name, State.REMOVED, doc_id)

    def path(self, doc_id: str) -> Path:
        """Return the file of a document that was added from the page.

        Raises:
            NotFound: it was not, or is gone.
        """
        path = self.uploads.documents().get(doc_id)
        if path is None:
            raise NotFound("This document was not added from the page, or it was removed.")
        return path

    def _added(self, coming: Path, given: str) -> Entry:
        doc_id, held = doc_id_of(coming), self._index.identities()
        same = next((one for one in held if one.doc_id == doc_id), None)
        if same is not None:
            return Entry(given, State.HELD, doc_id, f"it is the same file as {same.source}")
        kept = self.uploads.documents().get(doc_id)
        if kept is not None:
            return self.put_back(kept, given)
        path = self.uploads.place(coming, given, _names(held))
        try:
            return self.put_back(path, given)
        except BaseException:
            self.uploads.delete(path)
            raise

    def _put(self, path: Path) -> tuple[str, str]:
        """Add a file; returns its ``doc_id`` and what of it was not read.

        It is read beforehand, so that what cannot be read never counts as left out of the index.
        """
        (found,) = files.scan([path])
        if found.fault is not None:
            raise LoadError(path.name, found.fault)
        with LoadingProcess() as reader:
            document = reader.load(found)
        report = self._index.add(path)
        faults = [fault.reason for fault in report.problems if fault.source == path.name]
        if document.doc_id not in report.manifest.documents:
            raise LoadError(path.name, "; ".join(faults) or "it could not be read")
        return document.doc_id, "; ".join(faults)


def _names(held: Sequence[Identity]) -> set[str]:
    return {source for one in held for source in one.sources}
