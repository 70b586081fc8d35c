"""Make a question whole with the turns before it.

What it takes from them (nothing, the place, the matter, the answer shown) is read by a trained
head; this file knows only what is taken: authorities, periods and kinds, words, and documents. The
replay of a turn equals its first reading: both go through ``resolve``, and where a turn carries
what it was answered about (its filters then were others, or turns before it are gone), that holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.question.placing import (
    at_the_same_time,
    bare,
    beside,
    matter_without_times,
    names_a_time,
    placed_as_before,
    side_by_side,
    time_by_time,
    with_place,
)
from assistant.question.resolved import Leans, Resolved, Ways
from assistant.rendering.dates import period
from assistant.schema import understood
from assistant.types import CitedBefore, Turn
from index.types import Filters, Leaning, Mention, Period, Query, Understood, When

TURNS_READ = 6
"""Earlier questions read, newest last."""
HALF = 0.5
"""Probability from which on a question takes nothing from the one before."""
LIKELY = 0.6
"""Probability from which another inspection than the one talked about is meant."""
ANY_TIME = Period(None, None)
_ORDINAL = re.compile(
    r"\b(?:(first|second|third|fourth|fifth|last)|(\d)(?:st|nd|rd|th))\b|\[(\d+)\]", re.I
)
_PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}


def resolve(question: str, history: Sequence[Turn], ways: Ways) -> Resolved:
    """Make ``question`` whole with the turns before it."""
    asked = [n for n, turn in enumerate(history) if turn.role == "user"][-TURNS_READ:]
    standing: Resolved | None = None
    for place, at in enumerate(asked):
        ends = asked[place + 1] if place + 1 < len(asked) else len(history)
        shown = _citations(history[asked[place - 1] if place else 0 : at])
        text = history[at].content
        alone = replace(ways.understand(text), filters=Filters())
        read = _joined(text, alone, standing, shown, ways)
        standing = _as_answered(read, history[at:ends])
    cited = _citations(history[asked[-1] :]) if asked else ()
    return _joined(question, ways.understand(question), standing, cited, ways)


def _as_answered(read: Resolved, turns: Sequence[Turn]) -> Resolved:
    """Return an earlier question about what its turns say that it was answered about, as far as
    they say it and it is read otherwise now.
    """
    told = next((turn.query for turn in turns if turn.query), Understood())
    now, query = understood(read.query), read.query
    if told.authorities is not None and set(told.authorities) != set(now.authorities or ()):
        query = replace(query, authorities=tuple(Mention(n, n) for n in told.authorities))
    if told.period is not None and told.period != now.period:
        named = (Mention(told.period, period(told.period)),) if told.period != ANY_TIME else ()
        query = replace(query, periods=named, order=None)
    if told.kinds is not None and set(told.kinds) != set(now.kinds or ()):
        query = replace(query, kinds=tuple(Mention(kind, kind.value) for kind in told.kinds))
    words = with_place(read.question, query, read.query)
    return replace(read, question=words, query=replace(query, question=words))


def _joined(
    text: str,
    query: Query,
    before: Resolved | None,
    cited: Sequence[CitedBefore],
    ways: Ways,
) -> Resolved:
    """Make one question whole with where the conversation stood."""
    if before is None:
        return Resolved(text, ways.anchored(query), typed=text)
    if query.previous and any(mention.certain for mention in query.periods):
        query = replace(query, previous=False)  # "the one before that, 2015" says when it was
    alone = not (query.authorities or query.periods or query.kinds or query.order)
    if ways.reshapes(text) or (alone and ways.sided(text)):
        return replace(_again(query, before, cited), slant=ways.slant(text))
    placed = beside(text, query, before, cited)
    nowhere = not placed.authorities and not placed.filters.authorities and ways.here(text)
    needs = nowhere or placed.authorities != query.authorities
    leaning = _leaning(text, placed, before, ways.leans, needs)
    if leaning is Leaning.TOPIC and ways.graded(text, before.question):
        leaning = Leaning.PLACE
    query = placed
    if leaning is Leaning.NOTHING:
        return Resolved(text, ways.anchored(query), typed=text)
    whole = _leant(text, query, leaning, before, cited, ways)
    return replace(whole, leaning=leaning, typed=text, cited=tuple(cited))


def _leant(
    text: str,
    query: Query,
    leaning: Leaning,
    before: Resolved,
    cited: Sequence[CitedBefore],
    ways: Ways,
) -> Resolved:
    """Make a question whole with what it takes from the one before it."""
    topic = leaning is Leaning.TOPIC
    compared = topic and bool(query.authorities) and ways.compares(text)
    if compared:
        query = side_by_side(query, before)
    anywhere = topic and not query.authorities and ways.everywhere(text)
    placed = query if anywhere else placed_as_before(query, before, cited)
    if compared and not names_a_time(query):
        placed = replace(placed, order=before.query.order)
    if topic and not anywhere:
        placed = _at_its_times(text, query, placed, before, ways)
    when = _when(text, query, placed, before, ways)
    if leaning is Leaning.ANSWER and when is When.SAME and not ways.counts(text):
        return _pointing(text, query, before, cited)
    placed = _moved(placed, when, before, cited, ways)
    if leaning is Leaning.PLACE and (when is When.SAME or ways.tells(text)):
        words = with_place(text, placed, query)
        whole = replace(placed, question=words)
        return Resolved(words, whole)
    lent = matter_without_times(before.query, query if when is When.SAME else placed, anywhere)
    said = "" if bare(text, query) else text
    if said and when is not When.SAME and not ways.tells(text):
        said = before.said or before.question  # "and the one before that?"
    asked = f"{lent.rstrip(' ?.')}? {text}" if said and lent else f"{lent} {text}".strip()
    words = with_place(asked, placed, query)
    if compared and lent:  # its own words only compare
        whole = replace(placed, question=words, topic=lent, subject=lent)
        return Resolved(words, whole, said=said)
    whole = replace(
        placed, question=words, topic=f"{lent} {query.topic}", subject=f"{lent} {query.subject}"
    )
    return Resolved(words, whole, said=said)


def _moved(
    placed: Query, when: When, before: Resolved, cited: Sequence[CitedBefore], ways: Ways
) -> Query:
    """Return a query at the inspection that is meant, seen from the one talked about."""
    stood = replace(placed, previous=before.query.previous, number=before.query.number)
    at = ways.moved(stood, when, frozenset(c.doc_id for c in cited))
    return placed if at is stood else at


def _at_its_times(text: str, query: Query, placed: Query, before: Resolved, ways: Ways) -> Query:
    """Return a query that asks the same at the times talked about, or beside these."""
    placed = at_the_same_time(query, placed, before, ways)
    here = placed.authorities == before.query.authorities
    if query.periods and here and ways.times(text) and ways.then(placed):
        return time_by_time(placed, before)
    return placed


def _again(query: Query, before: Resolved, cited: Sequence[CitedBefore]) -> Resolved:
    """Return the question before, at the places and times that the new one names."""
    placed = placed_as_before(query, before, cited)
    whole = replace(
        before.query,
        k=query.k,
        filters=query.filters,
        authorities=placed.authorities,
        periods=placed.periods,
        kinds=placed.kinds,
        order=placed.order,
    )
    return replace(before, query=whole, leaning=Leaning.TOPIC)


def _leaning(
    text: str, query: Query, before: Resolved, leans: Leans, needs: bool = False
) -> Leaning:
    """Return what a question takes; one that names places or times alone has no matter, and one
    that names its place by its side alone ("is west's any different?") or not at all takes that.

    The question before is read as it was typed and as it was made whole: in a third turn either
    alone tells fewer rightly (``evals/LOG.md`` #turns-1). Whether it takes anything is told first.
    """
    if bare(text, query):
        return Leaning.TOPIC
    typed, whole = leans(text, before.typed), leans(text, before.question)
    both = {one: (typed[one] + whole[one]) / 2 for one in typed}
    nothing = both.pop(Leaning.NOTHING, 0.0)
    return Leaning.NOTHING if nothing >= HALF and not needs else max(both, key=lambda o: both[o])


def _when(text: str, query: Query, placed: Query, before: Resolved, ways: Ways) -> When:
    """Return which inspection a question means; one that names a time, or another place than the
    one talked about, tells by that.
    """
    stood = before.query.authorities or placed.authorities
    if names_a_time(query) or before.doc_ids or placed.authorities != stood:
        return When.SAME
    when, chance = max(ways.when(text, before.question).items(), key=lambda one: one[1])
    return when if chance >= LIKELY else When.SAME


def _pointing(text: str, query: Query, before: Resolved, cited: Sequence[CitedBefore]) -> Resolved:
    """Return a question about what was just shown: one quote of it, or its documents."""
    placed = placed_as_before(query, before, cited)
    picked = _picked(text, cited)
    shown = (picked,) if picked else tuple(cited)
    named = bool(query.authorities or query.periods or query.order)
    doc_ids = frozenset() if named else frozenset(c.doc_id for c in shown)
    about = f" ({picked.quote})" if picked else ""
    words = with_place(f"{text}{about}", placed, query)
    whole = replace(
        placed, question=words, topic=f"{query.topic}{about}", subject=f"{query.subject}{about}"
    )
    dates = {c.dated for c in shown}
    if len(doc_ids) == 1 and not named and len(dates) == 1 and (day := dates.pop()):
        whole = replace(whole, periods=_on(day, placed.periods))
    return Resolved(words, whole, doc_ids)


def _on(day: str, stood: tuple[Mention[Period], ...]) -> tuple[Mention[Period], ...]:
    """Return the day of the one letter pointed at, as a time that the question names; the time
    talked about, where that is another: the letter tells of it.
    """
    when = date.fromisoformat(day)
    ends = [(one.value.start, one.value.end) for one in stood]
    if ends and not any((a or when) <= when <= (b or when) for a, b in ends):
        return stood
    return (Mention(Period(when, when), f"{when.day} {when:%B %Y}"),)


def _picked(text: str, cited: Sequence[CitedBefore]) -> CitedBefore | None:
    """Return the quote that "the second one" or "[2]" means, None where none is pointed at."""
    match = _ORDINAL.search(text)
    if not match or not cited:
        return None
    word, number, marker = match.groups()
    place = _PLACES[word.lower()] if word else int(number or marker) - 1
    return cited[place] if -len(cited) <= place < len(cited) else None


def _citations(turns: Sequence[Turn]) -> tuple[CitedBefore, ...]:
    """Return what the newest of these turns that cites anything cited."""
    return next((turn.citations for turn in reversed(turns) if turn.citations), ())
