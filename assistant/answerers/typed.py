"""What typed facts say of a question, with the sort of answer that it wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answerers.decide import Known
from assistant.facts import Corpus, FactAnswer, answer_from_facts, facts_wanted
from assistant.question.history import Resolved
from assistant.types import Status
from index.ports import Reader
from index.types import Intent

STRAYS = (Intent.OUTSIDE, Intent.CHAT, Intent.TASK)
"""Intents that no document answers."""


@dataclass(frozen=True, slots=True)
class Typed:
    """What typed facts say of a question.

    Attributes:
        facts: None where they do not concern it.
        intents: how likely each sort of answer is wanted.
        intent: the likeliest.
    """

    facts: FactAnswer | None
    intents: Mapping[Intent, float]
    intent: Intent

    @property
    def known(self) -> Known:
        """What the decision is told of it."""
        if self.facts is None:
            return Known(0.0)
        lacking = self.facts.status is Status.NOT_STATED and self.intent is not Intent.WHO
        unsure = self.intent is Intent.FIGURE or lacking
        return Known(self.facts.chance, self.facts.settled, unsure)

    @property
    def outside(self) -> float:
        """Probability that no document answers the question."""
        return sum(self.intents[stray] for stray in STRAYS)


def typed(resolved: Resolved, corpus: Corpus, reader: Reader) -> Typed:
    """Return what typed facts say of a question, whether or not that answers it."""
    intents = _intents(resolved, reader)
    wanted = facts_wanted(intents)
    facts = answer_from_facts(resolved.question, resolved.query, wanted, corpus)
    return Typed(facts, intents, next(iter(wanted)))


def _intents(resolved: Resolved, reader: Reader) -> dict[Intent, float]:
    """Return how likely each sort of answer is wanted: of a follow-up that has words of its own,
    by these and by the whole alike.
    """
    whole = reader.intent(resolved.question)
    said = reader.intent(resolved.said) if resolved.said else whole
    return {intent: (whole[intent] + said[intent]) / 2 for intent in whole}
