"""recall@k: the share of what must be found that the first k passages find.

Over groups: groups with at least one quote found / groups (a complete answer needs every
group). Over quotes: quotes found / quotes, equivalent ones included. Source: trec_eval's
``recall``, with groups or quotes in the place of relevant documents.
"""

from __future__ import annotations

from collections.abc import Callable

from evals.judged import Found, Judged
from evals.metrics.shown import found_within


def groups_at(k: int) -> Callable[[Judged], float | None]:
    """recall@k over gold groups."""
    return lambda judged: _groups(judged, judged.found[:k])


def groups_within(limit: int) -> Callable[[Judged], float | None]:
    """Recall over gold groups within the first ``limit`` words shown."""
    return lambda judged: _groups(judged, found_within(judged, limit))


def quotes_at(k: int) -> Callable[[Judged], float | None]:
    """recall@k over gold quotes."""
    return lambda judged: _quotes(judged, judged.found[:k])


def quotes_within(limit: int) -> Callable[[Judged], float | None]:
    """Recall over gold quotes within the first ``limit`` words shown."""
    return lambda judged: _quotes(judged, found_within(judged, limit))


def _groups(judged: Judged, found: Found) -> float | None:
    if not judged.question.groups:
        return None
    return judged.groups_in(found) / len(judged.question.groups)


def _quotes(judged: Judged, found: Found) -> float | None:
    if not judged.question.gold:
        return None
    return len(frozenset().union(*found)) / len(judged.question.gold)
