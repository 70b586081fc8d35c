"""Two times for the same work, and how times are taken.

A time alone says more about the machine than about the code; a ratio to a well-known library
doing the same work on the same text carries over.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two times for the same work.

    Attributes:
        ours_ms, theirs_ms: milliseconds for one ``unit`` of it, medians.
    """

    what: str
    unit: str
    ours_ms: float
    against: str
    theirs_ms: float

    def __str__(self) -> str:
        faster = self.theirs_ms / self.ours_ms
        return (
            f"{self.what}: {self.ours_ms:.2f} ms a {self.unit}; "
            f"{self.against} {self.theirs_ms:.2f} ms; {faster:.1f} times as fast"
        )


def times_ms(work: Callable[[], object], times: int) -> list[float]:
    """Return wall-clock milliseconds of each of so many runs of ``work``."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return taken


def side_by_side_ms(
    ours: Callable[[], object], theirs: Callable[[], object], times: int = 3
) -> tuple[float, float]:
    """Return median milliseconds of both, run by turns: what else runs here meets both."""
    ours(), theirs()
    pairs = [(times_ms(ours, 1)[0], times_ms(theirs, 1)[0]) for _ in range(times)]
    return statistics.median(o for o, _ in pairs), statistics.median(t for _, t in pairs)
