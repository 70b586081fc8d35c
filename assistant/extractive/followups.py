"""What a question means after the ones before it: resolved from words, without a model.

Only the last few turns are read, so a long conversation costs no more than a short one. A
question with a subject of its own and nothing that points back is a new topic.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.extractive.grades import key_pattern
from assistant.extractive.lending import (
    GRADES,
    date_of,
    held_only,
    lent_times,
    lent_words,
    without_times,
)
from assistant.extractive.outside import foreign
from assistant.extractive.pointing import (
    COMPARES,
    EVERYWHERE,
    asks_how,
    asks_more,
    bare_question,
    is_name_only,
    leans,
    of_the_visit,
    own_words,
    picked,
    points_back,
)
from assistant.extractive.shifting import in_words, shifted, without_shift
from assistant.extractive.vocabulary import proper_names
from assistant.types import CitedBefore, Turn
from index.types import Identity, Mention, Query, Wanted
from index.understanding import understand
from index.understanding.topic import subject, topic
from index.understanding.wanted import wanted_in

TURNS_READ = 6
"""Earlier questions read, newest last."""
NEAR_NOTHING = -20.0
"""A logit of passages that say nothing of what is asked: words alone tell what is foreign."""
MOST_OWN = 3
"""Words of its own with which a follow-up only names another part of the services."""
_ELSEWHERE = re.compile(
    r"\b(?:other|others|all|any|every|which|each|else) ?(?:councils?|authorit\w+|places?|areas?|"
    r"letters?|reports?|where)?\b(?! (?:is|was) (?:it|that|this)\b)",
    re.IGNORECASE,
)


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
    asked = [n for n, turn in enumerate(history) if turn.role == "user"][-TURNS_READ:]
    if not asked:
        return Resolved(question, base)
    before = _standing([history[n:] for n in asked], held)
    return _joined(question, base, before, _last_citations(history), held)


def _standing(turns: Sequence[Sequence[Turn]], held: Sequence[Identity]) -> Query:
    """What the conversation stands at after its earlier questions, each with what follows it."""
    standing = understand(turns[0][0].content, held)
    for before, now in pairwise(turns):
        question = now[0].content
        shown = before[: len(before) - len(now)]
        query = understand(question, held)
        standing = _joined(question, query, standing, _last_citations(shown), held).query
    return standing


def _joined(
    question: str,
    query: Query,
    before: Query,
    cited: Sequence[CitedBefore],
    held: Sequence[Identity],
) -> Resolved:
    own = own_words(without_shift(query.topic))
    named_only = not own or is_name_only(query, own)
    repeats = bare_question(question) is None and named_only and not asks_how(question)
    points = points_back(question) or without_shift(question) != question
    if _stands_alone(query, own, points or not own, repeats):
        return _of_the_place(question, query, before, held)
    if chosen := picked(question, cited):
        return _about(question, query, before, chosen, held)
    shift = shifted(question, before, cited, held)
    periods = shift or query.periods or (() if query.order else lent_times(before, query, held))
    topic = _topic(
        question, query, before, cited, repeats or (asks_more(question) and len(own) < 2)
    )
    whole = replace(
        query,
        topic=topic,
        subject=subject(topic, periods),
        authorities=_places(question, query, before, cited, held),
        periods=periods,
        kinds=query.kinds or (() if query.authorities or shift else before.kinds),
        terms=query.terms or (before.terms if repeats else ()),
        wanted=wanted_in(topic)[0],
    )
    elsewhere = query.authorities or query.periods or shift or EVERYWHERE.search(question)
    points_there = points and not repeats and not elsewhere
    docs = _docs(cited) if points_there else frozenset()
    words = _in_words(whole, topic, date_of(docs, held))
    return Resolved(
        words,
        replace(whole, question=words),
        docs,
        asks_more(question),
        True,
    )


def _places(
    question: str,
    query: Query,
    before: Query,
    cited: Sequence[CitedBefore],
    held: Sequence[Identity],
) -> tuple[Mention[str], ...]:
    """The places meant: those named, those that stand, or the one that was just quoted."""
    stands = () if EVERYWHERE.search(question) else held_only(before.authorities, held)
    if query.authorities:
        beside = [m for m in stands if m.value not in {n.value for n in query.authorities}]
        return (*beside, *query.authorities) if COMPARES.search(question) else query.authorities
    shown = {citation.authority for citation in cited if citation.authority}
    if stands or len(shown) != 1 or _ELSEWHERE.search(question):
        return stands
    (name,) = shown
    return (Mention(name, name, certain=False),)


def _stands_alone(query: Query, own: Sequence[str], points: bool, repeats: bool) -> bool:
    """Whether a question needs nothing of the ones before it."""
    if points:
        return False
    if repeats:
        return not (query.authorities or query.periods or query.kinds)
    return bool(query.authorities) or len(own) > 2


def _topic(
    question: str, query: Query, before: Query, cited: Sequence[CitedBefore], repeats: bool
) -> str:
    """What the question is about: its own words, or those of the question it repeats."""
    if bare := bare_question(question):
        return bare
    if repeats:
        return topic(without_times(before.topic, before.periods), before.authorities)
    if before.wanted in GRADES and query.wanted is Wanted.OPEN and _names_judgement(query):
        return f"{query.topic.rstrip('?')} grade"
    if (whole := of_the_visit(query.topic)) != query.topic:
        return whole
    borrows = query.wanted is Wanted.OPEN or "theirs" in question.lower()
    if borrows and leans(question, without_shift(query.topic)):
        return lent_words(question, query.topic, before, cited)
    return query.topic


def _of_the_place(question: str, query: Query, before: Query, held: Sequence[Identity]) -> Resolved:
    """A question with a subject of its own is still about the place that the conversation is
    about, where it names nothing else and is about inspections at all.
    """
    stands = held_only(before.authorities, held)
    named = query.authorities or query.people or query.kinds or proper_names(query)
    if not stands or named or EVERYWHERE.search(question) or foreign(question, query, NEAR_NOTHING):
        return Resolved(question, query)
    whole = replace(query, authorities=stands)
    words = _in_words(whole, query.topic)
    return Resolved(words, replace(whole, question=words))


def _names_judgement(query: Query) -> bool:
    """Whether a part of the services is named and little else ("and leadership?")."""
    return key_pattern(query.topic) is not None and len(own_words(query.topic)) <= MOST_OWN


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


def _last_citations(history: Sequence[Turn]) -> Sequence[CitedBefore]:
    return next((turn.citations for turn in reversed(history) if turn.role == "assistant"), ())


def _docs(cited: Sequence[CitedBefore]) -> frozenset[str]:
    return frozenset(citation.doc_id for citation in cited)


def _in_words(query: Query, topic: str, dated: str = "") -> str:
    """The whole question in words, for the reader to see and for search."""
    names = [m.value for m in query.authorities if m.value.lower() not in topic.lower()]
    years = [
        m.words if m.certain else in_words(m.value)
        for m in query.periods
        if m.words.lower() not in topic.lower()
    ]
    said = topic.strip().rstrip("?").strip()
    extra = ", ".join([*names, *filter(None, years or [dated])])
    return f"{said} ({extra})?" if extra else f"{said}?"
