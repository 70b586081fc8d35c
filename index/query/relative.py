"""Times named from today: "last year", "two years ago", "in the past three years"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date

from index.query.moments import Moment

_NUMBERS = {
    word: n
    for n, words in enumerate(
        (
            ("a", "an", "one"),
            ("two", "couple of", "a couple of"),
            ("three", "few", "a few"),
            ("four",),
            ("five",),
            ("six",),
            ("seven",),
            ("eight",),
            ("nine",),
            ("ten",),
        ),
        start=1,
    )
    for word in words
}
_NUMBER = (
    r"(\d{1,2}|" + "|".join(sorted(_NUMBERS, key=len, reverse=True)).replace(" ", r"\s+") + ")"
)
_AGO = re.compile(rf"\b{_NUMBER} (year|month)s? (?:ago|back)\b", re.IGNORECASE)
_PAST = re.compile(
    rf"\b(?:in|over|during|within|for)? ?the (?:last|past) (?:{_NUMBER} (?:year|month)s?|"
    r"year|month)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(last|this) (year|month)\b", re.IGNORECASE)


def relative_moments(text: str, today: date) -> Iterator[Moment]:
    """Yield every time named from ``today``, none inside another.

    "Last year" and "two years ago" are calendar years, "last month" a calendar month; "the past
    two years" ends today.
    """
    taken: list[tuple[int, int]] = []
    for pattern, make in ((_AGO, _ago), (_PAST, _past), (_NAMED, _named)):
        for match in pattern.finditer(text):
            start, end = match.span()
            if not any(start < last and first < end for first, last in taken):
                taken.append((start, end))
                first, last = make(match, today)
                yield Moment(start, end, first, last)


def _ago(match: re.Match[str], today: date) -> tuple[date, date]:
    return _calendar(_back(today, _count(match.group(1)), match.group(2)), match.group(2))


def _past(match: re.Match[str], today: date) -> tuple[date, date]:
    unit = "month" if "month" in match.group().lower() else "year"
    return _back(today, _count(match.group(1) or "one"), unit), today


def _named(match: re.Match[str], today: date) -> tuple[date, date]:
    back = 1 if match.group(1).lower() == "last" else 0
    return _calendar(_back(today, back, match.group(2)), match.group(2))


def _count(words: str) -> int:
    folded = " ".join(words.lower().split())
    return int(folded) if folded.isdigit() else _NUMBERS[folded]


def _back(today: date, count: int, unit: str) -> date:
    """Return the same day ``count`` years or months before, the last of a shorter month."""
    months = today.year * 12 + today.month - 1 - count * (12 if unit.lower() == "year" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _calendar(day: date, unit: str) -> tuple[date, date]:
    """Return the whole year, or the whole month, that ``day`` is in."""
    if unit.lower() == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
