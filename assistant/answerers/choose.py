"""Choose which evidence an answer shows, what it folds away, and in which order.

Of a place it is asked how it is now: Ofsted's own newest letter comes first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answerers.decide import Thresholds
from assistant.evidence.reader import Look
from assistant.evidence.scanning import SURVEYED, Scan
from assistant.question.scope import age, of_now
from assistant.question.sides import Side
from index.types import Evidence, Query

SHOWN, FOLDED, SHORT = 5, 4, 2
"""Findings shown, folded away, and shown where a short answer is asked for."""
PER_PLACE, PER_DOCUMENT = 2, 3


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


def choose(
    evidence: Sequence[Evidence],
    query: Query,
    survey: Scan | None,
    limit: Thresholds,
    short: bool = False,
) -> Chosen:
    """Choose from evidence that is sorted best first."""
    if survey is not None:
        return _by_document(evidence, survey, limit)
    near = _near(evidence, limit)
    best = max((item.score for item in evidence), default=0.0)
    least = max(limit.answers, limit.shown**2 * best)
    now = of_now(query)
    if now and len(query.authorities) == 1:
        near = _of_now(evidence, least, limit) or near
    rest = [e for e in evidence if e not in near and e.score >= least]
    return Chosen(tuple(near), tuple(rest), SHORT if short else SHOWN, now)


def _of_now(evidence: Sequence[Evidence], least: float, limit: Thresholds) -> list[Evidence]:
    """Return what Ofsted's newest letter that answers says: asked of a place at no time, how it
    was before is folded, unless that answers far more surely. Nothing where no letter of its own
    answers.
    """
    for newest in sorted({age(item.identity) for item in evidence}):
        own = [e for e in evidence if age(e.identity) == newest]
        if newest[0] or own[0].score < least:
            continue
        surest = [e for e in evidence if e.identity.doc_id == evidence[0].identity.doc_id]
        older = [] if own[0].score >= limit.shown * surest[0].score else _near(surest, limit)
        return [*_near(own, limit), *older[:PER_PLACE]]
    return []


def _of_the_newest(evidence: Sequence[Evidence], least: float) -> list[Evidence]:
    """Return what Ofsted's newest letter answers, at least so surely."""
    newest = min((age(item.identity) for item in evidence), default=None)
    own = [e for e in evidence if age(e.identity) == newest and e.score >= least]
    return own[:PER_PLACE]


def choose_of_sides(
    found: Look, sides: Sequence[Side], limit: Thresholds, short: bool = False
) -> tuple[Chosen, list[Side]]:
    """Choose what each side says: side by side as they are given, or of a survey, whose sides
    nobody named, the surest first. Half of what answers alone is enough beside another side.

    Returns:
        And the sides of which nothing is shown.
    """
    each = PER_PLACE if len(sides) <= SHOWN and not short else 1
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
    were given where the question is about these; else the surest first. Of several times the one
    that the question names goes before all, where it answers.
    """
    sure = {side: _best_of(found.evidence, side.doc_ids) for side in sides}
    if not any(side.named or side.timed for side in sides):
        return sorted(sides, key=lambda side: -sure[side])
    near = limit.shown * max(sure.values())

    def place(side: Side) -> float:
        if side.first and sure[side] >= limit.answers:
            return -3.0
        return -2.0 if sure[side] >= near else -sure[side]

    return sorted(sides, key=place)


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


def contrary(evidence: Sequence[Evidence], limit: Thresholds) -> Chosen:
    """Return the likeliest of the sentences that deny what a question assumes."""
    near = _near(evidence, limit)
    return Chosen(tuple(e for e in near if e.contradicts >= limit.contradicts)[:PER_PLACE])
