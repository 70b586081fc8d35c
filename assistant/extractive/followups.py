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
from index.types import Identity, Mention, Period, Query
from index.understanding import understand
from index.understanding.topic import subject

TURNS_READ = 6
"""Earlier questions read, newest last."""

_POINTS_BACK = re.compile(
    r"^(?:and|but|so|ok(?:ay)?|also|then|or|what about|how about|no,?|sorry,?|hang on)\b|"
    r"\b(?:they|them|their|theirs|it|its|that|those|these|there|he|she|him|her|his|hers|same|"
    r"the (?:letter|visit|report|inspection|article|inspectors?|latter|former)|"
    r"more about|tell me more|else|again|instead|this|why\?|the other|others)\b|"
    r"\b(?:first|second|third|last|previous|next) (?:one|point|quote|bit)\b",
    re.IGNORECASE,
)
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
_YEARS = re.compile(
    r"\b(?:(the|a|one|two|three|four|five|\d) )?years? (before|earlier|after|later|on|previous)|"
    r"\bthe (previous|following|next) year\b",
    re.IGNORECASE,
)
_NUMBERS = {"the": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
_FILLER = frozenset(
    terms("and what about how same question sorry no meant mean one ok okay so then also but in "
          "for at council instead please too now again year before after earlier later")
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
    names_only = not own or _is_name_only(query, own)
    points = bool(_POINTS_BACK.search(question.strip()))
    if not points and not (names_only and (query.authorities or query.periods)) and len(own) > 2:
        return Resolved(question, query)
    if not points and not names_only and query.authorities:
        return Resolved(question, query)
    picked = _picked(question, cited)
    if picked:
        return _about(question, query, before, picked, held)
    shift = _shifted(question, before, cited)
    periods = shift or query.periods or (() if query.order else before.periods)
    topic = before.topic if names_only or _MORE.search(question) and len(own) < 2 else query.topic
    whole = replace(
        query,
        topic=topic,
        subject=subject(topic, periods),
        authorities=query.authorities or _held_only(before.authorities, held),
        periods=periods,
        kinds=query.kinds or (before.kinds if not query.authorities else ()),
        terms=query.terms or (before.terms if topic == before.topic else ()),
    )
    points_at = frozenset() if query.authorities or query.periods or shift else _docs(cited)
    words = _in_words(whole, topic)
    return Resolved(
        words,
        replace(whole, question=words),
        points_at if points and not names_only else frozenset(),
        bool(_MORE.search(question)),
        True,
    )


def _held_only(
    authorities: Sequence[Mention[str]], held: Sequence[Identity]
) -> tuple[Mention[str], ...]:
    """A question is not put again to a place for which nothing is held."""
    have = {identity.authority_name for identity in held}
    return tuple(mention for mention in authorities if mention.value in have)


def _is_name_only(query: Query, own: Sequence[str]) -> bool:
    """Whether nothing but places, times and kinds is named ("and in Middlesbrough?")."""
    said = " ".join(
        m.words for m in (*query.authorities, *query.periods, *query.kinds)
    )
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
    topic = " ".join(picked.quote.split()[:40]) or before.topic
    words = f"{question.strip()} ({topic})"
    whole = replace(query, question=words, topic=topic, subject=topic)
    return Resolved(
        words, whole, frozenset({picked.doc_id} if identity else ()), more=True, follows=True
    )


def _shifted(
    question: str, before: Query, cited: Sequence[CitedBefore]
) -> tuple[Mention[Period], ...]:
    match = _YEARS.search(question)
    if not match:
        return ()
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


def _last_citations(history: Sequence[Turn]) -> Sequence[CitedBefore]:
    return next((turn.citations for turn in reversed(history) if turn.role == "assistant"), ())


def _docs(cited: Sequence[CitedBefore]) -> frozenset[str]:
    return frozenset(citation.doc_id for citation in cited)


def _in_words(query: Query, topic: str) -> str:
    """The whole question in words, for the reader to see and for search."""
    names = [m.value for m in query.authorities if m.value.lower() not in topic.lower()]
    years = [
        m.words if m.certain else str(m.value.start.year if m.value.start else "")
        for m in query.periods
        if m.words.lower() not in topic.lower()
    ]
    said = topic.strip().rstrip("?").strip()
    extra = ", ".join([*names, *filter(None, years)])
    return f"{said} ({extra})?" if extra else f"{said}?"
