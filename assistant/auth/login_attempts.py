"""Slow down whoever guesses passwords, without locking out whoever knows theirs.

A name is never locked: wrong tries make the next ones *from that address* wait, one after the
other, and what is wrong then is known no sooner than what is right.
"""

from __future__ import annotations

import time
from asyncio import Lock
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

import anyio

_OF_A_NAME = 5
_OF_AN_ADDRESS = 30
"""Wrong tries in ``_WITHIN_S`` before the next ones wait: for one name, and for any."""
_WITHIN_S = 60.0
PAUSE_S = 5.0
_TOGETHER = 8
"""Tries that one address may have under way."""


class TooManyTriesError(Exception):
    """This address tries as much at once as it may."""


class Tries:
    """The tries to sign in.

    Args:
        clock: seconds, never going back.
        pause: waits for a number of seconds.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], Awaitable[None]] = anyio.sleep,
    ) -> None:
        self._clock = clock
        self._pause = pause
        self._wrong: list[tuple[float, str, str]] = []
        self._inside: Counter[str] = Counter()
        self._lines: WeakValueDictionary[tuple[str, str], Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, name: str, address: str) -> AsyncIterator[None]:
        """Wait until ``name`` may be tried from ``address``; tries of both follow each other.

        Raises:
            TooManyTriesError: too many from there are waiting.
        """
        if self._inside[address] >= _TOGETHER:
            raise TooManyTriesError
        self._inside[address] += 1
        line = self._lines.setdefault((name, address), Lock())
        try:
            async with line:
                if self._must_wait(name, address):
                    await self._pause(PAUSE_S)
                yield
        finally:
            self._inside[address] -= 1
            self._inside += Counter()  # drops addresses that have gone

    def was_wrong(self, name: str, address: str) -> None:
        """Count a wrong password."""
        self._wrong.append((self._clock(), name, address))

    def _must_wait(self, name: str, address: str) -> bool:
        since_s = self._clock() - _WITHIN_S
        self._wrong = [one for one in self._wrong if one[0] > since_s]
        names = [tried for _, tried, where in self._wrong if where == address]
        return names.count(name) >= _OF_A_NAME or len(names) >= _OF_AN_ADDRESS
