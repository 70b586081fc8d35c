"""How much evidence an answer shows: what answers, by letter, and no more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extractive.asking import Asked
from assistant.extractive.evidence import asks_proceedings, is_procedure
from assistant.extractive.parts import parts_of
from index.types import Evidence, Query

MARGIN = 0.23
"""Evidence further than this below the best is not shown (evals/LOG.md)."""
FAR = 0.5
"""A document further than this below the best is heard in a survey with one sentence only."""
SHOWN, COUNTED, FOLDED = 5, 3, 4
"""Pieces of evidence shown, shown for one figure, and folded away."""
PER_PLACE = 2
PER_DOCUMENT = 3

_QUANTITY = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|"
    r"hundred|dozen|once|twice|half|quarter|third|weekly|monthly|daily|fortnightly|quarterly|"
    r"annual(?:ly)?|yearly|doubled|none|all but one|only one|one)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """Evidence to show.

    Attributes:
        shown: in the order to cite.
        more: folded away until asked for.
    """

    shown: tuple[Evidence, ...]
    more: tuple[Evidence, ...]


def has_quantity(text: str) -> bool:
    """Whether a sentence holds a number, a share or a frequency."""
    return bool(_QUANTITY.search(text))


def choose(evidence: Sequence[Evidence], asked: Asked, query: Query, survey: bool) -> Chosen:
    """Choose from evidence that is sorted best first.

    Several places named get their own share each; a survey ("what did inspectors say about
    …") takes the best of every document; a question for a number takes sentences with one.
    """
    pool = _telling(evidence, query)
    if asked.count:
        pool = [e for e in pool if has_quantity(e.text)] + [
            e for e in pool if not has_quantity(e.text)
        ]
        if pool and has_quantity(pool[0].text):
            best = pool[0].score
            pool = [e for e in pool if has_quantity(e.text) or e.score > best]
    if survey:
        return _by_document(pool)
    names = [m.value for m in query.authorities]
    held = {e.identity.authority_name for e in pool}
    places = [name for name in names if name in held]
    if len(places) > 1:
        return _by_place(pool, places)
    return _best(pool, COUNTED if asked.count and len(parts_of(query.topic)) == 1 else SHOWN)


def near_best(evidence: Sequence[Evidence]) -> frozenset[tuple[str, int]]:
    """Document and start of the sentences that answer about as well as the best one."""
    best = max((e.score for e in evidence), default=0.0)
    near = (e for e in evidence if e.score >= best - MARGIN)
    return frozenset((e.identity.doc_id, e.sentence.start) for e in near)


def _telling(evidence: Sequence[Evidence], query: Query) -> list[Evidence]:
    """Evidence without what tells how a visit was made, unless that is asked or is all."""
    found = [item for item in evidence if not is_procedure(item.sentence, item.text)]
    return found if found and not asks_proceedings(query.topic) else list(evidence)


def _best(pool: Sequence[Evidence], most: int) -> Chosen:
    if not pool:
        return Chosen((), ())
    best = max(e.score for e in pool)
    near = [e for e in pool if e.score >= best - MARGIN]
    rest = [e for e in pool if best - 2 * MARGIN <= e.score < best - MARGIN]
    shown = near[:most]
    return Chosen(tuple(shown), tuple([*near[most:], *rest][:FOLDED]))


def _by_place(pool: Sequence[Evidence], places: Sequence[str]) -> Chosen:
    shown: list[Evidence] = []
    more: list[Evidence] = []
    for place in places:
        own = [e for e in pool if e.identity.authority_name == place]
        near = [e for e in own if e.score >= own[0].score - MARGIN]
        shown += near[:PER_PLACE]
        more += near[PER_PLACE : PER_PLACE + 2]
    return Chosen(tuple(shown), tuple(more[:FOLDED]))


def _by_document(pool: Sequence[Evidence]) -> Chosen:
    shown: list[Evidence] = []
    more: list[Evidence] = []
    best = pool[0].score if pool else 0.0
    doc_ids = dict.fromkeys(e.identity.doc_id for e in pool)
    each = PER_PLACE if len(doc_ids) <= SHOWN else 1
    for doc_id in doc_ids:
        own = [e for e in pool if e.identity.doc_id == doc_id]
        near = [e for e in own if e.score >= max(own[0].score - 2 * MARGIN, best - FAR)] or own[:1]
        shown += near[:each]
        more += near[each : PER_DOCUMENT if each > 1 else PER_PLACE]
    return Chosen(tuple(shown), tuple(more))
