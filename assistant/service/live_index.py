"""Follow the index while it is updated: a server that runs answers from the newest.

When its stamp has changed, the next question opens the new index; answers under way keep
the one they began with, which is closed after the last of them.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import Any, Protocol

from assistant.facts.view import View
from assistant.ports import Answerer, Briefer, Briefing
from assistant.service.open_index import passage_counts
from assistant.service.queue import Turns
from assistant.types import Answer, Ask
from index.errors import AssistantError
from index.ports import Retriever
from index.store.collection import Collection
from index.types import Document, Filters, Identity, Inspection, Passage, Results

_LOOK_EVERY_S = 1.0
_AGAIN_AFTER_S = 30.0
"""Pause after an update that could not be opened; the old index answers meanwhile."""
_log = logging.getLogger(__name__)


class Quoter(Answerer, Briefer, Protocol):
    """An answerer that also prepares everything for one that writes, and makes tables of counts."""

    @property
    def count(self) -> Callable[[Ask], View]:
        """Makes the table of what a question counts; ``NotFound`` where it counts nothing."""


@dataclass
class Opened:
    """One index as it was opened, and what answers from it.

    Attributes:
        users: how many are reading it now.
    """

    collection: Collection
    retriever: Retriever
    extractive: Quoter
    users: int = 0

    @cached_property
    def passage_counts(self) -> Counter[str]:
        """Number of passages of each document, by doc_id; counted once."""
        return passage_counts(self.collection)


class LiveIndex:
    """Lends the newest index, opened with ``opening``.

    Args:
        stamp: something that differs after every update.
        opening: opens what is there now.
        look_every_s: how often the stamp is looked at.
    """

    def __init__(
        self,
        stamp: Callable[[], Hashable],
        opening: Callable[[], Opened],
        look_every_s: float = _LOOK_EVERY_S,
    ) -> None:
        self._read_stamp = stamp
        self._opening = opening
        self._look_every_s = look_every_s
        self._lock = Lock()
        self._opens = Lock()
        self._stamp = self._read_stamp()
        self._now = opening()
        self._looked_s = time.monotonic()

    @contextmanager
    def lent(self) -> Iterator[Opened]:
        """The newest index, kept open until it is given back."""
        self._follow()
        with self._lock:
            opened = self._now
            opened.users += 1
        try:
            yield opened
        finally:
            with self._lock:
                opened.users -= 1
                idle = opened.users == 0 and opened is not self._now
            if idle:
                opened.collection.close()

    def count(self, ask: Ask) -> View:
        """Return the table of what a question counts now; whoever asks takes the turn.

        Raises:
            NotFound: it counts nothing.
        """
        with self.lent() as opened:
            return opened.extractive.count(ask)

    def follow(self) -> None:
        """Open the index anew now if it was updated: whoever asks next need not."""
        with self._opens:
            self._look()

    def _follow(self) -> None:
        """Open the index anew if it was updated; only one caller does so at a time."""
        if time.monotonic() - self._looked_s < self._look_every_s:
            return
        if not self._opens.acquire(blocking=False):
            return
        try:
            self._look()
        finally:
            self._opens.release()

    def _look(self) -> None:
        try:
            self._looked_s = time.monotonic()
            stamp = self._read_stamp()
            if stamp != self._stamp:
                self._swap(self._opening())
                self._stamp = stamp
        except AssistantError as error:
            self._looked_s += _AGAIN_AFTER_S
            _log.warning("answers come from the index as it was before: %s", error)

    def _swap(self, opened: Opened) -> None:
        with self._lock:
            before, self._now = self._now, opened
            idle = before.users == 0
        if idle:
            before.collection.close()


class FollowingCollection(Collection):
    """The newest index's documents and passages; each call reads one index from end to end."""

    def __init__(self, live: LiveIndex) -> None:  # opens nothing itself
        self._live = live

    def __getattr__(self, name: str) -> Any:
        with self._live.lent() as opened:
            return getattr(opened.collection, name)

    @property
    def passage_counts(self) -> Counter[str]:
        """Number of passages of each document, by doc_id."""
        with self._live.lent() as opened:
            return opened.passage_counts

    def close(self) -> None:
        """Close nothing: the index is lent, not owned."""

    def identities(self) -> Sequence[Identity]:
        """Return all documents held, by source."""
        with self._live.lent() as opened:
            return opened.collection.identities()

    @property
    def inspections(self) -> tuple[Inspection, ...]:
        """Return the events that the documents tell of or recall."""
        with self._live.lent() as opened:
            return opened.collection.inspections

    def identity(self, doc_id: str) -> Identity:
        """Return one document's identity."""
        with self._live.lent() as opened:
            return opened.collection.identity(doc_id)

    def document(self, doc_id: str) -> Document:
        """Return one document with its text."""
        with self._live.lent() as opened:
            return opened.collection.document(doc_id)

    def passages(self, passage_ids: Iterable[str]) -> list[Passage]:
        """Return passages in the order asked."""
        with self._live.lent() as opened:
            return opened.collection.passages(passage_ids)

    def passages_of(self, doc_id: str) -> list[Passage]:
        """Return all passages of one document, in reading order."""
        with self._live.lent() as opened:
            return opened.collection.passages_of(doc_id)


class FollowingRetriever:
    """Searches the newest index (``Retriever``); whoever asks takes the turn."""

    def __init__(self, live: LiveIndex) -> None:
        self._live = live

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> Results:
        """Return the ``k`` best passages, fewer when fewer are held."""
        with self._live.lent() as opened:
            return opened.retriever.search(question, k, filters)


class FollowingAnswerer:
    """Answers with quotes from the newest index (``Answerer``, ``Briefer``), in turn."""

    def __init__(self, live: LiveIndex, turns: Turns) -> None:
        self._live = live
        self._turns = turns

    def answer(self, ask: Ask) -> Answer:
        """Answer one question."""
        return self.brief(ask).extractive

    def stream(self, ask: Ask) -> Iterator[Answer]:
        """Yield the whole answer at once."""
        yield self.answer(ask)

    def brief(self, ask: Ask) -> Briefing:
        """Prepare everything for one question."""
        with self._turns.turn(ask), self._live.lent() as opened:
            return opened.extractive.brief(ask)
