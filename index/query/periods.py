"""Stretches of time that a question names: "in 2019", "since May 2021", "between … and …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import zip_longest
from typing import Literal

from index.query.moments import Moment, moments
from index.query.relative import relative_moments
from index.types import Mention, Period

COVID_START = date(2020, 3, 23)
"""First day of the first national lockdown in England."""
COVID_END = date(2022, 2, 24)
"""Last legal restrictions in England lifted."""

_LAST = r"last (?:(?:full|standard|short|focused|monitoring|ofsted|ilacs) )*"
_ONE = r"(?:inspection|visit|report|letter|judgement|ilacs|jtai)"
_NEWEST = re.compile(
    rf"\b(?:latest|newest|most recent(?:ly)?|{_LAST}{_ONE}|"
    r"last (?:inspect(?:ed)?|visit(?:ed)?|judged?|graded?|rated?|look(?:ed)? (?:at|into)|time)|"
    r"lately|current(?:ly)?|at the moment|right now|"
    r"these days|nowadays|today|up[- ]to[- ]date|as of now|now(?=\W*$)|"
    r"(?:more )?recent (?:inspections?|visits?|reports?|letters?)|"
    r"when (?:did|was|were|has|have) [^?.!;]{0,60}?\blast)\b",
    re.IGNORECASE,
)
_OLDEST = re.compile(
    r"\b(?:earliest|oldest|first (?:inspection|inspected|report|letter))\b", re.IGNORECASE
)
_TO = re.compile(r"\s*(?:to|until|till|through to|through|-|–)\s*", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom\s+$", re.IGNORECASE)
_EVENT = (
    r"(?:(?:the|that|its|their)\s+)?(?:(?:one|that|inspection|visit|report|letter)\s+(?:in|of)\s+)?"
)
"""What may stand between "since" and a date: "since the 2019 report", "before the visit in May"."""
_SINCE = re.compile(rf"\b(?:since\s+{_EVENT}|(?:after|following)\s+)$", re.IGNORECASE)
"""What must be improved "after the 2019 visit" is what that visit asked for: no later time."""
_BEFORE = re.compile(rf"\b(?:before|prior to)\s+{_EVENT}$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|till|up to)\s+$", re.IGNORECASE)
_ONWARDS = re.compile(r"\s+(?:onwards?|or (?:later|after|newer))\b", re.IGNORECASE)
_BACKWARDS = re.compile(r"\s+or (?:earlier|before|older)\b", re.IGNORECASE)

_COVID = r"[- ](?:the )?(?:covid(?:[- ]?19)?|coronavirus|lockdown|pandemic)(?: pandemic)?\b"
_COVID_FORMS = (
    (re.compile(rf"\b(?:before|pre){_COVID}", re.IGNORECASE), Period(None, COVID_START)),
    (re.compile(rf"\b(?:since|after|post){_COVID}", re.IGNORECASE), Period(COVID_END, None)),
    (
        re.compile(rf"\b(?:during|in|throughout){_COVID}", re.IGNORECASE),
        Period(COVID_START, COVID_END),
    ),
)

_Found = tuple[int, int, Period]
"""Offsets in the question, and the period named there."""


def periods_named(text: str, today: date) -> tuple[Mention[Period], ...]:
    """Return every period named, in the order named; "last year" is told from ``today``."""
    single = sorted([*moments(text), *relative_moments(text, today)], key=lambda m: m.start)
    found = sorted([*_joined(text, single), *_covid(text)], key=lambda part: part[:2])
    return tuple(Mention(period, text[start:end].strip()) for start, end, period in found)


def newest_words(text: str) -> str:
    """Return the words that ask for the latest, empty where none do."""
    match = _NEWEST.search(text)
    return match.group() if match else ""


def order_named(text: str) -> Literal["newest", "oldest"] | None:
    """Tell whether the question asks for the latest or for the first."""
    if newest_words(text):
        return "newest"
    return "oldest" if _OLDEST.search(text) else None


def _covid(text: str) -> Iterator[_Found]:
    for pattern, period in _COVID_FORMS:
        if match := pattern.search(text):
            yield match.start(), match.end(), period


def _joined(text: str, found: list[Moment]) -> Iterator[_Found]:
    """Yield one period for two moments that name a span, and one for each other moment."""
    taken = False
    for moment, following in zip_longest(found, found[1:]):
        if taken:
            taken = False
            continue
        span = _span(text, moment, following) if following else None
        taken = span is not None
        yield span or _alone(text, moment)


def _span(text: str, first: Moment, second: Moment) -> _Found | None:
    before, between = text[: first.start], text[first.end : second.start]
    opening = _BETWEEN.search(before) if _AND.fullmatch(between) else None
    if not opening and not _TO.fullmatch(between):
        return None
    if first.first > second.last:
        return None
    opening = opening or _FROM.search(before)
    start = opening.start() if opening else first.start
    return start, second.end, Period(first.first, second.last)


def _alone(text: str, moment: Moment) -> _Found:
    before = text[: moment.start]
    onwards = _ONWARDS.match(text, moment.end)
    if onwards:
        opening = _FROM.search(before)
        start = opening.start() if opening else moment.start
        return start, onwards.end(), Period(moment.first, None)
    if backwards := _BACKWARDS.match(text, moment.end):
        return moment.start, backwards.end(), Period(None, moment.last)
    if opening := _SINCE.search(before):
        return opening.start(), moment.end, Period(moment.first, None)
    if opening := _BEFORE.search(before):
        return opening.start(), moment.end, Period(None, moment.first - timedelta(days=1))
    if opening := _UNTIL.search(before):
        return opening.start(), moment.end, Period(None, moment.last)
    return moment.start, moment.end, Period(moment.first, moment.last)
