"""Limit how many questions are worked on at once, each in a thread, and how many may wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from assistant.errors import TooBusyError

T = TypeVar("T")

AT_ONCE = 8
WAITING = 64


class Limiter:
    """Runs calls in threads, so that one caller's question does not hold up the others.

    Args:
        at_once: calls worked on at the same time.
        waiting: calls that may wait beside them; more are refused.
    """

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._limiter = CapacityLimiter(at_once)
        self._most = at_once + waiting
        self._inside = 0

    async def run(self, call: Callable[[], T]) -> T:
        """Return what ``call`` returns.

        Raises:
            TooBusyError: as many are inside as can be.
        """
        if self._inside >= self._most:
            raise TooBusyError("Many questions are being answered now. Try again in a few seconds.")
        self._inside += 1
        try:
            return await to_thread.run_sync(call, limiter=self._limiter)
        finally:
            self._inside -= 1
