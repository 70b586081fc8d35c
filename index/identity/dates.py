"""Printed days and ranges: "24 November 2015 – 17 December 2015", "11 – 22 July 2022", 2022-07-11.

Reads runs of days as they are printed, filling month and year from the right. What a day means
(published, visited) is ``times.py``'s question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.types import Span

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
_DAY = (
    rf"{_WEEKDAY}(?:(\d{{4}})-(\d{{2}})-(\d{{2}})\b"
    rf"|(\d{{1,2}})[/.](\d{{1,2}})[/.](\d{{4}}|\d{{2}})\b"
    rf"|(\d{{1,2}})(?:st|nd|rd|th)?\b(?:\s+(?:of\s+)?({MONTH}),?(?:\s+(\d{{4}})\b)?)?)"
)
_BETWEEN = r"\s*(?:[-‐-―−,]|\b(?:and|to|until)\b)(?:\s*(?:and|to|until)\b)?\s*"
_ONE = re.compile(_DAY, re.I)
_RUN = re.compile(rf"(?<![\d/]){_DAY}(?:{_BETWEEN}{_DAY})*", re.I)


@dataclass(frozen=True, slots=True)
class Run:
    """Days printed in a row.

    Attributes:
        start, end: the first and the last day named; equal for a single day.
        span: where they stand.
    """

    start: date
    end: date
    span: Span


def runs(text: str, start: int = 0, end: int | None = None) -> Iterator[Run]:
    """Yield every complete run of days in ``text[start:end]``, in order.

    A run whose last day has no month or no year, or that names no real day, is none.
    """
    for found in _RUN.finditer(text, start, len(text) if end is None else end):
        days = _days(found.group())
        if days:
            yield Run(min(days), max(days), Span(found.start(), found.end()))


def _days(printed: str) -> list[date]:
    """Return the days of a run, empty where one of them cannot be told."""
    days: list[date] = []
    ones = list(_ONE.finditer(printed))
    years = {one[9] for one in ones if one[9]}
    month, year = 0, int(years.pop()) if len(years) == 1 else 0
    for one in reversed(ones):
        day, month, year = _parts(one, month, year)
        if not (month and year):
            return []
        try:
            read = date(year, month, day)
        except ValueError:
            return []
        if days and read > days[-1] and not (one[1] or one[6] or one[9]):
            read = read.replace(year=year - 1)
            year -= 1
        days.append(read)
    return days


def _parts(one: re.Match[str], month: int, year: int) -> tuple[int, int, int]:
    """Return (day, month, year), taking from the right what is not printed."""
    if one[1]:
        return int(one[3]), int(one[2]), int(one[1])
    if one[4]:
        full = int(one[6]) if len(one[6]) == 4 else 2000 + int(one[6])
        return int(one[4]), int(one[5]), full
    if one[8]:
        month = _MONTHS.index(one[8][:3].casefold()) + 1
    return int(one[7]), month, int(one[9]) if one[9] else year
