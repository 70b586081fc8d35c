"""Move a follow-up's query from the inspection talked about to the one that it means."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from assistant.facts.corpus import Corpus
from assistant.facts.grades import OVERALL, judgements_of
from assistant.facts.meant import meant, start_of
from assistant.facts.naming import time_of
from assistant.rendering.dates import period as spoken
from index.query.judgements import grades_named
from index.types import Grade, Inspection, Mention, NamedBy, Period, Query, When

_OVERALL = (OVERALL,)


def moved(query: Query, when: When, quoted: frozenset[str], corpus: Corpus) -> Query:
    """Return the query at the time that ``when`` means, seen from the inspection it is about.

    Of those before one of the same kind is taken where there is one. Where nothing goes before or
    follows, the time is the open one before or after: nothing is held of it, and that is said.

    Seen from inspections of several places, or of none, it stays as it is.

    Args:
        quoted: documents quoted last; they tell which inspection stands where no time does.
    """
    if when is When.SAME:
        return query
    about = _standing(query, quoted, corpus)
    if when is When.NEWEST:
        return replace(query, periods=(), order="newest", previous=False, number=None)
    if len({one.authority for one in about}) != 1:
        return query
    first, last = about[0], about[-1]
    dated = [one for one in corpus.of(last.authority) if one.period and corpus.documents(one)]
    if when is When.SINCE:
        time = _open(start=start_of(first))
    elif when is When.NEXT:
        later = [one for one in dated if start_of(one) > start_of(last)]
        time = _at(later[0]) if later else _open(start=start_of(last) + timedelta(days=1))
    else:
        earlier = [one for one in dated if start_of(one) < start_of(first)]
        alike = [one for one in earlier if one.kind is first.kind]
        chosen = (alike or earlier)[-1:]
        time = _at(chosen[0]) if chosen else _open(end=start_of(first) - timedelta(days=1))
    return replace(query, periods=(time,), order=None, previous=False, number=None)


def at_its_outcome(query: Query, by: NamedBy, corpus: Corpus) -> Query:
    """Return the query at the time of the newest inspection of its one place that gave the grade it
    names, or lost or gained one; as it is where none is known.
    """
    names = {mention.value for mention in query.authorities}
    if by is NamedBy.NO or len(names) != 1:
        return query
    known = [one for one in corpus.of(names.pop()) if one.period and judgements_of(one, _OVERALL)]
    grades = [judgements_of(one, _OVERALL)[0].grade for one in known]
    if by is NamedBy.GRADE:
        assumed = grades_named(query.topic)
        gave = [one for one, grade in zip(known, grades, strict=True) if assumed == (grade,)]
    else:
        sign, order = (1 if by is NamedBy.FALL else -1), list(Grade)
        steps = [sign * (order.index(b) - order.index(a)) for a, b in pairwise(grades)]
        gave = [one for one, step in zip(known[1:], steps, strict=True) if step > 0]
    return replace(query, periods=(_at(gave[-1]),), order=None) if gave else query


def held_then(query: Query, corpus: Corpus) -> bool:
    """Return whether documents are held of what its places had at its times."""
    about = meant(query, corpus)
    return not about.missing and any(one.documents for one in about.events)


def _standing(query: Query, quoted: frozenset[str], corpus: Corpus) -> list[Inspection]:
    """Return the dated inspections that a conversation stands at, oldest first."""
    about = meant(query, corpus)
    events = [one for one in about.events if one.period]
    if about.settled:
        return events
    return [one for one in events if quoted & set(one.documents)] or events[-1:]


def _at(event: Inspection) -> Mention[Period]:
    return Mention(event.period or Period(None, None), time_of(event))


def _open(start: date | None = None, end: date | None = None) -> Mention[Period]:
    time = Period(start, end)
    return Mention(time, spoken(time))
