"""The trade's abbreviations with what they stand for: reads ``index/data/abbreviations.csv``.

Staff write "IRO" where a letter writes "independent reviewing officer", and the models know neither
from the other (``evals/LOG.md`` #abbreviations-1). What is quoted, and what was asked, stay.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

WORDS_TOO = 3
"""Letters of an abbreviation that may be another word as well ("pa", "ad"), unless in capitals."""


def with_short_forms(text: str) -> str:
    """Add in brackets the abbreviation of what a text names in full: a report that has spelt one
    out writes it short from then on.
    """
    pattern, short = _full_forms()

    def cut(match: re.Match[str]) -> str:
        known = short[match["full"].lower()]
        plural = "s" if match["plural"] else ""
        said = re.search(rf"(?<![\w-]){known}s?(?![\w-])", text)
        return match[0] if said else f"{match[0]} ({known}{plural})"

    return pattern.sub(cut, text)


def with_full_forms(text: str) -> str:
    """Add in brackets what each abbreviation stands for, unless the text says so itself."""
    pattern, full = _table()

    def spelt(match: re.Match[str]) -> str:
        short = match["short"]
        meant = full[short.upper()]
        is_word = len(short) < WORDS_TOO and not short.isupper()
        return match[0] if is_word or meant.lower() in text.lower() else f"{match[0]} ({meant})"

    return pattern.sub(spelt, text)


@cache
def _full_forms() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of all that is known in full, and how each is written short."""
    path = resources.files("index") / "data" / "abbreviations.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    short = {row["full"].lower(): row["short"] for row in rows}
    forms = "|".join(sorted(map(re.escape, short), key=len, reverse=True))
    pattern = rf"(?<![\w-])(?P<full>{forms})(?P<plural>s)?(?![\w-])"
    return re.compile(pattern, re.IGNORECASE), short


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of all abbreviations, also in the plural, and what each stands for."""
    path = resources.files("index") / "data" / "abbreviations.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    full = {row["short"].upper(): row["full"] for row in rows}
    forms = "|".join(sorted(map(re.escape, full), key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<short>{forms})(?:['’]?s)?(?![\w-])", re.IGNORECASE), full
