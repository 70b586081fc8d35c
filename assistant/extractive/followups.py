"""What a question means after the ones before it: resolved from words, without a model.

Only the last few turns are read, so a long conversation costs no more than a short one. A
question with a subject of its own and nothing that points back is a new topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.types import CitedBefore, Turn
from index.store.lexical import terms
from index.types import Identity, Mention, Period, Query, Wanted
from index.understanding import understand
from index.understanding.topic import subject, topic
from index.understanding.wanted import wanted_in

TURNS_READ = 6
"""Earlier questions read, newest last."""

_POINTS_BACK = re.compile(
    r"^(?:and|but|so|ok(?:ay)?|also|then|or|what about|how about|no,?|sorry,?|hang on)\b|"
    r"\b(?:they|them|their|theirs|it|its|that|those|these|there|he|she|him|her|his|hers|same|"
    r"the (?:letter|visit|report|inspection|article|inspectors?|latter|former)|"
    r"^(?:when|who|where|why|how come|by whom)\W*$|"
    r"more about|tell me more|else|again|instead|this|why\?|the other|others)\b|"
    r"\b(?:first|second|third|last|previous|next) (?:one|point|quote|bit)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:it|its|this|that|these|those|they|them|their)\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:tell me more|more (?:about|on|detail)|expand|say more|go on|elaborate|details?)\b",
    re.IGNORECASE,
)
_PLACES = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "last": -1,
}  # fmt: skip
_PLACE = re.compile(
    rf"\b({'|'.join(_PLACES)})\b(?: (?:one|point|quote|bit|finding|source|item))|\[(\d+)\]",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:and |so )?(when|who|by whom)\W*$", re.IGNORECASE)
_BARE_MEANS = {
    "when": "when was the letter dated?",
    "who": "who were the inspectors?",
    "by whom": "who signed the letter?",
}
_ANOTHER = re.compile(
    r"\b(?:inspection|visit|report|one|letter)s? (after|before|following|since|prior to)\b|"
    r"\b(next|following|previous|earlier|later) (?:inspection|visit|report|letter|one)\b",
    re.IGNORECASE,
)
_BACK = frozenset(("before", "previous", "earlier", "prior to"))
_YEARS = re.compile(
    r"\b(?:(the|a|one|two|three|four|five|\d) )?years? (before|earlier|after|later|on|previous)|"
    r"\bthe (previous|following|next) year\b",
    re.IGNORECASE,
)
_NUMBERS = {"the": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_FILLER = frozenset(
    terms("and what about how same question sorry no meant mean one ok okay so then also but in "
          "for at council instead please too now again year before after earlier later good better "
          "worse best like that compare inspection visit next previous last right back there do "
          "just only say said says tell told find found think thought")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question made whole.

    Attributes:
        question: what it means on its own, in words.
        query: what was understood of it, including what earlier turns lend it.
        doc_ids: documents that "that" or "the letter" points to, empty where none is meant.
        more: it asks for more of what was shown.
        follows: whether it leans on earlier turns at all.
    """

    question: str
    query: Query
    doc_ids: frozenset[str] = frozenset()
    more: bool = False
    follows: bool = False


def resolve(
    question: str, history: Sequence[Turn], held: Sequence[Identity], base: Query
) -> Resolved:
    """Make ``question`` whole with the turns before it.

    Args:
        base: what was understood of the question alone.
    """
    asked = [turn.content for turn in history if turn.role == "user"][-TURNS_READ:]
    if not asked:
        return Resolved(question, base)
    before = _standing(asked, held)
    cited = _last_citations(history)
    return _joined(question, base, before, cited, held)


def _standing(asked: Sequence[str], held: Sequence[Identity]) -> Query:
    """What the conversation stands at after its earlier questions."""
    standing = understand(asked[0], held)
    for question in asked[1:]:
        query = understand(question, held)
        standing = _joined(question, query, standing, (), held).query
    return standing


def _joined(
    question: str,
    query: Query,
    before: Query,
    cited: Sequence[CitedBefore],
    held: Sequence[Identity],
) -> Resolved:
    own = [term for term in terms(query.topic) if term not in _FILLER and not term.isdigit()]
    bare = bool(_BARE.match(question.strip()))
    repeats = not bare and (not own or _is_name_only(query, own))
    points = bool(_POINTS_BACK.search(question.strip()))
    if _stands_alone(query, own, points, repeats):
        return Resolved(question, query)
    if picked := _picked(question, cited):
        return _about(question, query, before, picked, held)
    shift = _shifted(question, before, cited)
    periods = shift or query.periods or (() if query.order else before.periods)
    more = bool(_MORE.search(question)) and len(own) < 2
    topic = _topic(question, query, before, repeats or more, periods != before.periods)
    whole = replace(
        query,
        topic=topic,
        subject=subject(topic, periods),
        authorities=query.authorities or _held_only(before.authorities, held),
        periods=periods,
        kinds=query.kinds or (() if query.authorities or shift else before.kinds),
        terms=query.terms or (before.terms if repeats else ()),
        wanted=wanted_in(topic)[0],
    )
    points_there = points and not repeats and not (query.authorities or query.periods or shift)
    words = _in_words(whole, topic)
    return Resolved(
        words,
        replace(whole, question=words),
        _docs(cited) if points_there else frozenset(),
        bool(_MORE.search(question)),
        True,
    )


def _stands_alone(query: Query, own: Sequence[str], points: bool, repeats: bool) -> bool:
    """Whether a question needs nothing of the ones before it."""
    if points:
        return False
    if repeats:
        return not (query.authorities or query.periods or query.kinds)
    return bool(query.authorities) or len(own) > 2


def _topic(question: str, query: Query, before: Query, repeats: bool, other_time: bool) -> str:
    """What the question is about: its own words, or those of the question it repeats."""
    bare = _BARE.match(question.strip())
    if bare:
        return _BARE_MEANS[bare.group(1).lower()]
    if repeats:
        asked = subject(before.topic, before.periods) if other_time else before.topic
        return topic(asked, before.authorities)
    if before.wanted in (Wanted.GRADE, Wanted.GRADED_SO) and query.wanted is Wanted.OPEN:
        return f"{query.topic.rstrip('?')} grade"
    if query.wanted is Wanted.OPEN is before.wanted and _leans(question, query):
        return f"{query.topic.rstrip('?')} ({subject(before.topic, before.periods).rstrip('?')})"
    return query.topic


def _leans(question: str, query: Query) -> bool:
    """Whether "it" or "they" stands for what was asked about before ("is it timely?")."""
    own = [term for term in terms(query.topic) if term not in _FILLER]
    return bool(_PRONOUN.search(question)) and len(own) < 3


def _held_only(
    authorities: Sequence[Mention[str]], held: Sequence[Identity]
) -> tuple[Mention[str], ...]:
    """A question is not put again to a place for which nothing is held."""
    have = {identity.authority_name for identity in held}
    return tuple(mention for mention in authorities if mention.value in have)


def _is_name_only(query: Query, own: Sequence[str]) -> bool:
    """Whether nothing but places, times and kinds is named ("and in Middlesbrough?")."""
    said = " ".join(m.words for m in (*query.authorities, *query.periods, *query.kinds))
    return set(own) <= set(terms(said))


def _picked(question: str, cited: Sequence[CitedBefore]) -> CitedBefore | None:
    match = _PLACE.search(question)
    if not match or not cited:
        return None
    place = int(match.group(2)) - 1 if match.group(2) else _PLACES[match.group(1).lower()]
    return cited[place] if -len(cited) <= place < len(cited) else None


def _about(
    question: str, query: Query, before: Query, picked: CitedBefore, held: Sequence[Identity]
) -> Resolved:
    """A question about one of the quotes shown."""
    identity = next((i for i in held if i.doc_id == picked.doc_id), None)
    shown = " ".join(picked.quote.split()[:40]) or before.topic
    words = f"{question.strip()} ({shown})"
    whole = replace(query, question=words, topic=shown, subject=shown, wanted=Wanted.OPEN)
    return Resolved(
        words, whole, frozenset({picked.doc_id} if identity else ()), more=True, follows=True
    )


def _shifted(
    question: str, before: Query, cited: Sequence[CitedBefore]
) -> tuple[Mention[Period], ...]:
    match = _YEARS.search(question)
    if not match:
        return _another(question, before, cited)
    count = _NUMBERS.get((match.group(1) or "the").lower(), 0) or int(match.group(1) or 1)
    back = (match.group(2) or match.group(3)).lower() in ("before", "earlier", "previous")
    start = next((m.value.start for m in before.periods if m.value.start), None) or next(
        (date.fromisoformat(c.dated) for c in cited if c.dated), None
    )
    if start is None:
        return ()
    year = start.year - count if back else start.year + count
    period = Period(date(year, 1, 1), date(year + 1, 1, 1) - timedelta(days=1))
    return (Mention(period, match.group(), certain=False),)


def _another(
    question: str, before: Query, cited: Sequence[CitedBefore]
) -> tuple[Mention[Period], ...]:
    """The time after, or before, the inspection that the conversation stands at."""
    match = _ANOTHER.search(question)
    days = [day for m in before.periods for day in (m.value.start, m.value.end) if day]
    days = days or [date.fromisoformat(c.dated) for c in cited if c.dated]
    if not match or not days:
        return ()
    back = (match.group(1) or match.group(2)).lower() in _BACK
    one_day = timedelta(days=1)
    period = Period(None, min(days) - one_day) if back else Period(max(days) + one_day, None)
    return (Mention(period, match.group(), certain=False),)


def _last_citations(history: Sequence[Turn]) -> Sequence[CitedBefore]:
    return next((turn.citations for turn in reversed(history) if turn.role == "assistant"), ())


def _docs(cited: Sequence[CitedBefore]) -> frozenset[str]:
    return frozenset(citation.doc_id for citation in cited)


def _in_words(query: Query, topic: str) -> str:
    """The whole question in words, for the reader to see and for search."""
    names = [m.value for m in query.authorities if m.value.lower() not in topic.lower()]
    years = [
        m.words if m.certain else _years(m.value)
        for m in query.periods
        if m.words.lower() not in topic.lower()
    ]
    said = topic.strip().rstrip("?").strip()
    extra = ", ".join([*names, *filter(None, years)])
    return f"{said} ({extra})?" if extra else f"{said}?"


def _years(period: Period) -> str:
    if period.start and period.end:
        return str(period.start.year)
    return f"after {period.start}" if period.start else f"before {period.end}"
