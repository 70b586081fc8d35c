"""Make a question whole with the turns before it.

What it takes from them (nothing, the place, the matter, the answer shown) is read by a trained
head; this file knows only what is taken: authorities, periods and kinds, words, and documents. The
replay of a turn equals its first reading: both go through ``resolve``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.types import CitedBefore, Turn
from index.store.lexical import terms
from index.types import Leaning, Mention, Period, Query

TURNS_READ = 6
"""Earlier questions read, newest last."""
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
    """

    question: str
    query: Query
    doc_ids: frozenset[str] = frozenset()
    leaning: Leaning = Leaning.NOTHING


Understand = Callable[[str], Query]
Leans = Callable[[str, str], dict[Leaning, float]]
Reshapes = Callable[[str], bool]


def resolve(
    question: str,
    history: Sequence[Turn],
    understand: Understand,
    leans: Leans,
    reshapes: Reshapes,
) -> Resolved:
    """Make ``question`` whole with the turns before it.

    Args:
        understand: reads a question alone.
        leans: how likely a question takes what from the one before it.
        reshapes: whether it asks for the last answer in another form.
    """
    asked = [n for n, turn in enumerate(history) if turn.role == "user"][-TURNS_READ:]
    standing: Resolved | None = None
    for place, at in enumerate(asked):
        shown = _citations(history[asked[place - 1] if place else 0 : at])
        standing = _joined(history[at], standing, shown, understand, leans, reshapes)
    cited = _citations(history[asked[-1] :]) if asked else ()
    return _joined(Turn("user", question), standing, cited, understand, leans, reshapes)


def _joined(
    turn: Turn,
    before: Resolved | None,
    cited: Sequence[CitedBefore],
    understand: Understand,
    leans: Leans,
    reshapes: Reshapes,
) -> Resolved:
    """Make one turn whole with where the conversation stood."""
    query = turn.query or understand(turn.content)
    if before is None:
        return Resolved(turn.content, query)
    if reshapes(turn.content):
        return _again(query, before, cited)
    leaning = _leaning(turn.content, query, before, leans)
    if leaning is Leaning.NOTHING:
        return Resolved(turn.content, query)
    if leaning is Leaning.ANSWER:
        return _pointing(turn.content, query, before, cited)
    placed = _placed(query, before, cited)
    if leaning is Leaning.PLACE:
        words = _with_place(turn.content, placed, query)
        return Resolved(words, replace(placed, question=words), leaning=leaning)
    lent = _without(before.query, query)
    words = _with_place(f"{lent} {turn.content}".strip(), placed, query)
    whole = replace(
        placed, question=words, topic=f"{lent} {query.topic}", subject=f"{lent} {query.subject}"
    )
    return Resolved(words, whole, leaning=leaning)


def _again(query: Query, before: Resolved, cited: Sequence[CitedBefore]) -> Resolved:
    """Return the question before, at the places and times that the new one names."""
    placed = _placed(query, before, cited)
    whole = replace(
        before.query,
        authorities=placed.authorities,
        periods=placed.periods,
        kinds=placed.kinds,
        order=placed.order,
    )
    return Resolved(before.question, whole, before.doc_ids, Leaning.TOPIC)


def _leaning(text: str, query: Query, before: Resolved, leans: Leans) -> Leaning:
    """Return what a question takes; one that names places or times alone has no matter."""
    named = " ".join(m.words for m in (*query.authorities, *query.periods, *query.kinds))
    if named and set(terms(text)) <= set(terms(named)):
        return Leaning.TOPIC
    chances = leans(text, before.question)
    return max(chances, key=lambda leaning: chances[leaning])


def _placed(query: Query, before: Resolved, cited: Sequence[CitedBefore]) -> Query:
    """Return the query at the place, time and kind where the conversation stands, for each that
    it does not name itself.
    """
    place = query.authorities or before.query.authorities or _only_place(cited)
    moved = bool(query.authorities) and query.authorities != before.query.authorities
    timed = query.periods or query.order
    periods = query.periods if timed or moved else before.query.periods
    kinds = query.kinds if query.kinds or timed or moved else before.query.kinds
    order = query.order or (None if periods or moved else before.query.order)
    return replace(query, authorities=place, periods=periods, kinds=kinds, order=order)


def _pointing(text: str, query: Query, before: Resolved, cited: Sequence[CitedBefore]) -> Resolved:
    """Return a question about what was just shown: one quote of it, or its documents."""
    placed = _placed(query, before, cited)
    picked = _picked(text, cited)
    shown = (picked,) if picked else tuple(cited)
    named = bool(query.authorities or query.periods or query.order)
    doc_ids = frozenset() if named else frozenset(c.doc_id for c in shown)
    about = f" ({picked.quote})" if picked else ""
    words = _with_place(f"{text}{about}", placed, query)
    whole = replace(
        placed, question=words, topic=f"{query.topic}{about}", subject=f"{query.subject}{about}"
    )
    dates = {c.dated for c in shown}
    if len(doc_ids) == 1 and not named and len(dates) == 1 and (day := dates.pop()):
        whole = replace(whole, periods=(_on(day),))
    return Resolved(words, whole, doc_ids, Leaning.ANSWER)


def _on(day: str) -> Mention[Period]:
    """Return the day of the one letter pointed at, as a time that the question names."""
    when = date.fromisoformat(day)
    return Mention(Period(when, when), f"{when.day} {when:%B %Y}")


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


def _without(before: Query, query: Query) -> str:
    """Return the matter of the question before, without the times that the new one replaces."""
    return before.subject if query.periods or query.order else before.topic


def _with_place(text: str, placed: Query, query: Query) -> str:
    """Write the places and times that were taken behind a question, as its reader sees them."""
    taken = [m.value for m in placed.authorities if m not in query.authorities]
    taken += [_time(m) for m in placed.periods if m not in query.periods]
    return f"{text} ({', '.join(taken)})" if taken else text


def _time(mention: Mention[Period]) -> str:
    return mention.words


def _citations(turns: Sequence[Turn]) -> tuple[CitedBefore, ...]:
    """Return what the newest of these turns that cites anything cited."""
    return next((turn.citations for turn in reversed(turns) if turn.citations), ())
