"""The judgements and the grades that a question names, by the names that are in use for them.

Reads ``index/data/judgements.csv``. Longest name first, so that the safeguarding board is not
safeguarding.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources

from index.identity.judgements import GRADE, grade_of
from index.query.abbreviations import with_full_forms
from index.types import Grade

_GRADE = re.compile(rf"\b{GRADE}", re.IGNORECASE)
_DENIED = re.compile(rf"(?:\bnot|n['’]?t)\s+(?:\w+\s+)?{GRADE}", re.IGNORECASE)
"""A grade behind a negation, which is grammar: "not good", "wasn't good"."""

_BETTER = re.compile(r"\s+or better\b", re.IGNORECASE)
"""As Ofsted's statistics print it: "good or better"."""
_BEST_FIRST = list(Grade)


@dataclass(frozen=True, slots=True)
class JudgementName:
    """One of ``JUDGEMENT_KEYS`` with the name it is called by, and others in use."""

    key: str
    name: str
    variants: tuple[str, ...]


@cache
def judgement_names() -> tuple[JudgementName, ...]:
    """Return the table, in the order in which reports print them."""
    text = resources.files("index.data").joinpath("judgements.csv").read_text("utf-8")
    rows = csv.DictReader(text.splitlines())
    return tuple(
        JudgementName(row["key"], row["name"], tuple(row["variants"].split("|"))) for row in rows
    )


def judgements_named(text: str) -> tuple[str, ...]:
    """Return the keys named, in the table's order; empty where none is."""
    forms = [(form, one.key) for one in judgement_names() for form in (one.name, *one.variants)]
    found: set[str] = set()
    left = text
    for form in sorted({form for form, _ in forms}, key=len, reverse=True):
        pattern = re.compile(rf"(?<!\w){re.escape(form)}(?!\w)", re.IGNORECASE)
        if pattern.search(left):
            found |= {key for other, key in forms if other == form}
            left = pattern.sub(" ", left)
    return tuple(one.key for one in judgement_names() if one.key in found)


def judgements_graded(text: str) -> tuple[str, ...]:
    """Return the keys named before the first grade, of which it is said: "leaders were rated
    inadequate"; empty where none is.
    """
    full = with_full_forms(text)
    first = _GRADE.search(full)
    return judgements_named(full[: first.start()]) if first else ()


def grade_denied(text: str) -> bool:
    """Return whether a question says of a grade that it was not given ("why not good?")."""
    return bool(_DENIED.search(with_full_forms(text)))


def grades_named(text: str) -> tuple[Grade, ...]:
    """Return the grades that stand in a question, "RI" too, each once, in the order named; of "good
    or better" those above too.
    """
    named: list[Grade] = []
    full = with_full_forms(text)
    for match in _GRADE.finditer(full):
        grade = grade_of(match.group())
        above = _BEST_FIRST[: _BEST_FIRST.index(grade)] if _BETTER.match(full, match.end()) else []
        named += [grade, *reversed(above)]
    return tuple(dict.fromkeys(named))
