"""Authorities that a question names, misspelt ones too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.identity import AuthorityMatch, authorities
from index.types import Identity, Mention, Period

_SIDE = r"(north|south|east|west|central)"
_JOINED = r"\s*(?:,|/|\+|&|and|or|vs?\.?|versus|against|than|with|compared (?:to|with))\s*"
_SIDE_BEFORE = re.compile(rf"\b{_SIDE}{_JOINED}(?:the )?$", re.IGNORECASE)
_SIDE_AFTER = re.compile(rf"{_JOINED}{_SIDE}\b", re.IGNORECASE)
_ANY_SIDE = re.compile(rf"\b{_SIDE}(?:['’]?s)?\b", re.IGNORECASE)
_NAME = re.compile(rf"{_SIDE}\s+(.+)|(.+?)\s+{_SIDE}", re.IGNORECASE)


def authorities_named(
    text: str, held: Sequence[Identity], periods: Sequence[Period] = ()
) -> tuple[Mention[str], ...]:
    """Return canonical names in the order named, each once.

    Of an ambiguous form ("SBC") the authorities that something is held for are taken, all of
    them where that is none; an abolished authority brings its successors, those that existed
    at the times named where any did. None of these is certain.
    """
    table = authorities()
    have = {identity.authority_name for identity in held}
    found: dict[str, Mention[str]] = {}
    matches = [*table.find(text), *table.fuzzy(text)]
    matches += [twin for match in matches for twin in _twins(text, match)]
    for match in sorted(matches, key=lambda match: match.start):
        for name in _meant(match, have, periods):
            certain = match.certain and not match.successors
            found.setdefault(name, Mention(name, match.words, certain))
    return tuple(found.values())


def twin_named(text: str, name: str) -> tuple[Mention[str], ...]:
    """Return the twin of an authority that a text names by its side alone ("and the North?" where
    West Northamptonshire stands); never certain, empty where it names none.
    """
    whole = _NAME.fullmatch(name)
    if not whole:
        return ()
    for match in _ANY_SIDE.finditer(text):
        side = match.group(1)
        other = f"{side} {whole.group(2)}" if whole.group(2) else f"{whole.group(3)} {side}"
        twin = authorities().canonical(other)
        if twin and twin != name:
            return (Mention(twin, match.group(), certain=False),)
    return ()


def _meant(
    match: AuthorityMatch, have: set[str | None], periods: Sequence[Period]
) -> tuple[str, ...]:
    names = tuple(name for name in (*match.names, *match.successors) if name in have)
    if match.successors:
        names = tuple(name for name in names if _existed(name, periods)) or names
    return names or match.names


def _existed(name: str, periods: Sequence[Period]) -> bool:
    """Say whether there was such an authority at some time named; True where none is."""
    row = authorities().rows[name]
    return not periods or any(
        (row.valid_from is None or period.end is None or period.end >= row.valid_from)
        and (row.valid_to is None or period.start is None or period.start <= row.valid_to)
        for period in periods
    )


def _twins(text: str, match: AuthorityMatch) -> Iterator[AuthorityMatch]:
    """Yield the other of two that share a word: "North and West Northamptonshire"."""
    name = _NAME.fullmatch(match.words)
    if not name:
        return
    if name.group(2) and (side := _SIDE_BEFORE.search(text, 0, match.start)):
        start, end, other = side.start(), match.end, f"{side.group(1)} {name.group(2)}"
    elif name.group(3) and (side := _SIDE_AFTER.match(text, match.end)):
        start, end, other = match.start, side.end(), f"{name.group(3)} {side.group(1)}"
    else:
        return
    if canonical := authorities().canonical(other):
        yield replace(match, names=(canonical,), start=start, end=end, words=text[start:end])
