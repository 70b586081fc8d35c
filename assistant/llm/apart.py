"""Read what may hang in a thread of its own, and leave it when it takes too long.

A library that waits for a server cannot be interrupted; whoever waits for the library can.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread
from typing import Generic, TypeVar

from assistant.service.cancellation import is_gone

T = TypeVar("T")

AT_ONCE = 64
"""Threads that may be reading, those that were left and have not ended yet included."""
_LOOK_EVERY_S = 0.1
_threads = BoundedSemaphore(AT_ONCE)


class TooManyReadersError(Exception):
    """As many threads are reading as may."""


class LeftError(Exception):
    """Nobody waits for what is being read."""


class _End:
    pass


class Apart(Generic[T]):
    """``items``, read ahead by a thread.

    Args:
        items: what may hang.
        stop: ends the reading from outside, as far as that can be done; called once.
        may_go_on: looked at while waiting; False ends the wait as a time-out does.

    Raises:
        TooManyReadersError: no thread is free.
    """

    def __init__(
        self,
        items: Iterator[T],
        stop: Callable[[], None],
        may_go_on: Callable[[], bool],
    ) -> None:
        self._threads = _threads
        if not self._threads.acquire(blocking=False):
            raise TooManyReadersError
        self._items = items
        self._stop = stop
        self._may_go_on = may_go_on
        self._read: SimpleQueue[T | Exception | _End] = SimpleQueue()
        self._stopped = False
        Thread(target=self._work, name="model", daemon=True).start()

    def next(self, wait_s: float) -> T | None:
        """Return the next item, None at the end; raises what the reading raised.

        Args:
            wait_s: longest wait for it.

        Raises:
            TimeoutError: it did not come in time.
            LeftError: nobody waits for it.
        """
        until_s = time.monotonic() + wait_s
        while True:
            try:
                item = self._read.get(timeout=_LOOK_EVERY_S)
            except Empty:
                if is_gone():
                    raise LeftError from None
                if time.monotonic() > until_s or not self._may_go_on():
                    raise TimeoutError from None
                continue
            if isinstance(item, Exception):
                raise item
            return None if isinstance(item, _End) else item

    def close(self) -> None:
        """Read no more."""
        if not self._stopped:
            self._stopped = True
            self._stop()

    def _work(self) -> None:
        try:
            for item in self._items:
                if self._stopped:
                    break
                self._read.put(item)
            self._read.put(_End())
        except Exception as error:  # noqa: BLE001  # it is raised where the item was asked for
            self._read.put(error)
        finally:
            close = getattr(self._items, "close", None)
            if close is not None:
                close()
            self._threads.release()
