"""Latency percentiles over questions: nearest rank, p = ceil(share × n)-th smallest value."""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from evals.run.record import Timing

SHARES = (0.5, 0.9, 0.99)


def percentile(values: Iterable[float], share: float) -> float:
    """Return the nearest-rank percentile; ``share`` from 0 to 1.

    Raises:
        ValueError: there are no values.
    """
    ordered = sorted(values)
    if not ordered:
        raise ValueError("no values to rank")
    return ordered[max(1, ceil(share * len(ordered))) - 1]


def latencies(timings: Iterable[Timing]) -> dict[str, dict[str, float]]:
    """Return milliseconds by what was done ("search", "answer") and percentile ("p50" …)."""
    listed = list(timings)
    done = {
        "search": [t.search_ms for t in listed if t.search_ms is not None],
        "answer": [t.answer_ms for t in listed if t.answer_ms is not None],
    }
    return {
        name: {f"p{round(share * 100)}": percentile(values, share) for share in SHARES}
        for name, values in done.items()
        if values
    }
