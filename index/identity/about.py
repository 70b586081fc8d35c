"""Which authority a document is about: the one its heading names, never the file's name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

from index.identity.authorities import AuthorityMatch, authorities
from index.identity.reading import head
from index.identity.title import Heading
from index.types import CleanText, Kind, Proven, Span

_BOARD = re.compile(r"\d?\s*and\s+(?:joint\s+)?review\s+of\s+the\s+effectiveness", re.I)
_DATES = re.compile(r"inspection\s+dates?\s*:", re.I)
_OPENING = re.compile(r"\b(?:visit|inspection)\s+(?:to|of|in)\b", re.I)
_PROVIDER = 300
_TOP = 2500


def read_authority(
    clean: CleanText,
    kind: Kind,
    heading: Heading | None,
    title: Proven[str] | None,
    on: date | None,
) -> Proven[str] | None:
    """Return the authority by its canonical name, None where the text does not settle it.

    The heading decides; a report without a name in it prints its provider above or below; then
    the first sentence on the visit. Failing these, a name is taken only when it is the single
    one near the top, or is named at least three times as often as any other.

    Args:
        clean: the document.
        kind: what it is.
        heading: its inspection heading, None without one.
        title: the title.
        on: a day of the visit or publication, which settles names shared over time.
    """
    named = authorities().find(head(clean))
    among: frozenset[str] | None = None
    for start, end in _places(clean, kind, heading, title.span if title else None):
        here = [match for match in named if start <= match.start < end]
        settled = _settled(here, on, among)
        if settled:
            return _proven(*settled[0])
        among = among or frozenset(name for match in here for name in match.names) or None
    return _alone(named, authorities().find(clean.text), on, among)


def _places(
    clean: CleanText, kind: Kind, heading: Heading | None, title: Span | None
) -> list[tuple[int, int]]:
    text = clean.text
    places: list[tuple[int, int]] = []
    if title:
        board = _BOARD.search(text, title.start, title.end)
        places.append((title.start, board.start() if board else title.end))
    if heading and kind in (Kind.INSPECTION_REPORT, Kind.JOINT_INSPECTION):
        places.append((max(0, heading.span.start - _PROVIDER), heading.span.start))
        label = _DATES.search(text, heading.span.end, heading.span.end + _PROVIDER)
        if label:
            places.append((heading.span.end, label.start()))
    for found in _OPENING.finditer(text, 0, min(len(text), _TOP)):
        places.append((found.end(), found.end() + 80))
    return places


def _settled(
    matches: Sequence[AuthorityMatch], on: date | None, among: frozenset[str] | None
) -> list[tuple[str, AuthorityMatch]]:
    """Return the matches that stand for one authority on that day, with its name.

    Args:
        matches: in reading order.
        on: the day, None where it is not known.
        among: what an unsettled heading ("SBC") could mean: nothing else will do.
    """
    settled = []
    for match in matches:
        names = _valid(match.names, on)
        if len(names) == 1 and (among is None or names[0] in among):
            settled.append((names[0], match))
    return settled


def _valid(names: tuple[str, ...], on: date | None) -> tuple[str, ...]:
    """Return the names that existed on the day; a sole successor stands for one abolished."""
    if on is None:
        return names
    rows = authorities().rows
    if len(names) == 1:
        row = rows[names[0]]
        return row.successors if row.valid_to and on > row.valid_to else names
    return tuple(name for name in names if rows[name].valid_on(on))


def _proven(name: str, match: AuthorityMatch) -> Proven[str]:
    return Proven(name, Span(match.start, match.end))


def _alone(
    top: Sequence[AuthorityMatch],
    everywhere: Sequence[AuthorityMatch],
    on: date | None,
    among: frozenset[str] | None,
) -> Proven[str] | None:
    near = _settled([match for match in top if match.start < _TOP], on, among)
    if len({name for name, _ in near}) == 1:
        return _proven(*near[0])
    settled = _settled(everywhere, on, among)
    counts = Counter(name for name, _ in settled).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] < 3 * counts[1][1]):
        return None
    return _proven(*next(one for one in settled if one[0] == counts[0][0]))
