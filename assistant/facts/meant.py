"""Which events a question means: its authorities, times, kinds, numbers, "latest" and "before"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.facts.corpus import Corpus
from assistant.facts.naming import time_of
from assistant.question.parts import APART, parts_of
from assistant.rendering.dates import during
from index.identity import authorities
from index.inspections.event import PUBLISHING, overlapping
from index.query.people import people_of
from index.query.periods import newest_words
from index.types import Inspection, Issuer, Kind, Mention, Period, Query

MADE = 3
"""How well an event fits a time in which it was made (``in_period``)."""
_SECOND_HAND = {Kind.COUNCIL_REPORT: Issuer.COUNCIL, Kind.NEWS_ARTICLE: Issuer.PRESS}


@dataclass(frozen=True)
class Meant:
    """The events that a question means.

    Attributes:
        events: oldest first, by authority; those that times, kinds and order leave.
        authorities: those that the question is about; all held where it names none.
        named: whether it names an authority or a person, or only one authority is held.
        settled: whether a time, number, order or person says which events are meant.
        missing: authorities or times named of which nothing is known, of whatever kind.
        speakers: whose documents are meant ("the council report"); empty for Ofsted's.
    """

    events: tuple[Inspection, ...]
    authorities: tuple[str, ...]
    named: bool
    settled: bool
    missing: tuple[str, ...] = ()
    speakers: frozenset[Issuer] = frozenset()


def meant(
    query: Query, corpus: Corpus, able: Callable[[Inspection], bool] = lambda _: True
) -> Meant:
    """Return the events that a question means; none is guessed.

    Args:
        able: whether an event could give what is asked: of these "the latest" is taken.
    """
    wanted = tuple(dict.fromkeys(m.value for m in query.authorities))
    wanted = wanted or query.filters.authorities
    people = {m.value for m in query.people if m.certain} if not wanted else set()
    known = {event.authority for event in corpus.inspections}
    about = tuple(name for name in wanted if name in known) if wanted else tuple(sorted(known))
    missing = [name for name in wanted if name not in known]
    named = bool(wanted or people) or len(corpus.authorities) == 1
    speakers = frozenset(_SECOND_HAND[m.value] for m in query.kinds if m.value in _SECOND_HAND)
    periods = [m for m in query.periods if m.certain or not query.previous]
    events: list[Inspection] = []
    for name in about:
        of = _of_kind(query, _with_predecessor(name, [m.value for m in periods], corpus))
        of = [one for one in of if not speakers or _told_by(one, speakers, corpus)]
        of = [one for one in of if not people or _names_any(one, people, corpus)]
        if query.number is not None:
            of = [one for one in of if one.number == query.number]
        chosen, unmet = _in_time(of, [m.value for m in periods], corpus)
        unmet = _in_time(corpus.of(name), unmet, corpus)[1] if unmet else []
        missing += [f"{name} {during(m.value)}" for m in periods if wanted and m.value in unmet]
        ordered = query.order or query.previous
        eligible = [one for one in of if not ordered or able(one)]
        among = [one for one in chosen if not ordered or able(one) or query.previous]
        events += _ordered(query, eligible, among, bool(periods))
    numbered = query.number is not None
    settled = bool(periods or query.order or query.previous or numbered or speakers or people)
    each = {one.inspection_id: one for one in events}  # a predecessor's is of several
    return Meant(
        tuple(each.values()), about, named, settled, tuple(dict.fromkeys(missing)), speakers
    )


def as_first_asked(query: Query, corpus: Corpus) -> Query:
    """Return a query without the times that only a later part of the same sentence names ("how many
    mention it, and is it in any newest letter?"), which are not those of the first; as it is where
    another sentence does: a question made whole begins with the one before it.
    """
    first, *later = parts_of(query.question, corpus.reader.gaps(query.question), APART)
    rest = query.question[len(first) :].strip()
    if not later or rest[:1] in tuple(".?!") or rest.endswith(")"):
        return query
    periods = tuple(one for one in query.periods if one.words in first)
    newest = newest_words(query.question) and not newest_words(first)
    return replace(query, periods=periods, order=None if newest else query.order)


def at_its_event(query: Query, corpus: Corpus) -> Query:
    """Return a query that says by a kind, an order or a number which inspection it means with the
    time of that one instead; as it is where it does not, or means several.
    """
    about = meant(query, corpus)
    chosen = about.settled or bool(query.kinds)
    period = about.events[0].period if len(about.events) == 1 else None
    if not chosen or period is None:
        return query
    time = Mention(period, time_of(about.events[0]))
    return replace(query, periods=(time,), order=None, previous=False, number=None)


def in_period(event: Inspection, period: Period, corpus: Corpus) -> int:
    """Return ``MADE`` where it was visited then, 2 where its documents were published, 1 where a
    report that prints no day usually would have been; 0 where neither.
    """
    if event.period and overlapping(event.period, period):
        return MADE
    days = [i.published.value for i in corpus.documents(event) if i.published]
    if any(overlapping(Period(day, day), period) for day in days):
        return 2
    end = event.period.end if event.period else None
    if not event.own or end is None or any(i.published for i in corpus.own(event)):
        return 0
    soonest, latest = (end + after for after in PUBLISHING)
    return int(overlapping(Period(soonest, latest), period))


def start_of(event: Inspection) -> date:
    """Return its first day, a day before all where none is said."""
    return event.period.start if event.period and event.period.start else date.min


def _in_time(
    events: Sequence[Inspection], periods: Sequence[Period], corpus: Corpus
) -> tuple[list[Inspection], list[Period]]:
    """Return the events of the periods, all where none is named, and the periods without any."""
    if not periods:
        return list(events), []
    chosen: list[Inspection] = []
    unmet = []
    for period in periods:
        fits = {one.inspection_id: in_period(one, period, corpus) for one in events}
        best = max(fits.values(), default=0)
        found = [one for one in events if best and fits[one.inspection_id] == best]
        found = found[-1:] if period.start is None else found
        chosen += [one for one in found if one not in chosen]
        if not found:
            unmet.append(period)
    return sorted(chosen, key=start_of), unmet


def _ordered(
    query: Query, of: Sequence[Inspection], chosen: Sequence[Inspection], timed: bool
) -> list[Inspection]:
    """Return the latest, the first or the one before (of the same kind where there is one), where
    the question asks for it.
    """
    dated = [one for one in of if one.period]
    if query.previous:
        latest = [one for one in (chosen if timed else dated) if one.period][-1:]
        before = [one for one in dated if latest and start_of(one) < start_of(latest[0])]
        alike = [one for one in before if one.kind is latest[0].kind]
        return (alike or before)[-1:]
    if query.order is None:
        return list(chosen)
    among = [one for one in chosen if one.period]
    return among[-1:] if query.order == "newest" else among[:1]


def _of_kind(query: Query, events: Sequence[Inspection]) -> list[Inspection]:
    """Return the events of the kinds named; "letter", which may be any, only where some are."""
    asked = [m for m in query.kinds if m.value not in _SECOND_HAND]
    sure = {m.value for m in asked if m.certain}
    sure |= {kind for kind in query.filters.kinds if kind not in _SECOND_HAND}
    if sure:
        return [one for one in events if one.kind in sure]
    loose = {m.value for m in asked}
    return [one for one in events if one.kind in loose and one.own] or list(events)


def _with_predecessor(name: str, periods: Sequence[Period], corpus: Corpus) -> list[Inspection]:
    """Return an authority's events, and its predecessor's where a time before it is named."""
    row = authorities().rows.get(name)
    began = row.valid_from if row else None
    if began is None or not any(p.end and p.end < began for p in periods):
        return corpus.of(name)
    return [*followed(name, corpus), *corpus.of(name)]


def stands(authority: str) -> bool:
    """Return whether an authority has not been followed by others."""
    row = authorities().rows.get(authority)
    return not (row and row.successors)


def followed(name: str, corpus: Corpus) -> list[Inspection]:
    """Return the events of the authorities that one followed, oldest first."""
    rows = authorities().rows.values()
    return [one for other in rows if name in other.successors for one in corpus.of(other.name)]


def _names_any(event: Inspection, people: set[str], corpus: Corpus) -> bool:
    return any(people & people_of(one) for one in corpus.documents(event))


def _told_by(event: Inspection, speakers: frozenset[Issuer], corpus: Corpus) -> bool:
    return any(one.issuer.value in speakers for one in corpus.documents(event))
