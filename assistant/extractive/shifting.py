"""Another time than the one that a conversation stands at ("the year before?")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from assistant.types import CitedBefore
from index.timing import dates_of
from index.types import Identity, Mention, Period, Query

_ANOTHER = re.compile(
    r"\b(?:inspection|visit|report|one|letter|time)s? (after|before|following|since|prior to)\b|"
    r"\b(next|following|previous|earlier|later) (?:inspection|visit|report|letter|one|time)\b|"
    r"\b(before|previously|beforehand|since|afterwards|later|earlier)(?: (?:that|then))?\W*$",
    re.IGNORECASE,
)
_BACK = frozenset(("before", "previous", "previously", "beforehand", "earlier", "prior to"))
_YEARS = re.compile(
    r"\b(?:(the|a|one|two|three|four|five|\d) )?years? (before|earlier|after|later|on|previous)|"
    r"\bthe (previous|following|next) year\b",
    re.IGNORECASE,
)
_NUMBERS = {"the": 1, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


def shifted(
    question: str, before: Query, cited: Sequence[CitedBefore], held: Sequence[Identity]
) -> tuple[Mention[Period], ...]:
    """The time that a question names by its distance from the one before; () for none."""
    match = _YEARS.search(question)
    if not match:
        return _another(question, before, cited, held)
    count = _NUMBERS.get((match.group(1) or "the").lower(), 0) or int(match.group(1) or 1)
    back = (match.group(2) or match.group(3)).lower() in ("before", "earlier", "previous")
    start = next((m.value.start for m in before.periods if m.value.start), None) or next(
        (date.fromisoformat(c.dated) for c in cited if c.dated), None
    )
    if start is None:
        return ()
    year = start.year - count if back else start.year + count
    period = Period(date(year, 1, 1), date(year + 1, 1, 1) - timedelta(days=1))
    return (Mention(period, match.group(), certain=False),)


def _another(
    question: str, before: Query, cited: Sequence[CitedBefore], held: Sequence[Identity]
) -> tuple[Mention[Period], ...]:
    """The time after, or before, the inspection that the conversation stands at."""
    match = _ANOTHER.search(question)
    days = [day for m in before.periods for day in (m.value.start, m.value.end) if day]
    days = days or _days_of(cited, held)
    if not match or not days:
        return ()
    back = next(filter(None, match.groups())).lower() in _BACK
    one_day = timedelta(days=1)
    period = Period(None, min(days) - one_day) if back else Period(max(days) + one_day, None)
    return (Mention(period, match.group(), certain=False),)


def _days_of(cited: Sequence[CitedBefore], held: Sequence[Identity]) -> list[date]:
    """Days of the visits and letters quoted, so that "the visit before" is none of them."""
    quoted = {citation.doc_id for citation in cited}
    days = [day for identity in held if identity.doc_id in quoted for day in dates_of(identity)]
    return days or [date.fromisoformat(c.dated) for c in cited if c.dated]


def without_shift(text: str) -> str:
    """The question without the words that name such a distance."""
    return _ANOTHER.sub(" ", _YEARS.sub(" ", text))


def in_words(period: Period) -> str:
    """A time as a reader would write it."""
    if period.start and period.end:
        return str(period.start.year)
    if period.end:
        day = period.end + timedelta(days=1)
        return f"before {day.year if (day.month, day.day) == (1, 1) else f'{day:%-d %B %Y}'}"
    if period.start:
        day = period.start - timedelta(days=1)
        return f"after {day.year if (day.month, day.day) == (12, 31) else f'{day:%-d %B %Y}'}"
    return ""
