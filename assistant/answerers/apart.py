"""Take a question apart that asks for several things, each part made whole."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.facts import Corpus, tells_too
from assistant.facts.meant import at_its_event
from assistant.question.parts import APART, first_part, needs, next_part, parts_of, without_matter
from assistant.question.placing import bare
from assistant.question.resolved import Resolved, Understand
from index.ports import Reader
from index.types import Intent

_COUNTED = frozenset((Intent.COUNT, Intent.COMPARE, Intent.OPEN))
"""What may be asked of each before the rest of it is counted."""
IN_THE_TEXT = frozenset((Intent.OPEN, Intent.YES_NO, Intent.WHY))
"""Intents that the text answers, whatever else is asked with them."""


class Apart:
    """Takes questions apart.

    Args:
        reader: tells where a question falls apart, and what each part wants.
        corpus: the events that parts are about.
        sure: probability from which an intent is all but sure.
    """

    def __init__(self, reader: Reader, corpus: Corpus, sure: float) -> None:
        self._reader = reader
        self._corpus = corpus
        self._sure = sure

    def parts(self, question: str, understand: Understand) -> tuple[str, ...]:
        """Return the words of each thing asked for; all of them where a part names but a place or
        a time, where the answer to one tells the next, and where one alone may ask for all that
        a letter says ("What did the 2023 visit say?"): what of that stands in the other; or says
        but in which form ("short version").
        """
        parts = parts_of(question, self._reader.gaps(question), APART)
        named = any(bare(text, understand(text)) for text in parts)
        wanted = [self._wanted(text) for text in parts]
        told = any(tells_too(*pair) for pair in pairwise(wanted))
        told = told or any(map(self._counts_the_rest, parts[1:], pairwise(wanted)))
        all_of_it = any(
            intent is Intent.BRIEF and self._reader.intent(text)[intent] < self._sure
            for text, intent in zip(parts, wanted, strict=True)
        )
        formed = Intent.RESHAPE in wanted
        return (question,) if named or told or all_of_it or formed else parts

    def whole(
        self,
        parts: Sequence[str],
        question: Resolved,
        resolve: Callable[[str], Resolved],
        understand: Understand,
    ) -> Iterator[Resolved]:
        """Yield each part made whole; a later one is about the inspection that the one before is
        about, where that is one.

        Args:
            question: all of it, made whole.
            resolve: makes a question whole with the turns before it.
        """
        part = first_part(resolve(parts[0]), question, _ends_a_sentence(parts[0], question.typed))
        yield part
        for text in parts[1:]:
            corpus = self._corpus.filtered(part.query.filters)
            at_event = replace(part, query=at_its_event(part.query, corpus))
            leans, read = self._reader.leaning, self.in_the_text(text)
            part = next_part(text, at_event, understand, leans, read)
            yield part

    def alone(
        self, text: str, part: Resolved, before: Resolved | None, understand: Understand
    ) -> Resolved:
        """Return a part with the matter of the one before it only where it needs that."""
        if before is None or needs(text, before, self._reader.leaning):
            return part
        return without_matter(text, part, understand)

    def in_the_text(self, text: str) -> bool:
        """Whether a part asks for what the text says, rather than for a fact."""
        return self._wanted(text) in IN_THE_TEXT

    def _counts_the_rest(self, text: str, wanted: tuple[Intent, Intent]) -> bool:
        """Whether a part, without a matter of its own, asks of whom what was counted or compared
        before does not hold ("which never?", "which say nothing?"), or for what is told with a
        count ("list them all", "for what?").
        """
        before, now = wanted
        counts = before in _COUNTED and now is Intent.COUNT
        told = before is Intent.COUNT and now not in IN_THE_TEXT
        return (counts or told) and not self._reader.matter(text)

    def _wanted(self, text: str) -> Intent:
        intents = self._reader.intent(text)
        return max(intents, key=lambda intent: intents[intent])


def _ends_a_sentence(part: str, question: str) -> bool:
    """Whether a part of a question ends a sentence of it."""
    return question.partition(part)[2].lstrip()[:1] in tuple(".?!")
