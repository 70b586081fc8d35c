"""How many questions one person may ask in a minute."""

from __future__ import annotations

import time
from collections import defaultdict, deque
from collections.abc import Callable
from threading import Lock

PER_MINUTE = 60


class RateLimit:
    """Counts questions a person over the last minute.

    Args:
        per_minute: how many are let through, 0 for any number.
        clock: seconds, never going back.
    """

    def __init__(
        self, per_minute: int = PER_MINUTE, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._per_minute = per_minute
        self._clock = clock
        self._asked: defaultdict[str, deque[float]] = defaultdict(deque)
        self._lock = Lock()

    def allows(self, who: str) -> bool:
        """Say whether ``who`` may ask one more question now; counts it if so."""
        if not self._per_minute:
            return True
        with self._lock:
            now_s = self._clock()
            for name in [n for n, times in self._asked.items() if times[-1] <= now_s - 60]:
                del self._asked[name]
            times = self._asked[who]
            while times and times[0] <= now_s - 60:
                times.popleft()
            if len(times) >= self._per_minute:
                return False
            times.append(now_s)
            return True
