"""Compose an answer of quotes: chosen evidence as quotes, letter by letter, nothing twice.

A quote is a finding with its turn: neighbours that answer too, or that limit or explain it, go with
it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answerers.choose import FOLDED, Chosen
from assistant.answerers.decide import Thresholds
from assistant.evidence.quoting import Quote, Quoter, overlapping
from assistant.question.scope import age
from assistant.rendering.draft import Draft
from index.store.collection import Collection
from index.types import Evidence

BELONGS = 0.4
"""Probability from which a neighbour of a quoted sentence is quoted with it."""
ANSWERS_TOO = 0.15
"""Share of the best one's probability from which a neighbour of a quoted sentence, which answers
too, is quoted with it (``evals/LOG.md`` #neighbours-1)."""
LISTED = 0.6
"""Share of a list that answers, from which on all of it is quoted."""
ALIKE = 0.8
"""Share of their words that two quotes have in common which say the same."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A chosen sentence, and the quotes that show it."""

    item: Evidence
    quotes: tuple[Quote, ...]


class Composer:
    """Writes chosen evidence out as quotes.

    Args:
        collection: the documents quoted.
        limit: what belongs beside a quoted sentence.
    """

    def __init__(self, collection: Collection, limit: Thresholds) -> None:
        self._collection = collection
        self._limit = limit

    def write(self, draft: Draft, chosen: Chosen, evidence: Sequence[Evidence]) -> Draft:
        """Add quotes to ``draft``; what overlaps or says the same as one before is left out."""
        beside = Beside.of(evidence, chosen.shown)
        taken: list[Quote] = []
        shown = self._findings(chosen.shown, beside, taken, chosen.most)
        for finding in _by_letter(shown, chosen.newest_first):
            for quote in finding.quotes:
                draft.quote(finding.item.identity, quote, False)
        known = {finding.item for finding in shown}
        rest = [item for item in (*chosen.shown, *chosen.more) if item not in known]
        for finding in self._findings(rest, beside, taken, FOLDED, more=True):
            for quote in finding.quotes:
                draft.quote(finding.item.identity, quote, True)
        return draft

    def _findings(
        self,
        items: Sequence[Evidence],
        beside: Beside,
        taken: list[Quote],
        most: int,
        more: bool = False,
    ) -> list[Finding]:
        """Return up to ``most`` findings that are not quoted yet; adds to ``taken``."""
        found: list[Finding] = []
        for item in items:
            if len(found) == most:
                break
            quotes = self._quotes(item, beside, taken, more)
            taken += quotes
            if quotes:
                found.append(Finding(item, tuple(quotes)))
        return found

    def _quotes(
        self,
        item: Evidence,
        beside: Beside,
        shown: Sequence[Quote],
        more: bool,
    ) -> list[Quote]:
        doc_id = item.identity.doc_id
        quoter = Quoter(self._collection.document(doc_id))
        quote = quoter.quote(item.sentence.start, beside.quoted.get(doc_id, frozenset()))
        opens = quote.text.rstrip().endswith(":")
        listed = quoter.items_after(quote) if opens and not more else []
        empty = opens and shown and not listed
        if empty or overlapping(quote, shown) or says_the_same(quote, shown):
            return []
        before, after = quoter.beside(quote)
        parts = [part for part in (before, quote, after, *listed) if part]
        if not more and (whole := _mostly_answering(quoter, item, beside)):
            parts = whole
        return [part for part in parts if not overlapping(part, shown)]


@dataclass(frozen=True, slots=True)
class Beside:
    """Where sentences begin, by document, that go with what is shown.

    Attributes:
        quoted: those quoted with a finding beside them: they belong to it, answer too, or are
            shown themselves.
        listed: those that make a list one of findings: what belongs, and what is shown.
    """

    quoted: Mapping[str, frozenset[int]]
    listed: Mapping[str, frozenset[int]]

    @staticmethod
    def of(evidence: Sequence[Evidence], shown: Sequence[Evidence]) -> Beside:
        """Return what goes with ``shown``, of all that was read."""
        least = ANSWERS_TOO * max((item.score for item in evidence), default=0.0)
        belong = [*shown, *(item for item in evidence if item.belongs >= BELONGS)]
        answer = [item for item in evidence if item.score >= least]
        return Beside(_starts([*belong, *answer]), _starts(belong))


def _starts(items: Sequence[Evidence]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for item in items:
        found.setdefault(item.identity.doc_id, set()).add(item.sentence.start)
    return {doc_id: frozenset(starts) for doc_id, starts in found.items()}


def _mostly_answering(quoter: Quoter, item: Evidence, beside: Beside) -> list[Quote]:
    """Return the list that a finding stands in, where most of it answers: a list is whole."""
    items = quoter.list_around(item.sentence.start)
    starts = beside.listed.get(item.identity.doc_id, frozenset())
    found = sum(any(i.start <= start < i.end for start in starts) for i in items)
    return items if len(items) > 2 and found >= LISTED * len(items) else []


def says_the_same(quote: Quote, shown: Sequence[Quote]) -> bool:
    """Return whether the same was quoted already from the same document, a few words aside."""
    words = _words(quote)
    others = [_words(other) for other in shown if other.doc_id == quote.doc_id]
    return any(_alike(words, other) for other in others)


_TURNING = frozenset(
    ("not", "no", "never", "without", "most", "some", "few", "all", "many", "more", "less")
)


def _words(quote: Quote) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", quote.text.lower()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    differing = one ^ other
    told_apart = differing & _TURNING or any(word.isdigit() for word in differing)
    return not told_apart and len(one & other) >= ALIKE * len(one | other)


def _by_letter(findings: Sequence[Finding], newest_first: bool) -> list[Finding]:
    """Return findings letter by letter, in the order given or Ofsted's own newest first."""
    by_letter: dict[str, list[Finding]] = {}
    for finding in findings:
        by_letter.setdefault(finding.item.identity.doc_id, []).append(finding)
    groups = list(by_letter.values())
    if newest_first:
        groups.sort(key=lambda group: age(group[0].item.identity))
    return [finding for group in groups for finding in group]
