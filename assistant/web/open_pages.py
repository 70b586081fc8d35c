"""Hold what each open page shows: its one owner; knows no Gradio, HTTP or HTML.

Whatever a reader does, and whatever is written of an answer, changes the state of the page here,
one change at a time, and each change has a higher revision than the one before. A browser that
shows the highest revision it was told of shows the newest state, in whatever order it was told.
"""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from assistant.web.session import Conversation, Exchange, under_way, with_problem

_MOST_WRITERS = 3
_KEYS = 20
_LOST = "The connection was lost before the answer was complete. Please ask again."


@dataclass(frozen=True, slots=True)
class PageState:
    """What a page shows.

    Attributes:
        revision: higher is newer, also after the server was started anew; microseconds.
        aside: what the reader must know of it beside what it shows: that it is not kept, say.
    """

    revision: int
    conversation: Conversation
    aside: str = ""


class OpenPage:
    """One open page; may be used from several threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state = PageState(0, ())
        self._writers: tuple[str, int] = ("", 0)
        self._keys: deque[str] = deque(maxlen=_KEYS)

    @property
    def state(self) -> PageState:
        """The newest state."""
        return self._state

    def change(self, make: Callable[[Conversation], Conversation]) -> PageState:
        """Replace the conversation by what ``make`` makes of it, and return the new state."""
        with self._lock:
            return self._changed(make(self._state.conversation))

    def claim(self, key: str) -> int:
        """Become the writer of the answer to the question ``key``.

        Whoever was writing it writes no more: the page asks again when its connection was lost.

        Returns:
            The writer's number, 0 where that question is not waiting for an answer (any more).
        """
        with self._lock:
            if not self._waits_for(key):
                return 0
            before = self._writers[1] if self._writers[0] == key else 0
            if before == _MOST_WRITERS:
                self._changed(with_problem(self._state.conversation, _LOST))
                return 0
            self._writers = (key, before + 1)
            return before + 1

    def grow(self, key: str, writer: int, exchange: Exchange) -> PageState | None:
        """Put ``exchange`` in the place of the question that is being answered.

        Returns:
            The new state, None where ``writer`` is not to write (any more).
        """
        with self._lock:
            if not self._is_writing(key, writer):
                return None
            return self._changed((*self._state.conversation[:-1], exchange))

    def is_writing(self, key: str, writer: int) -> bool:
        """Whether the page still waits for what ``writer`` writes."""
        with self._lock:
            return self._is_writing(key, writer)

    def has_asked(self, key: str) -> bool:
        """Whether the question ``key`` was lately asked here, whatever became of it."""
        with self._lock:
            return bool(key) and key in self._keys

    def _is_writing(self, key: str, writer: int) -> bool:
        return self._waits_for(key) and self._writers == (key, writer)

    def _waits_for(self, key: str) -> bool:
        last = under_way(self._state.conversation)
        return last is not None and last.key == key

    def _changed(self, conversation: Conversation) -> PageState:
        if conversation and conversation[-1].key not in self._keys:
            self._keys.append(conversation[-1].key)
        newer = max(self._state.revision + 1, time.time_ns() // 1000)
        self._state = PageState(newer, conversation)
        return self._state


class OpenPages:
    """The pages that are open; the one not used for longest is forgotten first.

    Args:
        most: how many are held, about 0.15 MB each.
    """

    def __init__(self, most: int = 200) -> None:
        self.most = most
        self._lock = Lock()
        self._pages: OrderedDict[tuple[str, str], OpenPage] = OrderedDict()

    def page(self, name: str, owner: str = "") -> OpenPage:
        """The owner's page of this name; new where it is not known (any more).

        Args:
            name: what the page calls itself.
            owner: the account that reads it, empty where nobody signs in; of another it is another.
        """
        with self._lock:
            page = self._pages.setdefault((owner, name), OpenPage())
            self._pages.move_to_end((owner, name))
            while len(self._pages) > self.most:
                self._pages.popitem(last=False)
            return page

    def asking(self, key: str, owner: str = "") -> OpenPage | None:
        """The owner's page that asked the question ``key``, None where there is none (any more)."""
        with self._lock:
            pages = [page for (whose, _), page in self._pages.items() if whose == owner]
        return next((page for page in pages if page.has_asked(key)), None)
