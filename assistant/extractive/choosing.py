"""How much evidence an answer shows: what answers, by letter, and no more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extractive.asking import Asked
from index.types import Evidence, Query

MARGIN = 0.2
"""Evidence further than this below the best is not shown (evals/LOG.md)."""
FAR = 0.5
"""A document further than this below the best is heard in a survey with one sentence only."""
SHOWN, FOLDED = 5, 4
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
    pool = list(evidence)
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
    return _best(pool)


def _best(pool: Sequence[Evidence]) -> Chosen:
    if not pool:
        return Chosen((), ())
    best = max(e.score for e in pool)
    near = [e for e in pool if e.score >= best - MARGIN]
    rest = [e for e in pool if best - 2 * MARGIN <= e.score < best - MARGIN]
    shown = near[:SHOWN]
    return Chosen(tuple(shown), tuple([*near[SHOWN:], *rest][:FOLDED]))


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
    for doc_id in dict.fromkeys(e.identity.doc_id for e in pool):
        own = [e for e in pool if e.identity.doc_id == doc_id]
        near = [e for e in own if e.score >= max(own[0].score - 2 * MARGIN, best - FAR)] or own[:1]
        shown += near[:PER_PLACE]
        more += near[PER_PLACE:PER_DOCUMENT]
    return Chosen(tuple(shown), tuple(more))
