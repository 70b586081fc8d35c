"""Queue questions: they are worked on in the order they came, few at once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from assistant.errors import GivenUpError


class Turns:
    """A line of questions before the processor.

    Answering is arithmetic: more at once than there are cores makes every one slower and
    none faster. Waiting for a language model needs no turn.

    Args:
        at_once: questions worked on together, 0 for one a core.
    """

    def __init__(self, at_once: int = 0) -> None:
        self._at_once = at_once or (os.cpu_count() or 1)
        self._line: list[object] = []
        self._left: list[object] = []
        self._moved = Condition()

    @contextmanager
    def turn(self, who: object) -> Iterator[None]:
        """Wait for the turn of ``who``, and hold it.

        Raises:
            GivenUpError: ``who`` left before it came.
        """
        with self._moved:
            self._line.append(who)
        try:
            with self._moved:
                self._moved.wait_for(lambda: self._settled(who))
                if self._has_left(who):
                    raise GivenUpError("This question was given up before its turn came.")
            yield
        finally:
            with self._moved:
                del self._line[self._place(who)]
                self._left = [one for one in self._left if one is not who]
                self._moved.notify_all()

    def leave(self, who: object) -> None:
        """Give up the place of ``who`` in the line; one whose turn has come keeps it."""
        with self._moved:
            if any(one is who for one in self._line):
                self._left.append(who)
                self._moved.notify_all()

    def ahead(self, who: object) -> int:
        """Return how many must end before the turn of ``who``; 0 for one that is not waiting."""
        with self._moved:
            waiting = any(one is who for one in self._line)
            return max(0, self._place(who) - self._at_once + 1) if waiting else 0

    @property
    def waiting(self) -> int:
        """How many wait."""
        with self._moved:
            return max(0, len(self._line) - self._at_once)

    def _settled(self, who: object) -> bool:
        return self._has_left(who) or self._place(who) < self._at_once

    def _has_left(self, who: object) -> bool:
        return any(one is who for one in self._left)

    def _place(self, who: object) -> int:
        return next(n for n, one in enumerate(self._line) if one is who)
