"""The days that a printed time stands for: a year's, a month's, a run of days'."""

from __future__ import annotations

import calendar
import re
from datetime import date

from index.identity.dates import MONTH, runs
from index.types import Period

_MONTHS = {name[:3].casefold(): n for n, name in enumerate(calendar.month_name) if name}
_MONTH = re.compile(rf"\b({MONTH})\s+((?:19|20)\d\d)\b", re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def period_of(printed: str) -> Period | None:
    """Return the first to the last day of a printed time, None where it names none."""
    if run := next(runs(printed), None):
        return Period(run.start, run.end)
    if month := _MONTH.search(printed):
        number, year = _MONTHS[month[1][:3].casefold()], int(month[2])
        return Period(
            date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])
        )
    if found := _YEAR.search(printed):
        return Period(date(int(found.group()), 1, 1), date(int(found.group()), 12, 31))
    return None
