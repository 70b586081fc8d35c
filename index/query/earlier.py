"""The inspection before the latest: which dates "the previous inspection" means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from index.query.date_fit import dates_of, in_order
from index.query.periods import newest_words
from index.types import Identity, Kind, Mention, Period

_PUBLISHING = timedelta(days=120)
"""Within so long of a visit its report is published."""
_SORT = r"(?:(?:full|standard|short|focused|monitoring|ofsted|ilacs) )*"
_THING = r"(?:inspections?|visits?|reports?|letters?|judgements?)"
_LATEST = r"(?:last|latest|newest|most recent|current)"
_NOT_OF_THE_NEWEST = "".join(
    rf"(?<!{word} )(?<!{word} the )(?<!{word} its )(?<!{word} their )"
    for word in ("since", "after", "from", "than", "following", "until")
)
_PREVIOUS = re.compile(
    rf"{_NOT_OF_THE_NEWEST}\b(?:"
    rf"(?:previous|prior|preceding|penultimate|last but one|second[- ]{_LATEST}) {_SORT}{_THING}|"
    rf"last {_SORT}{_THING} but one|"
    rf"(?:(?:the )?one|{_THING}) before (?:the )?{_LATEST}(?: {_SORT}{_THING}| one)?|"
    rf"(?:{_THING} before that|(?:the )?(?:one|time) before)\b)",
    re.IGNORECASE,
)


def asks_previous(text: str) -> bool:
    """Say whether the one before the latest is meant ("the previous inspection")."""
    return _PREVIOUS.search(text) is not None


def previous_named(
    text: str, names: Sequence[str], kinds: Sequence[Kind], held: Sequence[Identity]
) -> tuple[Mention[Period], ...]:
    """Return the time of the second newest document of each authority named; never certain.

    Where the latest is named beside it, its time too. "Since the previous inspection" is told
    by the newest one, and names no time here.

    Args:
        names: authorities that the question names.
        kinds: the kinds it names for certain; documents of another are passed over.
    """
    match = _PREVIOUS.search(text)
    if not match:
        return ()
    latest = newest_words(text[: match.start()] + "; " + text[match.end() :])
    found = []
    for name in names:
        group = in_order([i for i in held if i.authority_name == name], kinds, newest=True)
        if len(group) > 1:
            found.append(_time_of(group[1], match.group()))
            found += [_time_of(group[0], latest)] if latest else []
    return tuple(found)


def _time_of(identity: Identity, words: str) -> Mention[Period]:
    days = dates_of(identity)
    return Mention(Period(min(days), max(days) + _PUBLISHING), words, certain=False)
