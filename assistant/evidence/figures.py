"""Figures and dates of a sentence in one form, so that they can be compared exactly.

"56 per cent" is "56%", "£2.5 million" is "2500000", "three" is "3", "third" and "3rd" are "3rd",
"29 and 30 March 2022" is two dates. It does no arithmetic.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from assistant.evidence.verbatim import fold
from assistant.evidence.words import word_set

PartialDate = tuple[int | None, int | None, int | None]
"""Year, month and day; None is what the words leave open."""

_MONTHS = "January February March April May June July August September October November December"
_MONTH = {
    form: number
    for number, name in enumerate(_MONTHS.split(), start=1)
    for form in (name, name.upper(), name[:3], name[:3].upper(), name[:4])
}
_NAMED = "(" + "|".join(sorted(_MONTH, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_DAY_FIRST = re.compile(
    rf"\b((?:\d{{1,2}}(?:st|nd|rd|th)?\s*(?:-|to|and|,|&)\s*)*){_DAY}\s+(?:of\s+)?{_NAMED}"
    r"(?:,?\s+(\d{4}))?"
)
_MONTH_FIRST = re.compile(rf"\b{_NAMED}\s+{_DAY}(?:,?\s+(\d{{4}}))?(?!\d)")
_MONTH_YEAR = re.compile(rf"\b{_NAMED},?\s+(\d{{4}})\b")
_MONTH_ALONE = re.compile(rf"\b(?:in|since|by|until|during|from|of|for|to)\s+{_NAMED}(?!\s*\d)")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.](\d{4})\b")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_YEARS = re.compile(r"\b((?:19|20)\d\d)[-/]\s?(?:20)?(\d\d)\b(?![-/])")
_SECTION = re.compile(r"\bs\.?(?=\d)", re.IGNORECASE)
"""Of an Act: "s20" is "section 20"."""
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b(?![.,]\d|%)")

_SCALE = {"million": 10**6, "m": 10**6, "billion": 10**9, "bn": 10**9, "k": 1000, "thousand": 1000}
_FIGURE = re.compile(
    r"(?<![^\W\d_])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?"
    r"(?:(st|nd|rd|th)\b|\s?(%|per ?cent\b)|\s?(million|billion|thousand|bn|m|k)\b)?",
    re.IGNORECASE,
)
_BIRTHDAY = re.compile(r"\b(\d+)(?:st|nd|rd|th) (?=birthday)", re.IGNORECASE)
_PAIRED = re.compile(
    r"\b((?:from|between) \d+(?:\.\d+)?)( (?:to|and) (?=\d+(?:\.\d+)?\s?(?:%|per ?cent\b)))",
    re.IGNORECASE,
)
"""The first of two figures that share their unit: "from 41 to 33 per cent"."""
_TEENS = """zero one two three four five six seven eight nine ten eleven twelve thirteen
fourteen fifteen sixteen seventeen eighteen nineteen"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_RANKS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
_UNITS = {word: value for value, word in enumerate(_TEENS.split())} | {
    word: value * 10 for value, word in enumerate(_TENS.split(), start=2)
}
_ORDINALS = {word: value for value, word in enumerate(_RANKS.split(), start=1)}
_MEASURES = word_set("half halves quarter quarters double doubled twice treble dozen")
_IDLE = re.compile(
    r"(?<!ty[- ])\b(?:no one|one another|one of|one-to-one|one to one|th[eo]se two)\b",
    re.IGNORECASE,
)
_ENDINGS = ("st", "nd", "rd", "th")
_LETTERS = re.compile(r"[a-z]+")


def dates(text: str) -> frozenset[PartialDate]:
    """Return every date that ``text`` names, as far as it names it."""
    return frozenset(_cut_dates(fold(text))[0])


def figures(text: str) -> frozenset[str]:
    """Return every figure of ``text`` that is no part of a date, in digits or in words."""
    rest = _cut_dates(fold(text))[1]
    school_years = {f"{year}/{end}" for year, end in _YEARS.findall(rest)}
    in_digits, in_words = _by_writing(rest)
    return frozenset(school_years | in_digits | in_words)


def by_figure(text: str) -> Iterator[tuple[str, str]]:
    """Yield each figure of ``text`` with the words about it, as far as the figures beside it."""
    tokens = _cut_dates(fold(text))[1].split()
    at = [n for n, token in enumerate(tokens) if figures(token)]
    for before, here, after in zip([-1, *at], at, [*at[1:], len(tokens)], strict=False):
        for figure in figures(tokens[here]):
            yield figure, " ".join(tokens[before + 1 : after])


def idle(text: str, told: str) -> frozenset[str]:
    """Return the figures of ``text`` that may be meant as none, as in "one way" and "at first", or
    "the first … and the second" of what stood before.

    "First" is a figure where ``told`` gives another rank, and all that is written in digits is.
    """
    in_digits, in_words = _by_writing(_cut_dates(fold(text))[1])
    if any(figure.endswith(_ENDINGS) for figure in figures(told)):
        return frozenset({"1"}) & in_words - in_digits
    counted = {_ranked(rank) for rank in _ORDINALS.values()} & in_words
    named = {_ranked(rank) for rank in range(1, len(counted) + 1)}
    return frozenset({"1", "1st"} | (counted if counted == named else set())) & in_words - in_digits


def covers(known: frozenset[PartialDate], claimed: PartialDate) -> bool:
    """Say whether one of the ``known`` dates says all that ``claimed`` says."""
    return any(
        all(part is None or part == other for part, other in zip(claimed, date, strict=True))
        for date in known
    )


def written(date: PartialDate) -> str:
    """Return a partial date in words, for a message: "3 May 2022", "May 2022", "2022"."""
    year, month, day = date
    name = _MONTHS.split()[month - 1] if month else None
    return " ".join(str(part) for part in (day, name, year) if part)


def _cut_dates(text: str) -> tuple[list[PartialDate], str]:
    found: list[PartialDate] = []

    def take(match: re.Match[str], *parts: PartialDate) -> str:
        found.extend(parts)
        return " " * len(match.group())

    def day_first(match: re.Match[str]) -> str:
        earlier, day, month, year = match.groups()
        days = [*re.findall(r"\d{1,2}", earlier), day]
        return take(match, *((_int(year), _MONTH[month], int(d)) for d in days))

    text = _ISO.sub(lambda m: take(m, (int(m[1]), int(m[2]), int(m[3]))), text)
    text = _SLASHED.sub(lambda m: take(m, (int(m[3]), int(m[2]), int(m[1]))), text)
    text = _DAY_FIRST.sub(day_first, text)
    text = _MONTH_YEAR.sub(lambda m: take(m, (int(m[2]), _MONTH[m[1]], None)), text)
    text = _MONTH_FIRST.sub(lambda m: take(m, (_int(m[3]), _MONTH[m[1]], int(m[2]))), text)
    text = _MONTH_ALONE.sub(lambda m: take(m, (None, _MONTH[m[1]], None)), text)
    found += [(int(year), None, None) for year in _YEAR.findall(_YEARS.sub(" ", text))]
    return found, text


def _by_writing(text: str) -> tuple[set[str], set[str]]:
    """Return the figures of ``text`` without dates: those in digits, those in words."""
    rest = _SECTION.sub("section ", _YEAR.sub(" ", _YEARS.sub(" ", text)))
    rest = _PAIRED.sub(r"\1%\2", _BIRTHDAY.sub(r"\1", rest))
    in_digits = {_plain(*match) for match in _FIGURE.findall(rest)}
    return in_digits, _spelt(_FIGURE.sub(" . ", rest))


def _plain(whole: str, fraction: str, ordinal: str, percent: str, scale: str) -> str:
    value = Decimal(whole.replace(",", "") + fraction)
    if ordinal:
        return _ranked(int(value))
    if percent:
        return f"{value.normalize():f}%"
    return f"{(value * _SCALE.get(scale.lower(), 1)).normalize():f}"


def _spelt(text: str) -> set[str]:
    """Return the figures in words; neighbouring words of one number ("twenty-one") are added up."""
    found: set[str] = set()
    total: int | None = None
    for word in [*_LETTERS.findall(_IDLE.sub(" ", text).lower()), ""]:
        if word in _UNITS:
            joins = total is not None and _UNITS[word] < 10 and total % 10 == 0 and total > 0
            if total is not None and not joins:
                found.add(str(total))
            total = _UNITS[word] + (total if joins and total is not None else 0)
        elif word in ("hundred", "thousand", "million"):
            factor = 100 if word == "hundred" else _SCALE[word]
            total = (total or 1) * factor
        elif not (word == "and" and total is not None and total >= 100):
            if total is not None:
                found.add(str(total))
            total = None
            found |= {_ranked(_ORDINALS[word])} if word in _ORDINALS else set()
            found |= {word} & _MEASURES
    return found


def _ranked(rank: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"} if rank % 100 not in (11, 12, 13) else {}
    return f"{rank}{endings.get(rank % 10, 'th')}"


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None
