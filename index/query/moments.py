"""Single times that a question names: days, months, seasons, years; joins none of them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from index.types import Period

_MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "winter": (12, 12)}
_SEASONS |= {"early": (1, 4), "mid": (4, 9), "late": (9, 12)}
_SEASONS |= {"start": (1, 3), "beginning": (1, 3), "middle": (4, 9), "end": (10, 12)}
_SEASONS |= {"first half": (1, 6), "second half": (7, 12)}
_SEASON_FORMS = "|".join(sorted(_SEASONS, key=len, reverse=True))

_LAW_BEFORE = re.compile(r"\b(?:act|regulations?|rules|guidance|together)\W{0,2}(?:of )?$", re.I)
_LAW_AFTER = re.compile(r"\s+(?:\w+ ){0,2}(?:act|regulations)\b", re.I)

Groups = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time named at ``text[start:end]``; its period is closed at both ends."""

    start: int
    end: int
    first: date
    last: date


def moments(text: str) -> list[Moment]:
    """Return every time named, in order; longer forms win over what they contain.

    The year of a statute ("the Children Act 1989") is part of its name, not a time.
    """
    found: list[Moment] = []
    for pattern, make in _FORMS:
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < other.end and other.start < end for other in found):
                continue
            period = _made(make, match)
            if period and period.start and period.end:
                found.append(Moment(start, end, period.start, period.end))
    return sorted((m for m in found if not _of_a_law(text, m)), key=lambda m: m.start)


def _made(make: Callable[[Groups], Period | None], match: re.Match[str]) -> Period | None:
    try:
        return make(tuple(part or "" for part in match.groups()))
    except ValueError:  # no such day: 31 June
        return None


def _of_a_law(text: str, moment: Moment) -> bool:
    before, after = text[max(0, moment.start - 30) : moment.start], text[moment.end :]
    return bool(_LAW_BEFORE.search(before) or _LAW_AFTER.match(after))


def _day(groups: Groups) -> Period:
    at = date(int(groups[2]), _MONTHS[groups[1].lower()], int(groups[0]))
    return Period(at, at)


def _days(groups: Groups) -> Period | None:
    month, year = _MONTHS[groups[2].lower()], int(groups[3])
    first, last = date(year, month, int(groups[0])), date(year, month, int(groups[1]))
    return Period(first, last) if first <= last else None


def _month_first(groups: Groups) -> Period:
    return _day((groups[1], groups[0], groups[2]))


def _iso_day(groups: Groups) -> Period:
    at = date(int(groups[0]), int(groups[1]), int(groups[2]))
    return Period(at, at)


def _numeric_day(groups: Groups) -> Period:
    year = int(groups[2])
    at = date(year if year > 99 else 2000 + year, int(groups[1]), int(groups[0]))
    return Period(at, at)


def _month(groups: Groups) -> Period:
    month = _MONTHS[groups[0].lower()]
    return _months(int(groups[1]), month, month)


def _short_month(groups: Groups) -> Period:
    return _month((groups[0], f"20{groups[1]}"))


def _season(groups: Groups) -> Period:
    return _months(int(groups[1]), *_SEASONS[groups[0].lower()])


def _year(groups: Groups) -> Period:
    return _months(int(groups[0]), 1, 12)


def _short_year(groups: Groups) -> Period:
    return _months(2000 + int(groups[0]), 1, 12)


def _decade(groups: Groups) -> Period:
    part, first = groups[0].lower(), int(groups[1])
    start, end = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return Period(date(first + start, 1, 1), date(first + end, 12, 31))


def _years(groups: Groups) -> Period | None:
    first, second = int(groups[0]), int(groups[1])
    second = second if second > 99 else first // 100 * 100 + second
    return Period(date(first, 1, 1), date(second, 12, 31)) if first < second else None


def _financial_year(groups: Groups) -> Period | None:
    first, second = int(groups[0]), int(groups[1]) % 100
    if second != (first + 1) % 100:
        return None
    return Period(date(first, 4, 1), date(first + 1, 3, 31))


def _months(year: int, first: int, last: int) -> Period:
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_MONTH_ALONE = "(" + "|".join(name for name in _MONTHS if name != "may") + ")"
"""Months whose two-figure year needs no more: "may 16" is what a verb says of 16 of them."""
_YEAR = r"((?:19|20)\d{2})"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_SEASON = f"({_SEASON_FORMS})"
_NO_FIGURE, _NO_COUNT = r"(?<![\d£$.,/-])", r"(?![,.]\d|%| (?:children|cases|files))"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[Groups], Period | None]], ...] = (
    (_compiled(rf"\b{_DAY}\s?(?:-|–|to|and|&)\s?{_DAY}(?: of)? {_MONTH},? {_YEAR}\b"), _days),
    (_compiled(rf"\b{_DAY}(?: of)? {_MONTH},? {_YEAR}\b"), _day),
    (_compiled(rf"\b{_MONTH} {_DAY},? {_YEAR}\b"), _month_first),
    (_compiled(rf"\b{_YEAR}-(\d{{2}})-(\d{{2}})\b"), _iso_day),
    (_compiled(r"\b(\d{1,2})/(\d{1,2})/((?:19|20)\d{2}|\d{2})\b"), _numeric_day),
    (_compiled(rf"\b(\d{{1,2}})\.(\d{{1,2}})\.{_YEAR}\b"), _numeric_day),
    (_compiled(rf"\b{_YEAR}\s?[-/–]\s?(\d{{2}}|20\d{{2}})\b"), _financial_year),
    (_compiled(rf"\b{_YEAR}\s?[-–]\s?(20\d{{2}}|\d{{2}})\b"), _years),
    (_compiled(rf"\b{_MONTH},? {_YEAR}\b"), _month),
    (
        _compiled(rf"\b{_MONTH_ALONE} ['’]?([12]\d)\b(?![-–]| (?:to|and) \d| year){_NO_COUNT}"),
        _short_month,
    ),
    (_compiled(rf"\b{_SEASON}[- ](?:of )?{_YEAR}\b"), _season),
    (_compiled(r"\b(?:(early|mid|late)[- ])?((?:19|20)\d0)['’]?s\b"), _decade),
    (_compiled(r"(?<![\w'’])['’]([12]\d)\b(?!['’])"), _short_year),
    (
        _compiled(rf"{_NO_FIGURE}\b{_YEAR}(?:['’]s)?\b{_NO_COUNT}"),
        _year,
    ),
)
