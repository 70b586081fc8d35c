"""Changes the documents while they are served, one batch after the other in a thread of its own.

A batch is what one person asked for: files to be added or put back, one to be corrected or
removed. Each of its entries ends by itself, and says what became of it.
"""

from __future__ import annotations

import errno
import logging
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread

from assistant.service.audit import Audit
from assistant.service.index_writer import IndexWriter
from assistant.settings import Settings
from assistant.web.added_documents import AddedDocuments, Entry, State
from assistant.web.uploads import Uploads
from index.errors import AssistantError, IndexLocked, LoadError, NotFound

_REMEMBERED = 100
"""Batches whose pages can be looked at again."""
_MOST_WAITING = 16
_NO_RIGHT = "the right to add documents was taken away before it was read"
_LOCKED = "another program is writing to the index at this moment; wait a minute and try again"
_NO_ROOM = "there is no room left on the disk"
_FAILED = "something went wrong, and the documents are as they were; the server’s log says what"
_log = logging.getLogger(__name__)


class TooManyBatchesError(AssistantError):
    """As many people as can be are waiting already."""


@dataclass(frozen=True)
class Task:
    """One thing to be done.

    Attributes:
        name: what the document is called.
        do: does it.
        drop: lets go of what it was to be done with, where it is not done.
    """

    name: str
    do: Callable[[], Entry]
    drop: Callable[[], None] = lambda: None


@dataclass
class Batch:
    """What one person asked for at once.

    Attributes:
        who: the only one who may look at it, empty where nobody signs in.
        entries: replaced one by one as they end, by the worker alone.
        done: set when all have ended.
    """

    id: str
    who: str
    entries: list[Entry]
    done: Event = field(default_factory=Event)

    @property
    def ended(self) -> int:
        """How many entries have ended."""
        return sum(e.state not in (State.WAITING, State.READING) for e in self.entries)


class Adding:
    """Who may change the documents, and the line of what they asked for.

    Args:
        documents: does it.
        may: whether someone may change the documents at this moment; asked again for each.
        for_all: whether everyone may, since nobody signs in.
        audit: notes every change.
    """

    def __init__(
        self,
        documents: AddedDocuments,
        may: Callable[[str], bool],
        for_all: bool = False,
        audit: Audit | None = None,
    ) -> None:
        self.documents = documents
        self.may = may
        self.for_all = for_all
        self._audit = audit or Audit()
        self._batches: dict[str, Batch] = {}
        self._line: SimpleQueue[tuple[Batch, Sequence[Task]]] = SimpleQueue()
        self._lock = Lock()
        self._worker: Thread | None = None

    def add(self, who: str, arrived: Sequence[tuple[str, Path | LoadError]]) -> Batch:
        """Add files that have arrived: what each is called, and where it is or why not.

        Raises:
            TooManyBatchesError: too many wait.
        """

        def task(name: str, file: Path | LoadError) -> Task:
            if isinstance(file, LoadError):
                return Task(name, partial(_refuse, file))
            drop = partial(file.unlink, missing_ok=True)
            return Task(name, partial(self.documents.add, file, name), drop)

        return self._begin(who, [task(name, file) for name, file in arrived])

    def put_back(self, who: str) -> Batch:
        """Add again whatever was added from the page and is not in the index any more.

        Raises:
            TooManyBatchesError: too many wait.
        """
        put = self.documents.put_back
        lacking = self.documents.lacking()
        return self._begin(who, [Task(p.name, partial(put, p, p.name)) for p in lacking])

    def correct(self, who: str, doc_id: str, row: dict[str, str], name: str) -> Batch:
        """Keep what a person says of a document.

        Raises:
            TooManyBatchesError: too many wait.
        """
        return self._begin(who, [Task(name, partial(self.documents.correct, doc_id, row, name))])

    def remove(self, who: str, doc_id: str, name: str) -> Batch:
        """Remove a document that was added from the page.

        Raises:
            TooManyBatchesError: too many wait.
        """
        return self._begin(who, [Task(name, partial(self.documents.remove, doc_id, name))])

    def batch(self, who: str, name: str) -> Batch:
        """Return a batch of one's own.

        Raises:
            NotFound: it is someone else's, or forgotten.
        """
        found = self._batches.get(name)
        if found is None or found.who != who:
            raise NotFound("What was done here is not remembered any more.")
        return found

    def ahead(self, batch: Batch) -> int:
        """Return how many batches must end before this one begins."""
        with self._lock:
            waiting = [one.id for one in self._batches.values() if not one.done.is_set()]
        return waiting.index(batch.id) if batch.id in waiting else 0

    def check_room(self) -> None:
        """Raise ``TooManyBatchesError`` where no more may wait."""
        with self._lock:
            waiting = sum(not one.done.is_set() for one in self._batches.values())
        if waiting >= _MOST_WAITING:
            raise TooManyBatchesError("Very many documents are being added. Try again later.")

    def _begin(self, who: str, tasks: Sequence[Task]) -> Batch:
        try:
            self.check_room()
        except TooManyBatchesError:
            for task in tasks:
                task.drop()
            raise
        batch = Batch(secrets.token_urlsafe(9), who, [Entry(task.name) for task in tasks])
        with self._lock:
            ended = [name for name, one in self._batches.items() if one.done.is_set()]
            for oldest in ended[: max(0, len(self._batches) - _REMEMBERED + 1)]:
                del self._batches[oldest]
            self._batches[batch.id] = batch
            self._line.put((batch, tasks))
            if self._worker is None:  # it ends with the server: the index is whole at any moment
                self._worker = Thread(target=self._work, name="adding", daemon=True)
                self._worker.start()
        return batch

    def _work(self) -> None:
        while True:
            batch, tasks = self._line.get()
            for n, task in enumerate(tasks):
                entry = batch.entries[n]
                batch.entries[n] = replace(entry, state=State.READING)
                batch.entries[n] = self._ended(batch.who, entry, task)
            batch.done.set()

    def _ended(self, who: str, entry: Entry, task: Task) -> Entry:
        """Do one thing, whatever comes of it."""
        try:
            if not self.may(who):
                task.drop()
                return replace(entry, state=State.REFUSED, reason=_NO_RIGHT)
            done = task.do()
        except LoadError as error:
            return replace(entry, state=State.REFUSED, reason=error.reason)
        except Exception as error:  # noqa: BLE001  # the line must go on for the others
            known = isinstance(error, AssistantError)
            _log.error("%r: not done: %s", entry.name, error, exc_info=not known)
            return replace(entry, state=State.REFUSED, reason=reason_of(error))
        if done.doc_id and done.state is not State.HELD:
            self._audit.note_document(who, done.state.value, done.doc_id)
        return done


def open_adding(
    settings: Settings, index: IndexWriter, may: Callable[[str], bool] | None, audit: Audit
) -> Adding:
    """Return what changes the documents of the index; their files are kept beside it.

    Args:
        may: whether someone may, None where everyone may.
    """
    uploads = Uploads(settings.index.with_name(f"{settings.index.name}-uploads"))
    return Adding(AddedDocuments(index, uploads), may or (lambda _who: True), may is None, audit)


def _refuse(error: LoadError) -> Entry:
    raise error


def reason_of(error: BaseException) -> str:
    """Say in words for everyone why something could not be done; names no place on the server."""
    cause = error.__cause__ if isinstance(error, AssistantError) else error
    full = isinstance(cause, OSError) and cause.errno in (errno.ENOSPC, errno.EDQUOT)
    if full or (isinstance(cause, sqlite3.Error) and cause.sqlite_errorcode == sqlite3.SQLITE_FULL):
        return _NO_ROOM
    if isinstance(error, IndexLocked):
        return _LOCKED
    return "it is not here any more" if isinstance(error, NotFound) else _FAILED
