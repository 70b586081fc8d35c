"""Understand a question, made whole with the turns before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from assistant.answerers.decide import Thresholds
from assistant.answerers.typed import STRAYS
from assistant.facts import Corpus
from assistant.facts.area import area_of
from assistant.facts.leaning import slant_of
from assistant.facts.moved import at_its_outcome, held_then, moved
from assistant.question.history import LIKELY, resolve
from assistant.question.placing import names_a_time
from assistant.question.readable import readable
from assistant.question.resolved import Resolved, Ways
from assistant.types import Ask
from index.ports import Reader
from index.retrieval.retriever import HybridRetriever
from index.types import Intent, Query, Sides, Slant, When

OF_INSPECTIONS = (Intent.GRADE, Intent.VISITS, Intent.TIMELINE)
"""Intents of which inspections tell, whatever matter was asked about before."""
FEW = 3
"""Words of a question that only points at what was shown."""

OF_AN_ANSWER = 0.5
"""Probability from which on one side of an answer is asked for, where that is asked for again."""
AGAIN = 0.4
"""Probability from which on one side of what was shown is asked for, whatever names a matter."""
SEEN_FROM = 0.82
"""Probability from which a time in a question means the inspection before it, after it or all
since: of 1,592 questions that name one, what is rightly moved begins at .84 (``evals/LOG.md``
#by-hand-1).
"""


class Whole:
    """Makes questions whole.

    Args:
        retriever: understands what a question names.
        corpus: of which a question may mean another inspection than the one before.
        reader: tells what a question wants and takes from the one before.
        limit: what its probabilities must reach.
    """

    def __init__(
        self, retriever: HybridRetriever, corpus: Corpus, reader: Reader, limit: Thresholds
    ) -> None:
        self._retriever, self._corpus = retriever, corpus
        self._reader, self._limit = reader, limit

    def resolved(self, question: str, ask: Ask) -> Resolved:
        """Make a question whole with the turns before it; one without words takes nothing."""
        understand, corpus = self.understand(ask), self._corpus.filtered(ask.filters)
        if not asks(question):
            return Resolved(question, understand(question))
        whole = resolve(
            question,
            ask.history,
            Ways(
                understand,
                self._reader.leaning,
                self._reader.when,
                partial(moved, corpus=corpus),
                partial(held_then, corpus=corpus),
                self._counts,
                self._reshapes,
                self._sided,
                partial(slant_of, reader=self._reader, likely=OF_AN_ANSWER),
                self._compares,
                self._everywhere,
                self._here,
                self._times,
                self._tells,
                self._graded,
                partial(self._at_its_inspection, corpus=corpus),
            ),
        )
        return replace(whole, short=self._reader.short(question))

    def understand(self, ask: Ask) -> Callable[[str], Query]:
        """Return what reads a question alone, under the filters of ``ask``."""
        return lambda text: self._retriever.understood(readable(text), ask.k, ask.filters)

    def _at_its_inspection(self, query: Query, corpus: Corpus) -> Query:
        """Return a query that names one time at the inspection that it means, seen from that one
        ("the inspection after the 2016 one"), at both where it sets times side by side; one that
        names no time, at the inspection that it names by its grade ("the one that called it RI").
        """
        if not names_a_time(query) and not query.previous:
            by, chance = max(self._reader.named_by(query.question).items(), key=lambda one: one[1])
            return at_its_outcome(query, by, corpus) if chance >= LIKELY else query
        named = query.periods[0] if len(query.periods) == 1 else None
        if not named or query.previous or None in (named.value.start, named.value.end):
            return query
        told = self._reader.anchored(query.question, named.words)
        when = max(told, key=lambda one: told[one])
        if when is When.SAME or told[when] < SEEN_FROM:
            return query
        at = moved(query, when, frozenset(), corpus)
        both = when is not When.SINCE and self._times(query.question)
        return replace(at, periods=(*query.periods, *at.periods)) if both else at

    def _reshapes(self, text: str) -> bool:
        return self._reader.intent(text)[Intent.RESHAPE] >= self._limit.likely

    def _sided(self, text: str) -> bool:
        """Whether "and the good bits?" is asked: for one side, of no matter of its own."""
        intents = self._reader.intent(text)
        again = intents[Intent.RESHAPE] >= AGAIN or not self._reader.matter(text)
        told = intents[Intent.RESHAPE] + intents[Intent.OPEN] + intents[Intent.BRIEF]
        sided = slant_of(text, self._reader) is not Slant.ANY
        return sided and again and told >= self._limit.likely

    def _compares(self, text: str) -> bool:
        intents = self._reader.intent(text)
        return max(intents, key=lambda intent: intents[intent]) is Intent.COMPARE

    def _everywhere(self, text: str) -> bool:
        """Whether "who else is weak on that?" is asked: what two heads are sure of together, in
        more than the few words that ask which of those shown ("which ones?").
        """
        surveys = self._reader.sides(text)[Sides.PLACES]
        counts = self._reader.intent(text)[Intent.COUNT]
        return (surveys + counts) / 2 >= self._limit.likely and len(text.split()) > FEW

    def _here(self, text: str) -> bool:
        """Whether a question that a document may answer asks of one place, now or over time."""
        sides, intents = self._reader.sides(text), self._reader.intent(text)
        strays = sum(intents[stray] for stray in STRAYS)
        return sides[Sides.PLACES] < 1 - self._limit.likely and strays < 1 - self._limit.likely

    def _times(self, text: str) -> bool:
        return self._reader.sides(text)[Sides.TIMES] >= self._limit.likely

    def _counts(self, text: str) -> bool:
        intents = self._reader.intent(text)
        return max(intents, key=lambda intent: intents[intent]) is Intent.FIGURE

    def _tells(self, text: str) -> bool:
        return max(self._reader.intent(text).values()) >= self._limit.likely

    def _graded(self, text: str, before: str) -> bool:
        """Whether grades or visits are surely asked for, without a matter, after a question on none
        of the areas that are judged ("how was it graded the time before?").
        """
        intents = self._reader.intent(text)
        sure = sum(intents[one] for one in OF_INSPECTIONS) >= self._limit.facts
        return sure and not (self._reader.matter(text) or area_of(before, self._reader))


def asks(question: str) -> bool:
    """Whether there is a word to read."""
    return bool(re.search(r"[A-Za-z]{2,}", question))
