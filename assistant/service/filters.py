"""Make filters from plain words, as people and programs write them; search nothing."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from index.errors import UsageError
from index.index import make_filters
from index.types import Filters

MAX_K = 100
"""Passages that can be asked for at once."""
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def filters_from(
    authorities: Sequence[str] | None,
    kinds: Sequence[str] | None,
    issuers: Sequence[str] | None,
    from_date: str | None,
    to_date: str | None,
    dashes: str = "",
) -> Filters:
    """Return filters from what someone wrote.

    Args:
        authorities, kinds, issuers: names; None or none means any.
        from_date, to_date: a day, a month or a year.
        dashes: what stands before ``from`` and ``to`` where it was written.

    Raises:
        UsageError: a value is unknown, or a date is none; names it.
    """
    first, last = f"{dashes}from", f"{dashes}to"
    start = _day(from_date, first) if from_date is not None else None
    end = _day(to_date, last, last=True) if to_date is not None else None
    if start and end and start > end:
        raise UsageError(f"{first} {from_date} is later than {last} {to_date}: nothing can match")
    named = authorities or kinds or issuers
    chosen = make_filters(authorities or (), kinds or (), issuers or ()) if named else Filters()
    return replace(chosen, from_date=start, to_date=end)


def _day(text: str, name: str, last: bool = False) -> date:
    """Return a day; a year or a month alone is its first day, or its last.

    Raises:
        UsageError: ``text`` is no date.
    """
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year = int(match[1])
        month = int(match[2] or (12 if last else 1))
        if match[3]:
            return date(year, month, int(match[3]))
        return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    except ValueError:
        raise UsageError(
            f"{name} {text!r} is no date: write it like 2021-12-31, 2021-12 or 2021"
        ) from None
