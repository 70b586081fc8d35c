"""Bounds on what a run may cost: how many at once, how many a minute, how much money."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from evals.run.record import Result
from index.errors import SuiteError


@dataclass(frozen=True, slots=True)
class Limits:
    """None is no bound.

    Attributes:
        workers: units asked at once, >= 1.
        per_minute: units begun in a minute.
        max_cost_usd: of all answers together; checked after each unit.
    """

    workers: int = 1
    per_minute: float | None = None
    max_cost_usd: float | None = None


class Meter:
    """Holds a run to its limits; safe to share between threads."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._next = time.monotonic()
        self._spent_usd = 0.0

    def wait(self) -> None:
        """Sleep until another unit may begin."""
        if self._limits.per_minute is None:
            return
        with self._lock:
            at = max(self._next, time.monotonic())
            self._next = at + 60 / self._limits.per_minute
        time.sleep(max(0.0, at - time.monotonic()))

    def spend(self, results: list[Result]) -> None:
        """Count what answers cost.

        Raises:
            SuiteError: the limit is passed; what is done is kept.
        """
        costs = [r.answer.cost_usd for r in results if r.answer and r.answer.cost_usd]
        with self._lock:
            self._spent_usd += sum(costs)
            limit = self._limits.max_cost_usd
            if limit is not None and self._spent_usd > limit:
                raise SuiteError(
                    f"stopped after {self._spent_usd:.2f} USD, the limit being {limit:.2f}: go on "
                    "with the same --out and a higher --max-cost"
                )
