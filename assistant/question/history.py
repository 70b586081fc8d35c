"""Make a question whole with the turns before it.

What it takes from them (nothing, the place, the matter, the answer shown) is read by a trained
head; this file knows only what is taken: authorities, periods and kinds, words, and documents. The
replay of a turn equals its first reading: both go through ``resolve``, and where a turn carries
what it was answered about (its filters then were others, or turns before it are gone), that holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.rendering.dates import period
from assistant.schema import understood
from assistant.types import CitedBefore, Turn
from index.query.places import twin_named
from index.query.topic import subject
from index.store.lexical import terms
from index.types import Filters, Kind, Leaning, Mention, Period, Query, Slant, Understood, When

TURNS_READ = 6
"""Earlier questions read, newest last."""
LIKELY = 0.6
"""Probability from which another inspection than the one talked about is meant."""
ANY_TIME = Period(None, None)
_KINDS = frozenset(word for kind in {*Kind} - {Kind.OTHER} for word in kind.value.split())
_ORDINAL = re.compile(
    r"\b(?:(first|second|third|fourth|fifth|last)|(\d)(?:st|nd|rd|th))\b|\[(\d+)\]", re.I
)
_PLACES = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question made whole.

    Attributes:
        question: what it means on its own, in words.
        query: what was understood of it, including what earlier turns lend it.
        doc_ids: documents that it points to, empty where it points to none.
        leaning: what it took from the turn before.
        said: the words that tell what sort of answer is wanted, where these are not all of
            ``question``: "what went wrong by 2019?" after "was it good?" asks for no grade.
        typed: the words as they were typed; of another form of an answer, those of its question.
        cited: what the answer before cited, where it took anything from that turn.
        slant: the side that the last answer is asked for again of ("just the weak bits").
    """

    question: str
    query: Query
    doc_ids: frozenset[str] = frozenset()
    leaning: Leaning = Leaning.NOTHING
    said: str = ""
    typed: str = ""
    cited: tuple[CitedBefore, ...] = ()
    slant: Slant | None = None


Understand = Callable[[str], Query]
Leans = Callable[[str, str], Mapping[Leaning, float]]


@dataclass(frozen=True, slots=True)
class Ways:
    """How a question is told from the one before it.

    Attributes:
        understand: reads a question alone, with the filters that hold for it.
        leans: how likely it takes what from the one before it.
        when: how likely it means which inspection, seen from the one talked about.
        moved: a query at the inspection that it means, seen from what was quoted, by document.
        then: whether its places were inspected at the times of a query.
        counts: whether it asks for a number.
        reshapes: whether it asks for the last answer in another form.
        slant: the side that it asks for, strong or weak.
        compares: whether it asks for places side by side.
        everywhere: whether it asks which places there are of all.
        tells: whether it tells alone what sort of answer is wanted.
    """

    understand: Understand
    leans: Leans
    when: Callable[[str, str], Mapping[When, float]]
    moved: Callable[[Query, When, frozenset[str]], Query]
    then: Callable[[Query], bool]
    counts: Callable[[str], bool]
    reshapes: Callable[[str], bool]
    slant: Callable[[str], Slant]
    compares: Callable[[str], bool]
    everywhere: Callable[[str], bool]
    tells: Callable[[str], bool]


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
        return Resolved(text, query, typed=text)
    if query.previous and any(mention.certain for mention in query.periods):
        query = replace(query, previous=False)  # "the one before that, 2015" says when it was
    if ways.reshapes(text):
        return replace(_again(query, before, cited), slant=ways.slant(text))
    query = _beside(text, query, before, cited)
    leaning = _leaning(text, query, before, ways.leans)
    if leaning is Leaning.NOTHING:
        return Resolved(text, query, typed=text)
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
    if leaning is Leaning.TOPIC and query.authorities and ways.compares(text):
        query = _side_by_side(query, before)
    anywhere = leaning is Leaning.TOPIC and not query.authorities and ways.everywhere(text)
    placed = query if anywhere else placed_as_before(query, before, cited)
    if leaning is Leaning.TOPIC and not anywhere:
        placed = _then(query, placed, before, ways)
    when = _when(text, query, placed, before, ways)
    if leaning is Leaning.ANSWER and when is When.SAME and not ways.counts(text):
        return _pointing(text, query, before, cited)
    stood = replace(placed, previous=before.query.previous, number=before.query.number)
    at = ways.moved(stood, when, frozenset(c.doc_id for c in cited))
    placed = placed if at is stood else at
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
    whole = replace(
        placed, question=words, topic=f"{lent} {query.topic}", subject=f"{lent} {query.subject}"
    )
    return Resolved(words, whole, said=said)


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


def _beside(text: str, query: Query, before: Resolved, cited: Sequence[CitedBefore]) -> Query:
    """Return a query with the twin of the one place talked about, where it names that by its side
    alone.
    """
    stands = before.query.authorities or _only_place(cited)
    if query.authorities or len(stands) != 1:
        return query
    return replace(query, authorities=twin_named(text, stands[0].value))


def _side_by_side(query: Query, before: Resolved) -> Query:
    """Return a query with the places talked about before those that it names."""
    named = {mention.value for mention in query.authorities}
    stood = [mention for mention in before.query.authorities if mention.value not in named]
    return replace(query, authorities=(*stood, *query.authorities))


def _leaning(text: str, query: Query, before: Resolved, leans: Leans) -> Leaning:
    """Return what a question takes; one that names places or times alone has no matter.

    The question before is read as it was typed and as it was made whole: in a third turn either
    alone tells fewer rightly (``evals/LOG.md`` #turns-1).
    """
    if bare(text, query):
        return Leaning.TOPIC
    typed, whole = leans(text, before.typed), leans(text, before.question)
    return max(typed, key=lambda leaning: typed[leaning] + whole[leaning])


def _when(text: str, query: Query, placed: Query, before: Resolved, ways: Ways) -> When:
    """Return which inspection a question means; one that names a time, or another place than the
    one talked about, tells by that.
    """
    stood = before.query.authorities or placed.authorities
    if _timed(query) or before.doc_ids or placed.authorities != stood:
        return When.SAME
    when, chance = max(ways.when(text, before.question).items(), key=lambda one: one[1])
    return when if chance >= LIKELY else When.SAME


def bare(text: str, query: Query) -> bool:
    """Whether a question names places, times or kinds, and nothing else: an "inspection" is one,
    "inspected" is not.
    """
    named = " ".join(m.words for m in (*query.authorities, *query.periods, *query.kinds))
    rest = [word for word in re.findall(r"[\w'’-]+", text.lower()) if word not in _KINDS]
    return bool(named) and set(terms(" ".join(rest))) <= set(terms(named))


def placed_as_before(query: Query, before: Resolved, cited: Sequence[CitedBefore]) -> Query:
    """Return the query at the place, time and kind where the conversation stands, for each that
    neither it nor its filters name.
    """
    filters = query.filters
    place = query.authorities
    if not place and not filters.authorities:
        place = before.query.authorities or _only_place(cited)
    named = {m.value for m in query.authorities} or set(filters.authorities)
    moved = bool(named) and named != {m.value for m in before.query.authorities}
    timed = _timed(query)
    periods = query.periods if timed or moved else before.query.periods
    kinds = query.kinds if query.kinds or filters.kinds or timed or moved else before.query.kinds
    order = query.order or (None if periods or moved else before.query.order)
    whole = replace(query, authorities=place, periods=periods, kinds=kinds, order=order)
    if timed or moved:
        return whole
    previous, number = before.query.previous, before.query.number
    return replace(whole, previous=query.previous or previous, number=query.number or number)


def _then(query: Query, placed: Query, before: Resolved, ways: Ways) -> Query:
    """Return the query at the times talked about, where it asks the same of another place that was
    inspected then too.
    """
    if _timed(query) or placed.periods or not before.query.periods:
        return placed
    then = replace(placed, periods=before.query.periods, kinds=query.kinds)
    return then if ways.then(then) else placed


def _timed(query: Query) -> bool:
    """Whether a question, or its filters, name a time, or a visit by its number."""
    filters = query.filters
    named = query.periods or query.order or query.number is not None
    return bool(named or filters.from_date or filters.to_date)


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


def _only_place(cited: Sequence[CitedBefore]) -> tuple[Mention[str], ...]:
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


def _citations(turns: Sequence[Turn]) -> tuple[CitedBefore, ...]:
    """Return what the newest of these turns that cites anything cited."""
    return next((turn.citations for turn in reversed(turns) if turn.citations), ())
