"""How well a document's dates fit the times that a question names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from index.types import Framework, Identity, Issuer, Kind, Period, Query

UNDATED = 0.6
"""Fit of a document without any date: it may be of any time."""
RECALLED = 0.5
"""Fit of a document that recalls a judgement of the time named."""
PUBLISHED_LATER = 0.8
"""Fit of a document that prints no publication date and whose visit ended shortly before."""
_PUBLISHING = (timedelta(days=21), timedelta(days=90))
"""So long after a visit its report comes out: the least and the most that is usual."""
_OLDER = 0.4
"""How much less each older document fits where the latest is asked for."""


def fits(
    query: Query, held: Sequence[Identity], frameworks: Sequence[Framework] = ()
) -> Mapping[str, float]:
    """Return how well each document fits the question's times, by doc_id, in [0, 1].

    1 where its visit or publication falls in a period named, less where it only recalls that
    time. Without a period: falling with every newer document of the same authority where the
    latest is asked for (every older one, where the first); else 1 where it is of a framework
    named. 0 everywhere when no time is named.
    """
    periods = [mention.value for mention in query.periods]
    if query.order and not periods:
        return _by_order(held, query)
    if frameworks and not periods:
        return {i.doc_id: float(_framework(i) in frameworks) for i in held}
    return {
        identity.doc_id: max((fit(identity, period) for period in periods), default=0.0)
        for identity in held
    }


def fit(identity: Identity, period: Period) -> float:
    """Return how well one document fits one period, in [0, 1]."""
    days = dates_of(identity)
    if any(_within(day, period) for day in days):
        return 1.0
    if _published_in(identity, period):
        return PUBLISHED_LATER
    if any(_recalls(judgement.when, period) for judgement in identity.reported_judgements):
        return RECALLED
    return 0.0 if days else UNDATED


def in_order(group: Sequence[Identity], kinds: Sequence[Kind], newest: bool) -> list[Identity]:
    """Return the dated documents of one authority, the newest (else the oldest) first.

    "The latest inspection" is one of the kind named, and Ofsted's own, where any is held: a
    council's report on it is not.
    """
    dated = [i for i in group if i.dated]
    dated = [i for i in dated if i.kind.value in kinds] or dated
    dated = [i for i in dated if i.issuer.value is Issuer.OFSTED] or dated
    return sorted(dated, key=lambda i: (i.dated, i.doc_id), reverse=newest)


def dates_of(identity: Identity) -> list[date]:
    """Return publication and visit dates, those that are known."""
    proven = (identity.published, identity.visit_start, identity.visit_end)
    days = [value.value for value in proven if value]
    return [*days, identity.dated] if identity.dated else days


def matches(identity: Identity, start: date | None, end: date | None) -> bool:
    """Say whether the visit, or the publication, falls in the period; undated ones do not."""
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


def _published_in(identity: Identity, period: Period) -> bool:
    """Say whether the period falls where publication, which is not printed, usually does."""
    if identity.published or not identity.visit_end:
        return False
    soonest, latest = (identity.visit_end.value + after for after in _PUBLISHING)
    return (period.start is None or latest >= period.start) and (
        period.end is None or soonest <= period.end
    )


def _framework(identity: Identity) -> Framework | None:
    return identity.framework.value if identity.framework else None


def _by_order(held: Sequence[Identity], query: Query) -> dict[str, float]:
    kinds = [mention.value for mention in query.kinds if mention.certain]
    by_authority: dict[str | None, list[Identity]] = {}
    for identity in held:
        by_authority.setdefault(identity.authority_name, []).append(identity)
    out = dict.fromkeys((identity.doc_id for identity in held), 0.0)
    for group in by_authority.values():
        for place, identity in enumerate(in_order(group, kinds, query.order == "newest")):
            out[identity.doc_id] = _OLDER**place
    return out
