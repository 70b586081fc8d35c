"""How well a document's dates fit the times that a question names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from index.types import Identity, Period, Query

UNDATED = 0.6
"""Fit of a document without any date: it may be of any time."""
RECALLED = 0.5
"""Fit of a document that recalls a judgement of the time named."""


def fits(query: Query, held: Sequence[Identity]) -> Mapping[str, float]:
    """How well each document fits the question's periods and order, by doc_id, in [0, 1].

    1 where its visit or publication falls in a period named, less where it only recalls that
    time, and falling with every newer document of the same authority where the latest is
    asked for (every older one, where the first). 0 everywhere when no time is named.
    """
    if query.order and not query.periods:
        return _by_order(held, newest=query.order == "newest")
    periods = [mention.value for mention in query.periods]
    return {
        identity.doc_id: max((fit(identity, period) for period in periods), default=0.0)
        for identity in held
    }


def fit(identity: Identity, period: Period) -> float:
    """How well one document fits one period, in [0, 1]."""
    days = dates_of(identity)
    if any(_within(day, period) for day in days):
        return 1.0
    if any(_recalls(judgement.when, period) for judgement in identity.reported_judgements):
        return RECALLED
    return 0.0 if days else UNDATED


def dates_of(identity: Identity) -> list[date]:
    """Publication and visit dates, those that are known."""
    proven = (identity.published, identity.visit_start, identity.visit_end)
    days = [value.value for value in proven if value]
    return [*days, identity.dated] if identity.dated else days


def matches(identity: Identity, start: date | None, end: date | None) -> bool:
    """Whether the visit, or the publication, falls in the period; undated ones do not."""
    period = Period(start, end)
    return any(_within(day, period) for day in dates_of(identity))


def _within(day: date, period: Period) -> bool:
    return (period.start is None or day >= period.start) and (
        period.end is None or day <= period.end
    )


def _recalls(when: str | None, period: Period) -> bool:
    years = re.findall(r"\b(?:19|20)\d{2}\b", when or "")
    return any(
        _within(date(int(year), 1, 1) + timedelta(days=offset), period)
        for year in years
        for offset in (0, 181, 364)
    )


def _by_order(held: Sequence[Identity], newest: bool) -> dict[str, float]:
    out: dict[str, float] = {}
    by_authority: dict[str | None, list[Identity]] = {}
    for identity in held:
        by_authority.setdefault(identity.authority_name, []).append(identity)
    for group in by_authority.values():
        dated = sorted(
            (i for i in group if i.dated), key=lambda i: (i.dated, i.doc_id), reverse=newest
        )
        for place, identity in enumerate(dated):
            out[identity.doc_id] = 1.0 / (1 + place)
    return {identity.doc_id: out.get(identity.doc_id, 0.0) for identity in held}
