"""Words of the trade that say the same: reads ``index/data/glossary.csv``.

A question's "LAC" is a letter's "children looked after". Expansions widen the lexical search
and are shown to the reader; they never change what is quoted.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from index.types import Mention


@dataclass(frozen=True, slots=True)
class Entry:
    """Forms that mean the same; ``asked`` are only looked for in questions, ``written`` are
    what letters write.
    """

    asked: tuple[str, ...]
    written: tuple[str, ...]


class Glossary:
    """The table, with one pattern an entry."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self._entries = [(_pattern((*e.asked, *e.written)), e) for e in entries]

    def expansions(self, text: str) -> tuple[Mention[str], ...]:
        """Return what letters may write for the question's words, without what it says itself."""
        folded = _folded(text)
        found: dict[str, Mention[str]] = {}
        for pattern, entry in self._entries:
            match = pattern.search(folded)
            if match:
                for form in entry.written:
                    if form.lower() not in folded.lower():
                        found.setdefault(form, Mention(form, match.group()))
        return tuple(found.values())

    def same(self, text: str) -> tuple[Entry, ...]:
        """Return the entries that ``text`` touches."""
        folded = _folded(text)
        return tuple(entry for pattern, entry in self._entries if pattern.search(folded))


def _folded(text: str) -> str:
    """Straight apostrophes, no commas ("education, employment or training"), single spaces."""
    return " ".join(text.replace("’", "'").replace(",", " ").split())


def _pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    parts = "|".join(_form(form) for form in sorted(forms, key=len, reverse=True))
    return re.compile(rf"\b(?:{parts})s?\b", re.IGNORECASE)


def _form(form: str) -> str:
    """Short acronyms only in capitals: "it" and "pa" are words."""
    exact = form.isupper() and len(form) < 4
    return f"(?-i:{re.escape(form)})" if exact else re.escape(form)


@cache
def glossary() -> Glossary:
    """Return the table, read once."""
    path = resources.files("index") / "data" / "glossary.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return Glossary(
        tuple(Entry(tuple(_forms(row["asked"])), tuple(_forms(row["written"]))) for row in rows)
    )


def _forms(cell: str) -> list[str]:
    return [form.strip() for form in cell.split("|") if form.strip()]
