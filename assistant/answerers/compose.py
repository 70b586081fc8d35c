"""Compose an answer of quotes: which sentences are shown, in which order, and as what quotes.

A quote is a finding with its turn: neighbours that answer too, or that limit or explain it, go with
it. Ofsted's own newest letter comes first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answerers.decide import Thresholds
from assistant.evidence.quoting import Quote, Quoter, overlapping
from assistant.evidence.reader import Look
from assistant.evidence.scanning import Scan
from assistant.question.sides import Side
from assistant.rendering.draft import Draft
from index.store.collection import Collection
from index.types import Evidence, Identity, Issuer, Query

SHOWN, FOLDED = 5, 4
"""Findings shown, and folded away."""
PER_PLACE, PER_DOCUMENT = 2, 3
SURVEYED = 8
"""Documents that a survey quotes from at most."""
BELONGS = 0.4
"""Probability from which a neighbour of a quoted sentence is quoted with it."""
LISTED = 0.6
"""Share of a list that answers, from which on all of it is quoted."""
ALIKE = 0.8
"""Share of their words that two quotes have in common which say the same."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Evidence to show, each item as one finding with what belongs to it.

    Attributes:
        shown: in the order of choosing.
        more: folded away until asked for.
        most: findings shown; what is beyond them is folded away too.
        newest_first: cited letter by letter, Ofsted's own newest first.
    """

    shown: tuple[Evidence, ...]
    more: tuple[Evidence, ...] = ()
    most: int = 99
    newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """A chosen sentence, and the quotes that show it."""

    item: Evidence
    quotes: tuple[Quote, ...]


def choose(
    evidence: Sequence[Evidence], query: Query, survey: Scan | None, limit: Thresholds
) -> Chosen:
    """Choose from evidence that is sorted best first."""
    if survey is not None:
        return _by_document(evidence, survey, limit)
    near = _near(evidence, limit)
    best = max((item.score for item in evidence), default=0.0)
    least = max(limit.answers, limit.shown**2 * best)
    timeless = not query.periods and not query.order
    if timeless and len(query.authorities) == 1:
        newest = _of_the_newest(evidence, least)
        near = [*newest, *(e for e in near if e not in newest)]
        near = _fewer_of_older(near)
    rest = [e for e in evidence if e not in near and e.score >= least]
    return Chosen(tuple(near), tuple(rest), SHOWN, timeless)


def _of_the_newest(evidence: Sequence[Evidence], least: float) -> list[Evidence]:
    """Return what Ofsted's newest letter answers: asked of a place at no time, it is never missing
    though an older one is surer.
    """
    newest = min((age(item.identity) for item in evidence), default=None)
    own = [e for e in evidence if age(e.identity) == newest and e.score >= least]
    return own[:PER_PLACE]


def _fewer_of_older(near: Sequence[Evidence]) -> list[Evidence]:
    """Leave one finding of each older letter: how it is now is not padded with how it was."""
    newest = min((age(item.identity) for item in near), default=None)
    seen: set[str] = set()
    left: list[Evidence] = []
    for item in near:
        if age(item.identity) == newest or item.identity.doc_id not in seen:
            left.append(item)
        seen.add(item.identity.doc_id)
    return left


def choose_of_sides(
    found: Look, sides: Sequence[Side], limit: Thresholds
) -> tuple[Chosen, list[Side]]:
    """Choose what each side says: side by side as they are given, or of a survey, whose sides
    nobody named, the surest first. Half of what answers alone is enough beside another side.

    Returns:
        And the sides of which nothing is shown.
    """
    each = PER_PLACE if len(sides) <= SHOWN else 1
    shown: list[Evidence] = []
    more: list[Evidence] = []
    silent: list[Side] = []
    for side in _in_order(found, sides, limit):
        read = [r for r in found.readings if r.hit.identity.doc_id in side.doc_ids]
        if max((r.whole for r in read), default=0.0) < limit.answers * limit.shown:
            silent.append(side)
            continue
        near = _of_side(found, side, limit, only=not shown)
        if not near:
            silent.append(side)
        shown += near[:each]
        more += near[each : 2 * each]
    return Chosen(tuple(shown), tuple(more[:FOLDED])), silent


def _of_side(found: Look, side: Side, limit: Thresholds, only: bool) -> list[Evidence]:
    """Return what one side says, newer letters first; of a place its newest letter's answer too.

    Args:
        only: no other side is shown yet, so that the likeliest stands though it is not likely.
    """
    own = [e for e in found.evidence if e.identity.doc_id in side.doc_ids]
    likely = [e for e in _near(own, limit) if e.score >= limit.answers * limit.shown]
    near = likely or (_near(own, limit)[:1] if side.named or only else [])
    if near and not side.timed:
        newest = _of_the_newest(own, max(limit.answers, limit.shown**2 * near[0].score))[:1]
        near = [*newest, *(item for item in near if item not in newest)]
    return sorted(near, key=lambda item: age(item.identity))


def _in_order(found: Look, sides: Sequence[Side], limit: Thresholds) -> list[Side]:
    """Return the sides with those first that are about as sure as the surest, side by side as they
    were given where the question is about these; else the surest first.
    """
    sure = {side: _best_of(found.evidence, side.doc_ids) for side in sides}
    if not any(side.named or side.timed for side in sides):
        return sorted(sides, key=lambda side: -sure[side])
    near = limit.shown * max(sure.values())
    return sorted(sides, key=lambda side: -2.0 if sure[side] >= near else -sure[side])


def _best_of(evidence: Sequence[Evidence], doc_ids: frozenset[str]) -> float:
    return max((e.score for e in evidence if e.identity.doc_id in doc_ids), default=0.0)


def _near(evidence: Sequence[Evidence], limit: Thresholds) -> list[Evidence]:
    best = max((item.score for item in evidence), default=0.0)
    return [item for item in evidence if item.score >= limit.shown * best]


def _by_document(evidence: Sequence[Evidence], survey: Scan, limit: Thresholds) -> Chosen:
    """Choose what each document says: what names the subject, or surely answers."""
    by_document: dict[str, list[Evidence]] = {}
    for item in evidence:
        if item.score >= limit.sure or survey.names(item.text):
            by_document.setdefault(item.identity.doc_id, []).append(item)
    groups = sorted(by_document.values(), key=lambda group: age(group[0].identity))[:SURVEYED]
    each = PER_PLACE if len(groups) <= SHOWN else 1
    shown = [item for group in groups for item in group[:each]]
    more = [item for group in groups for item in group[each:PER_DOCUMENT]]
    return Chosen(tuple(shown), tuple(more))


def _by_letter(findings: Sequence[Finding], newest_first: bool) -> list[Finding]:
    """Return findings letter by letter, in the order given or Ofsted's own newest first."""
    by_letter: dict[str, list[Finding]] = {}
    for finding in findings:
        by_letter.setdefault(finding.item.identity.doc_id, []).append(finding)
    groups = list(by_letter.values())
    if newest_first:
        groups.sort(key=lambda group: age(group[0].item.identity))
    return [finding for group in groups for finding in group]


def age(identity: Identity) -> tuple[bool, int]:
    """Return a key by which Ofsted's own documents sort first, newer before older, undated last."""
    dated = -identity.dated.toordinal() if identity.dated else 0
    return identity.issuer.value is not Issuer.OFSTED, dated


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
        belonging = _belonging(evidence, chosen.shown)
        taken: list[Quote] = []
        shown = self._findings(chosen.shown, belonging, taken, chosen.most)
        for finding in _by_letter(shown, chosen.newest_first):
            for quote in finding.quotes:
                draft.quote(finding.item.identity, quote, False)
        known = {finding.item for finding in shown}
        rest = [item for item in (*chosen.shown, *chosen.more) if item not in known]
        for finding in self._findings(rest, belonging, taken, FOLDED, more=True):
            for quote in finding.quotes:
                draft.quote(finding.item.identity, quote, True)
        return draft

    def _findings(
        self,
        items: Sequence[Evidence],
        belonging: Mapping[str, frozenset[int]],
        taken: list[Quote],
        most: int,
        more: bool = False,
    ) -> list[Finding]:
        """Return up to ``most`` findings that are not quoted yet; adds to ``taken``."""
        found: list[Finding] = []
        for item in items:
            if len(found) == most:
                break
            quotes = self._quotes(item, belonging, taken, more)
            taken += quotes
            if quotes:
                found.append(Finding(item, tuple(quotes)))
        return found

    def _quotes(
        self,
        item: Evidence,
        belonging: Mapping[str, frozenset[int]],
        shown: Sequence[Quote],
        more: bool,
    ) -> list[Quote]:
        doc_id = item.identity.doc_id
        quoter = Quoter(self._collection.document(doc_id))
        quote = quoter.quote(item.sentence.start, belonging.get(doc_id, frozenset()))
        opens = quote.text.rstrip().endswith(":")
        listed = quoter.items_after(quote) if opens and not more else []
        empty = opens and shown and not listed
        if empty or overlapping(quote, shown) or says_the_same(quote, shown):
            return []
        before, after = quoter.beside(quote)
        parts = [part for part in (before, quote, after, *listed) if part]
        if not more and (whole := self._mostly_answering(quoter, item, belonging)):
            parts = whole
        return [part for part in parts if not overlapping(part, shown)]

    def _mostly_answering(
        self, quoter: Quoter, item: Evidence, belonging: Mapping[str, frozenset[int]]
    ) -> list[Quote]:
        """Return the list that a finding stands in, where most of it answers: a list is whole."""
        items = quoter.list_around(item.sentence.start)
        starts = belonging.get(item.identity.doc_id, frozenset())
        found = sum(any(i.start <= start < i.end for start in starts) for i in items)
        return items if len(items) > 2 and found >= LISTED * len(items) else []


def _belonging(
    evidence: Sequence[Evidence], shown: Sequence[Evidence]
) -> dict[str, frozenset[int]]:
    """Return the starts of the sentences that go with a quote beside them, by document: those
    that belong to it, and those that are shown themselves.
    """
    found: dict[str, set[int]] = {}
    for item in (*shown, *(item for item in evidence if item.belongs >= BELONGS)):
        found.setdefault(item.identity.doc_id, set()).add(item.sentence.start)
    return {doc_id: frozenset(starts) for doc_id, starts in found.items()}


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


def contrary(evidence: Sequence[Evidence], limit: Thresholds) -> Chosen:
    """Return the likeliest of the sentences that deny what a question assumes."""
    near = _near(evidence, limit)
    return Chosen(tuple(e for e in near if e.contradicts >= limit.contradicts)[:PER_PLACE])
