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


def with_both_forms(text: str) -> str:
    """Add in brackets what each abbreviation stands for, and how what is named in full is written
    short: a report that has spelt one out writes it so from then on (``evals/LOG.md``
    #short-forms-1).
    """
    spelt = with_full_forms(text)
    pattern, short = _table("full")

    def cut(match: re.Match[str]) -> str:
        known = short[match["form"].lower()]
        if re.search(rf"(?<![\w-]){known}s?(?![\w-])", spelt, re.IGNORECASE):
            return match[0]
        return f"{match[0]} ({known}{match['plural'] and 's'})"

    return pattern.sub(cut, spelt)


def with_full_forms(text: str) -> str:
    """Add in brackets what each abbreviation stands for, unless the text says so itself."""
    pattern, full = _table("short")

    def spelt(match: re.Match[str]) -> str:
        short = match["form"]
        meant = full[short.lower()]
        is_word = len(short) < WORDS_TOO and not short.isupper()
        return match[0] if is_word or meant.lower() in text.lower() else f"{match[0]} ({meant})"

    return pattern.sub(spelt, text)


@cache
def _table(column: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of all forms of one column, also in the plural, and the other of each."""
    path = resources.files("index") / "data" / "abbreviations.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    other = {"short": "full", "full": "short"}[column]
    known = {row[column].lower(): row[other] for row in rows}
    forms = "|".join(sorted(map(re.escape, known), key=len, reverse=True))
    pattern = rf"(?<![\w-])(?P<form>{forms})(?P<plural>(?:['’]?s)?)(?![\w-])"
    return re.compile(pattern, re.IGNORECASE), known
