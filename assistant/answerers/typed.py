"""What typed facts say of a question, with the sort of answer that it wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assistant.answerers.decide import Known, Thresholds
from assistant.facts import Corpus, FactAnswer, answer_from_facts, facts_wanted
from assistant.facts.area import WHOLE, area_of, overview
from assistant.facts.leaning import slant_of
from assistant.facts.listed import of_the_list
from assistant.facts.spoken_of import of_the_inspector
from assistant.facts.tally import tallies
from assistant.question.resolved import Resolved
from assistant.question.sides import asked_of
from assistant.types import Status
from index.ports import Reader
from index.query.spelling import corrected
from index.types import Counted, Intent, Sides, Slant

WHETHER = 0.05
"""Probability from which a question on how a visit was made asks whether it was made so ("by
video?"): that is read, where it is not all but sure that the areas looked at are meant.
"""
STRAYS = (Intent.OUTSIDE, Intent.CHAT, Intent.TASK)
"""Intents that no document answers."""
OF_AN_AREA = (Intent.OPEN, Intent.BRIEF)
"""Intents of a question that an overview of the judged area answers which it is about."""
COUNTED_TOO = 0.2
"""Probability from which on a comparison of what each newest letter says tells a count of them too
(``evals/LOG.md`` #matters-1)."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What typed facts say of a question.

    Attributes:
        facts: None where they do not concern it.
        intents: how likely each sort of answer is wanted.
        intent: the likeliest.
        first: whether nothing was shown before it, and it names no place.
    """

    facts: FactAnswer | None
    intents: Mapping[Intent, float]
    intent: Intent
    first: bool = False

    @property
    def known(self) -> Known:
        """What the decision is told of it."""
        if self.facts is None:
            return Known(0.0)
        lacking = self.facts.status is Status.NOT_STATED and self.intent is not Intent.WHO
        unsure = self.intent is Intent.FIGURE or lacking
        whether = self.intents[Intent.YES_NO]
        if self.intent is Intent.LOOKED_AT and whether >= WHETHER:
            return Known(self.facts.chance - whether)
        return Known(self.facts.chance, self.facts.settled, unsure)

    @property
    def outside(self) -> float:
        """Probability that no document answers the question: one that asks for another form of an
        answer, where none was shown and no place is named, is such.
        """
        nothing = self.intents[Intent.RESHAPE] if self.first else 0.0
        return nothing + sum(self.intents[stray] for stray in STRAYS)


def typed(resolved: Resolved, corpus: Corpus, reader: Reader, limit: Thresholds) -> Typed:
    """Return what typed facts say of a question, whether or not that answers it.

    Args:
        limit: from when on an intent is likely, or all but sure.
    """
    intents = intents_of(resolved, reader, limit)
    wanted = facts_wanted(intents)
    facts = _of_what_was_shown(resolved, corpus, reader)
    intent = next(iter(wanted))
    if facts is None and intent in OF_AN_AREA:
        facts = _of_an_area(resolved, corpus, reader, limit)
    facts = facts or answer_from_facts(resolved.question, resolved.query, wanted, corpus)
    if facts and intent is Intent.COUNT and _surely_counts(resolved, reader, limit):
        facts = replace(facts, chance=1.0)
    first = not resolved.cited and not resolved.query.authorities
    return Typed(facts, intents, intent, first)


def _surely_counts(resolved: Resolved, reader: Reader, limit: Thresholds) -> bool:
    """Whether a count all but surely is of lists of points, or of every grade: then it is one, as
    no figure that a document prints is such (``evals/LOG.md`` #counts-2, #by-hand-2).
    """
    listed = reader.counted(resolved.question)[Counted.LISTED] >= limit.facts
    return listed or tallies(replace(resolved.query, question=resolved.question), reader)


def _of_an_area(
    resolved: Resolved, corpus: Corpus, reader: Reader, limit: Thresholds
) -> FactAnswer | None:
    """Return what is told of a judged area that is asked about as a whole, at one time."""
    keys = area_of(corrected(resolved.question, resolved.query.respelt), reader, WHOLE)
    sides = asked_of(resolved, reader)
    if not keys or max(sides[Sides.TIMES], sides[Sides.PLACES]) >= limit.likely:
        return None
    asked = (slant_of(text, reader) for text in (resolved.typed, resolved.question) if text)
    slant = next((one for one in asked if one is not Slant.ANY), Slant.ANY)
    query = replace(resolved.query, question=resolved.question)
    found = overview(query, keys, slant, corpus.filtered(query.filters))
    return replace(found, chance=1.0) if found else None


def _of_each_newest(resolved: Resolved, reader: Reader, limit: Thresholds) -> bool:
    """Whether the newest letter of every place, or of several, is to be heard: on one matter too
    they are set side by side, each read from end to end.
    """
    places = {mention.value for mention in resolved.query.authorities}
    each = resolved.query.order == "newest" and len(places) != 1
    return each and reader.sides(resolved.question)[Sides.PLACES] >= limit.likely


def intents_of(resolved: Resolved, reader: Reader, limit: Thresholds) -> Mapping[Intent, float]:
    """Return how likely each sort of answer is wanted: of a follow-up that has words of its own,
    by these and by the whole alike.

    What is wanted of each of several places is told by the question without their names too, where
    the whole is not sure ("line up the grades of …" hides in what compares; ``evals/LOG.md``
    #each-1); what differs between them is told by a comparison, and so is what the newest letter of
    every place says, and, where no intent is all but sure, a history of each.

    Args:
        limit: from when on an intent is likely, or all but sure.
    """
    found = reader.intent(resolved.question)
    if resolved.said:
        found = _mean(found, reader.intent(resolved.said))
    several = len({mention.value for mention in resolved.query.authorities}) > 1
    if several and max(found.values()) < limit.facts:
        found = _mean(found, reader.intent(resolved.query.topic))
    if several:
        found = _compared(found, Intent.CHANGES)
        if max(found.values()) < limit.facts:
            found = _compared(found, Intent.TIMELINE)
    if not _of_each_newest(resolved, reader, limit):
        return found
    found = _compared(found, Intent.OPEN)
    # "What does each say, and which say nothing?" is counted too.
    return _compared(found, Intent.COUNT) if found[Intent.COMPARE] >= COUNTED_TOO else found


def _compared(intents: Mapping[Intent, float], other: Intent) -> Mapping[Intent, float]:
    """Return intents where a comparison tells what another one wants."""
    both = intents[Intent.COMPARE] + intents[other]
    return {**intents, Intent.COMPARE: both, other: 0.0}


def _of_what_was_shown(resolved: Resolved, corpus: Corpus, reader: Reader) -> FactAnswer | None:
    """Return what a follow-up asks, by its own words, of the points or the person just shown."""
    if not resolved.cited:
        return None
    wanted, part = reader.intent(resolved.typed), corpus.filtered(resolved.query.filters)
    return of_the_list(resolved, wanted, part) or of_the_inspector(resolved, wanted, part)


def _mean(one: Mapping[Intent, float], other: Mapping[Intent, float]) -> Mapping[Intent, float]:
    return {intent: (one[intent] + other[intent]) / 2 for intent in one}
