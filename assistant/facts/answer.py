"""From a question's intent to the facts that answer it; None where facts do not concern it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from assistant.facts import (
    chat,
    counts,
    days,
    grades,
    held,
    people,
    points,
    premise,
    reasons,
    scope,
    tables,
    visits,
)
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.meant import meant
from assistant.facts.naming import NAMES
from assistant.question.parts import parts_of
from assistant.types import Status
from index.query.judgements import grades_named, judgements_named
from index.types import Aspect, Intent, Query, Sides

LIKELY = 0.4
"""Probability from which a question is after a person or number that facts know."""
APART = 0.5
"""Probability from which on two persons are asked after, each by a part of the question."""
TOO = 0.1
"""Probability from which it is after a person of another part too ("sent to whom, and by whom?"):
the likelihoods of both parts are one.
"""


def _aspect_of(query: Query, corpus: Corpus) -> Aspect:
    return _surest(corpus.reader.aspect(query.question))


def _surest(chances: Mapping[Aspect, float]) -> Aspect:
    aspect, chance = max(chances.items(), key=lambda one: one[1])
    return aspect if chance >= LIKELY else Aspect.OTHER


def _which_or_how_many_visits(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer which visits there were, or how many made one."""
    asked = _aspect_of(query, corpus)
    return (visits.team if asked is Aspect.TEAM else visits.visits)(query, corpus)


def _who_or_how_many(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer after a person or a figure; None where that stands in the text and must be read."""
    if found := people.somebody(query, corpus):
        return found
    aspect = _aspect_of(query, corpus)
    if aspect is Aspect.OTHER:
        return None
    if aspect is Aspect.TEAM:
        return visits.team(query, corpus)
    if aspect is Aspect.VISITS:
        return visits.visits(query, corpus)
    chances = corpus.reader.aspect(query.question)
    parts = parts_of(query.question, corpus.reader.gaps(query.question), APART)
    own = {_surest(corpus.reader.aspect(part)) for part in parts} if len(parts) > 1 else set()
    too = [p for p in people.PARTS if p is not aspect and (chances[p] >= TOO or p in own)]
    return people.in_roles([aspect, *too], {aspect, *own}, query, corpus)


def _how_many(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer how many inspectors, or how many were given a grade by a table that counts them; None
    where another figure is asked for.
    """
    if found := tables.printed(query, corpus):
        return found
    return visits.team(query, corpus) if _aspect_of(query, corpus) is Aspect.TEAM else None


def _whether_graded(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer whether a grade was given; None where the question asks whether anything else is."""
    named = grades_named(query.topic)
    if len(named) != 1 or corpus.reader.grade_meant(query.question) < premise.LIKELY:
        return None
    return grades.graded(query, corpus)


_ANSWERERS = {
    Intent.WHO: _who_or_how_many,
    Intent.WHY: reasons.why_graded,
    Intent.WHEN: days.when,
    Intent.GRADE: grades.graded,
    Intent.YES_NO: _whether_graded,
    Intent.POINTS: points.improvements,
    Intent.LOOKED_AT: scope.looked_at,
    Intent.VISITS: _which_or_how_many_visits,
    Intent.FIGURE: _how_many,
    Intent.HELD: held.held,
    Intent.COUNT: counts.counted,
    Intent.TIMELINE: chat.tell_timeline,
    Intent.CHANGES: chat.tell_changes,
    Intent.COMPARE: chat.tell_comparison,
    Intent.BRIEF: chat.tell_brief,
}
_OF_SEVERAL_EVENTS = frozenset(
    (
        *(Intent.HELD, Intent.COUNT),
        *(Intent.CHANGES, Intent.COMPARE, Intent.BRIEF),
    )
)
"""Intents whose answer is not a fact of the inspections that a question means; what changed is, of
a judgement that is named.
"""
_JOINED = frozenset((Intent.WHO, Intent.WHEN, Intent.GRADE, Intent.LOOKED_AT, Intent.POINTS))
"""Facts of one inspection that one question may ask for two of."""
_TOLD_WITH = {
    Intent.BRIEF: (Intent.GRADE, Intent.POINTS, Intent.LOOKED_AT, Intent.CHANGES),
    Intent.CHANGES: (Intent.TIMELINE, Intent.GRADE, Intent.POINTS),
    Intent.COMPARE: (Intent.GRADE, Intent.POINTS),
    Intent.TIMELINE: (Intent.VISITS, Intent.GRADE, Intent.WHEN, Intent.CHANGES),
    Intent.VISITS: (Intent.TIMELINE, Intent.GRADE, Intent.WHEN, Intent.COUNT),
    Intent.WHY: (Intent.GRADE,),
    Intent.GRADE: (Intent.YES_NO, Intent.TIMELINE, Intent.COMPARE),
    Intent.YES_NO: (Intent.GRADE,),
    Intent.COUNT: (Intent.WHEN, Intent.VISITS, Intent.GRADE, Intent.FIGURE, Intent.POINTS),
    Intent.FIGURE: (Intent.COUNT,),
}
"""What the answer to an intent tells besides."""
OVER_TIME = 0.9
"""Probability from which a question sets a matter of its own at several times side by side ("how
has private fostering moved?"): inspections in order answer it only where that is all but sure.
"""
_WHOLE = (Intent.BRIEF, Intent.WHY)
TELLS_ALL, MARGIN = 0.8, 0.1
"""Intents whose answer tells the first one's too; likelihood from which on it is given, and by how
much it is the likelier (``evals/LOG.md`` #matters-1)."""
SECOND = 0.2
"""Probability from which a question wants a second fact too ("when was it, and what grade?")."""


def facts_wanted(intents: Mapping[Intent, float]) -> dict[Intent, float]:
    """Return the likeliest intent, with the next where both are facts and it is likely too.

    An intent whose answer tells what another wants too is as likely as both, and goes first where
    that is likelier by far ("grades, what's good, what isn't, in four lines": a brief).
    """
    first, second = sorted(intents, key=lambda intent: -intents[intent])[:2]
    both = {first, second} <= _JOINED and intents[second] >= SECOND
    told = {
        one: min(intents[one] + sum(intents[other] for other in _TOLD_WITH.get(one, ())), 1.0)
        for one in (first, second)
    }
    if second in _WHOLE and told[second] >= max(TELLS_ALL, told[first] + MARGIN):
        return {second: told[second]}
    wanted = {first: told[first]}
    return {**wanted, second: intents[second]} if both else wanted


def tells_too(intent: Intent, other: Intent) -> bool:
    """Return whether the answer to one intent tells what another wants too."""
    return other in _TOLD_WITH.get(intent, ())


def answer_from_facts(
    question: str, query: Query, wanted: Mapping[Intent, float], corpus: Corpus
) -> FactAnswer | None:
    """Answer a question from events; a second fact is told where it comes to the same status.

    Args:
        question: as asked, or as understood with its history.
        query: what it names.
        wanted: what sorts of answer it wants, the likeliest first, as ``facts_wanted`` gives them.
        corpus: the open index as facts see it.

    Returns:
        None where facts do not concern the question: the reading path goes on.
    """
    (intent, chance), *others = wanted.items()
    found = _fact(question, query, intent, corpus)
    if found is None:
        return None
    for other, likely in others:
        more = _fact(question, query, other, corpus)
        if more is not None and more.status is found.status:
            notes = tuple(dict.fromkeys((*found.notes, *more.notes)))
            found = replace(found, draft=found.draft.join(more.draft), notes=notes)
            chance += likely
    return replace(found, chance=chance)


def _fact(question: str, query: Query, intent: Intent, corpus: Corpus) -> FactAnswer | None:
    """Return the fact that one intent wants; None where facts do not concern the question."""
    answer = _ANSWERERS.get(intent)
    if answer is None:
        return None
    query, corpus = replace(query, question=question), corpus.filtered(query.filters)
    found = answer(query, corpus)
    if found is None:
        return None
    graded = intent is Intent.CHANGES and judgements_named(query.topic)
    several = intent is Intent.COUNT and len(query.authorities) != 1
    if several and counts.names_a_grade(query, corpus):
        return replace(found, settled=True)
    if intent in _OF_SEVERAL_EVENTS and not graded:
        return found
    if intent is Intent.VISITS:
        of_a_kind = any(one.certain and one.value in NAMES for one in query.kinds)
        return replace(found, settled=of_a_kind and len(query.authorities) == 1)
    if intent is Intent.TIMELINE:
        over_time = corpus.reader.sides(question)[Sides.TIMES] >= OVER_TIME
        return replace(found, settled=len(query.authorities) == 1 and not over_time)
    about = meant(query, corpus)
    sure = found.status is Status.PREMISE_CONTRADICTED
    return replace(found, settled=sure or (about.settled and about.named))
