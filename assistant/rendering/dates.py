"""Write dates, days and periods in plain words; everything that prints one asks here."""

from __future__ import annotations

from datetime import date, timedelta

from index.types import Period


def day(value: date) -> str:
    """Return a date in full: ``31 January 2022``."""
    return f"{value.day} {value:%B %Y}"


def short_day(value: date) -> str:
    """Return ``8 Nov 2023``."""
    return f"{value.day} {value:%b %Y}"


def period(value: Period) -> str:
    """Return a period as people say it: ``2021``, ``since 2019``, ``7–8 December 2021``."""
    start, end = value.start, value.end
    if start and end:
        return between(start, end)
    if start:
        return f"since {start.year if (start.month, start.day) == (1, 1) else day(start)}"
    if end:
        return f"up to {end.year if (end.month, end.day) == (12, 31) else day(end)}"
    return "any time"


def during(value: Period) -> str:
    """Return when something was: ``for 2018``, ``for 2012 to 2014``, ``since 2019``."""
    return f"for {period(value)}" if value.start and value.end else period(value)


def between(start: date, end: date) -> str:
    """Return ``2021``, ``May 2026``, ``7–8 December 2021``, ``28 November to 2 December 2022``."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        whole = start.day == 1 and (end + timedelta(days=1)).day == 1
        return f"{start:%B %Y}" if whole else f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def short_days(start: date, end: date) -> str:
    """Return ``4–5 Oct 2023``, ``28 Nov – 2 Dec 2022``."""
    if start == end:
        return short_day(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{short_day(end)}"
    first = short_day(start) if start.year != end.year else f"{start.day} {start:%b}"
    return f"{first} – {short_day(end)}"


def long_days(start: date, end: date) -> str:
    """Return ``4 and 5 October 2023``, ``28 November to 2 December 2022``, as letters do."""
    if start == end:
        return day(end)
    joint = "and" if (end - start).days == 1 else "to"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} {joint} {day(end)}"
    first = day(start) if start.year != end.year else f"{start.day} {start:%B}"
    return f"{first} {joint} {day(end)}"
