"""Put a question at the places, times and kinds where a conversation stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.question.resolved import Resolved, Ways
from assistant.types import CitedBefore
from index.query.places import twin_named
from index.query.topic import subject
from index.store.lexical import terms
from index.types import Kind, Mention, Period, Query

_KINDS = frozenset(word for kind in {*Kind} - {Kind.OTHER} for word in kind.value.split())


def beside(text: str, query: Query, before: Resolved, cited: Sequence[CitedBefore]) -> Query:
    """Return a query with the twin of the one place talked about, where it names that by its side
    alone.
    """
    stands = before.query.authorities or only_place(cited)
    if query.authorities or len(stands) != 1:
        return query
    return replace(query, authorities=twin_named(text, stands[0].value))


def side_by_side(query: Query, before: Resolved) -> Query:
    """Return a query with the places talked about before those that it names."""
    named = {mention.value for mention in query.authorities}
    stood = [mention for mention in before.query.authorities if mention.value not in named]
    return replace(query, authorities=(*stood, *query.authorities))


def time_by_time(query: Query, before: Resolved) -> Query:
    """Return a query with the times talked about before those that it names."""
    named = {mention.value for mention in query.periods}
    stood = [mention for mention in before.query.periods if mention.value not in named]
    return replace(query, periods=(*stood, *query.periods))


def bare(text: str, query: Query) -> bool:
    """Whether a question names places, times or kinds, and nothing else: an "inspection" is one,
    and so is "the one in 2022", "inspected" is not.
    """
    named = " ".join(m.words for m in (*query.authorities, *query.periods, *query.kinds))
    rest = [word for word in re.findall(r"[\w'’-]+", text.lower()) if word not in {*_KINDS, "one"}]
    return bool(named) and set(terms(" ".join(rest))) <= set(terms(named))


def placed_as_before(query: Query, before: Resolved, cited: Sequence[CitedBefore]) -> Query:
    """Return the query at the place, time and kind where the conversation stands, for each that
    neither it nor its filters name.
    """
    filters = query.filters
    place = query.authorities
    if not place and not filters.authorities:
        place = before.query.authorities or only_place(cited)
    named = {m.value for m in query.authorities} or set(filters.authorities)
    moved = bool(named) and named != {m.value for m in before.query.authorities}
    timed = names_a_time(query)
    periods = query.periods if timed or moved else before.query.periods
    kinds = query.kinds if query.kinds or filters.kinds or timed or moved else before.query.kinds
    order = query.order or (None if periods or moved else before.query.order)
    whole = replace(query, authorities=place, periods=periods, kinds=kinds, order=order)
    if timed or moved:
        return whole
    previous, number = before.query.previous, before.query.number
    return replace(whole, previous=query.previous or previous, number=query.number or number)


def at_the_same_time(query: Query, placed: Query, before: Resolved, ways: Ways) -> Query:
    """Return the query at the times talked about, where it asks the same of another place that was
    inspected then too.
    """
    if names_a_time(query) or placed.periods or not before.query.periods:
        return placed
    then = replace(placed, periods=before.query.periods, kinds=query.kinds)
    return then if ways.then(then) else placed


def names_a_time(query: Query) -> bool:
    """Whether a question, or its filters, name a time, or a visit by its number."""
    filters = query.filters
    named = query.periods or query.order or query.number is not None
    return bool(named or filters.from_date or filters.to_date)


def only_place(cited: Sequence[CitedBefore]) -> tuple[Mention[str], ...]:
    """Return the one authority that was quoted, where it was one."""
    shown = {citation.authority for citation in cited if citation.authority}
    return (Mention(shown.pop(), "", certain=False),) if len(shown) == 1 else ()


def matter_without_times(before: Query, query: Query, anywhere: bool = False) -> str:
    """Return the matter of the question before, without the times that the new one replaces, or
    leaves with the place.
    """
    timed = query.periods or query.order or anywhere
    return subject(before.topic, before.periods, least=1) if timed else before.topic


def with_place(text: str, placed: Query, query: Query) -> str:
    """Write the places and times that were taken behind a question, as its reader sees them."""
    taken = [m.value for m in placed.authorities if m not in query.authorities]
    taken += [_time(m) for m in placed.periods if m not in query.periods]
    return f"{text} ({', '.join(taken)})" if taken else text


def _time(mention: Mention[Period]) -> str:
    return mention.words
