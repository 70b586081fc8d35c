"""Which sides a question wants heard: several places, or one place at several times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.rendering import labels
from index.timing import PUBLISHED_LATER, fit
from index.types import Identity, Query, Sides

MOST_PLACES, MOST_TIMES = 8, 5
"""Sides that are heard at most; of more places each would be heard too little."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question.

    Attributes:
        name: what it is called in a sentence.
        doc_ids: the documents that speak for it.
        named: whether the question names it.
    """

    name: str
    doc_ids: frozenset[str]
    named: bool = False


def sides_of(
    query: Query, allowed: Sequence[Identity], wanted: Mapping[Sides, float], likely: float
) -> tuple[Side, ...]:
    """Return the sides to hear, the newest first; empty where one answer suffices.

    Args:
        query: what the question names.
        allowed: the documents that may answer.
        wanted: how likely it wants what sides.
        likely: from when on it does.
    """
    names = {mention.value for mention in query.authorities}
    own = [i for i in allowed if i.authority_name in names] if names else list(allowed)
    places = sorted({i.authority_name for i in own if i.authority_name})
    if len(names) > 1 or (not names and wanted[Sides.PLACES] >= likely):
        found = _places(query, own, places)
        return found if 1 < len(found) <= MOST_PLACES else ()
    if len(places) == 1 and (len(query.periods) > 1 or wanted[Sides.TIMES] >= likely):
        found = _times(query, own)
        return found if len(found) > 1 else ()
    return ()


def _places(query: Query, own: Sequence[Identity], places: Sequence[str]) -> tuple[Side, ...]:
    """Return a side for each place: its documents of the times named, or all of them."""
    sides = []
    for place in places:
        theirs = [i for i in own if i.authority_name == place]
        fitting = [i for i in theirs if _fits(i, query)]
        ids = frozenset(i.doc_id for i in fitting or theirs)
        sides.append(Side(place, ids, bool(query.authorities)))
    return tuple(sides)


def _times(query: Query, own: Sequence[Identity]) -> tuple[Side, ...]:
    """Return a side for each document: those of several times named, else the newest, of one time
    named those from then on.
    """
    since = query.periods[0].value.start if len(query.periods) == 1 else None
    if len(query.periods) > 1:
        chosen = [i for i in own if _fits(i, query)]
    else:
        chosen = [i for i in own if since is None or i.dated is None or i.dated >= since]
    chosen.sort(key=lambda i: (i.dated or date.min, i.doc_id))
    newest = chosen[::-1][:MOST_TIMES]
    return tuple(Side(labels.short(i), frozenset({i.doc_id})) for i in newest)


def _fits(identity: Identity, query: Query) -> bool:
    return any(fit(identity, mention.value) >= PUBLISHED_LATER for mention in query.periods)
