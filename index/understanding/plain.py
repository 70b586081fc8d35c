"""What staff say in inspectors' words: reads ``index/data/plain_words.csv``.

A question's "kids taken in" is a letter's "children looked after". The models compare what
the reworded question says; what is quoted, and what the reader asked, stay as they are.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources

from index.types import Mention


def in_inspectors_words(text: str) -> str:
    """``text`` with plain words replaced by what letters write (evals/LOG.md, 2026-11-22)."""
    pattern, written = _table()
    return pattern.sub(lambda match: written[match.group().lower()], _folded(text))


def reworded(text: str) -> tuple[Mention[str], ...]:
    """What letters write for words of ``text``, with the words, in their order."""
    pattern, written = _table()
    found = {
        match.group(): Mention(written[match.group().lower()], match.group())
        for match in pattern.finditer(_folded(text))
        if written[match.group().lower()] != match.group().lower()
    }
    return tuple(found.values())


@cache
def _table() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all forms, longest first, and what is written for each."""
    path = resources.files("index") / "data" / "plain_words.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    written = {form.strip().lower(): row["written"] for row in rows for form in _forms(row)}
    forms = "|".join(re.escape(form) for form in sorted(written, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", re.IGNORECASE), written


def _forms(row: dict[str, str]) -> list[str]:
    return row["asked"].split("|")


def _folded(text: str) -> str:
    return text.replace("’", "'")
