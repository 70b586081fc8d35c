"""hit@k (also success@k): 1 if any of the first k passages finds any gold quote, else 0.

Source: trec_eval's ``success``. ``hit@500w`` asks the same of the first 500 words shown.
"""

from __future__ import annotations

from collections.abc import Callable

from evals.judged import Judged
from evals.metrics.shown import found_within


def hit_at(k: int) -> Callable[[Judged], float | None]:
    """hit@k; does not apply to questions without gold."""

    def score(judged: Judged) -> float | None:
        if not judged.question.gold:
            return None
        return float(any(judged.found[:k]))

    return score


def hit_within(limit: int) -> Callable[[Judged], float | None]:
    """Return the same within the first ``limit`` words shown."""

    def score(judged: Judged) -> float | None:
        if not judged.question.gold:
            return None
        return float(any(found_within(judged, limit)))

    return score
