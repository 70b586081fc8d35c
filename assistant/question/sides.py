"""Which sides a question wants heard: several places, or one place at several times."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.question.resolved import Resolved
from assistant.rendering.names import short
from index.ports import Reader
from index.query.date_fit import PUBLISHED_LATER, fit
from index.types import Identity, Mention, Period, Query, Sides

MOST_PLACES, MOST_TIMES = 8, 5
"""Sides that are heard at most; of more places each would be heard too little."""
OF_NO_ONE_PLACE = "documents about no single authority"


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a question.

    Attributes:
        name: what it is called in a sentence.
        doc_ids: the documents that speak for it; empty where none that is meant is held.
        named: whether the question names it.
        timed: whether it is one time of one place.
        first: whether that is the one time that the question names, by itself or as the newest.
    """

    name: str
    doc_ids: frozenset[str]
    named: bool = False
    timed: bool = False
    first: bool = False


def asked_of(resolved: Resolved, reader: Reader) -> dict[Sides, float]:
    """Return how likely whose sides are asked: of a follow-up, which stands behind the question
    before, by its own words and by the whole alike.
    """
    whole = reader.sides(resolved.question)
    own = reader.sides(resolved.typed or resolved.question)
    return {sides: (whole[sides] + own[sides]) / 2 for sides in whole}


def sides_of(
    query: Query,
    held: Sequence[Identity],
    meant: frozenset[str],
    wanted: Mapping[Sides, float],
    likely: float,
    of_place: Mapping[str, frozenset[str]] | None = None,
) -> tuple[Side, ...]:
    """Return the sides to hear; empty where one answer suffices.

    Args:
        query: what the question names.
        held: the documents that may answer: those that filters and whoever is to tell leave.
        meant: those of the inspections that its times mean, where it names a closed time; they
            alone are heard of several places.
        wanted: how likely it wants what sides.
        likely: from when on it does.
        of_place: those meant of a place that is named with a time of its own.
    """
    if len(query.authorities) > 1:
        return _named(query, held, meant, of_place or {})
    if not query.authorities and wanted[Sides.PLACES] >= likely:
        return _unnamed(held, meant)
    if len(query.periods) > 1 or wanted[Sides.TIMES] >= likely:
        return _times(query, held, meant)
    return ()


def _named(
    query: Query,
    held: Sequence[Identity],
    meant: frozenset[str],
    of_place: Mapping[str, frozenset[str]],
) -> tuple[Side, ...]:
    """Return a side for each place named; none where a name may mean either of several."""
    have = {i.authority_name for i in held}
    names = [m.value for m in query.authorities if m.certain or m.value in have]
    sides = tuple(
        Side(name, _of(held, name, of_place.get(name, meant)), named=True)
        for name in dict.fromkeys(names)
    )
    return sides if len(sides) > 1 else ()


def _unnamed(held: Sequence[Identity], meant: frozenset[str]) -> tuple[Side, ...]:
    """Return a side for each place held, unless they are too many."""
    names = sorted({i.authority_name or "" for i in held})
    sides = [Side(name or OF_NO_ONE_PLACE, _of(held, name, meant)) for name in names]
    told = tuple(side for side in sides if side.doc_ids)
    return told if 1 < len(told) <= MOST_PLACES else ()


def _of(held: Sequence[Identity], name: str, meant: frozenset[str]) -> frozenset[str]:
    own = frozenset(i.doc_id for i in held if (i.authority_name or "") == name)
    return own & meant if meant else own


def _told(identity: Identity, time: Mention[Period]) -> bool:
    """Whether a document is of a time, or undated, so that it may tell of one without an end."""
    open_ended = identity.dated is None and time.value.end is None
    return open_ended or fit(identity, time.value) >= PUBLISHED_LATER


def _times(query: Query, held: Sequence[Identity], meant: frozenset[str]) -> tuple[Side, ...]:
    """Return a side for each document of the one place: those of several times or of a span that
    the question names, else the newest, of one time named those from then on.
    """
    names = {m.value for m in query.authorities} or {i.authority_name or "" for i in held}
    if len(names) > 1:
        return ()
    own = [i for i in held if (i.authority_name or "") in names]
    chosen = [i for i in own if i.doc_id in meant or any(_told(i, m) for m in query.periods)]
    if len(query.periods) < 2 and len(chosen) < 2:
        since = query.periods[0].value.start if query.periods else None
        chosen = [i for i in own if since is None or i.dated is None or i.dated >= since]
    chosen.sort(key=lambda i: (i.dated or date.min, i.doc_id), reverse=True)
    one = meant if len(query.periods) == 1 else frozenset[str]()
    if query.order == "newest" and not query.periods:
        one = frozenset(i.doc_id for i in chosen[:1])
    sides = [
        Side(short(i), frozenset({i.doc_id}), timed=True, first=i.doc_id in one)
        for i in chosen[:MOST_TIMES]
    ]
    return tuple(sides) if len(sides) > 1 else ()
