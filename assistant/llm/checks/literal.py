"""Checks what must stand literally in the evidence: quotations, figures, dates, grades.

Each check returns one phrase for each failure, fit to follow "it"; none when all is well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from assistant.evidence import figures as numbers
from assistant.evidence.verbatim import contains, fold
from assistant.llm.checks import counts
from index.types import Evidence

_QUOTED = re.compile(r'"([^"]+)"')
_OPENING = re.compile(r"(?<!\w)'(?=\S)")
_CLOSING = re.compile(r"(?<=\S)'(?!\w)")
_GRADES = re.compile(
    r"\b(requir(?:es?|ed|ing) improvement(?: to be good)?|inadequate|outstanding|adequate|good)\b",
    re.IGNORECASE,
)
_PLAIN = frozenset(("good", "adequate"))


def quotations(text: str, evidence: Sequence[Evidence]) -> list[str]:
    """Return a fault for each quotation that does not stand so in the evidence cited.

    Only its first letter may be small for a capital, or a capital for a small one.
    """
    said = [e.text for e in evidence]
    in_order = sorted(evidence, key=lambda e: (e.identity.doc_id, e.sentence.start))
    said += [
        f"{first.text} {second.text}"
        for first, second in pairwise(in_order)
        if first.identity.doc_id == second.identity.doc_id
        and 0 <= second.sentence.start - first.sentence.end <= 2
    ]
    return [
        f'quotes "{quote}", which does not stand so in the evidence'
        for quote in quoted(text)
        if not any(contains(whole, form) for whole in said for form in _cases(quote))
    ]


def _cases(quote: str) -> tuple[str, str]:
    """Return ``quote`` with a small and a capital first letter, its own first."""
    return quote, quote[:1].swapcase() + quote[1:]


def quoted(text: str) -> list[str]:
    """Return what stands within quotation marks, double or single; an apostrophe is none.

    After a plural ("carers'") the mark is taken for an apostrophe when another follows.
    """
    folded = fold(text)
    found: list[str] = _QUOTED.findall(folded)
    rest = _QUOTED.sub(" ", folded)
    opening = _OPENING.search(rest)
    while opening:
        closings = list(_CLOSING.finditer(rest, opening.end()))
        ends = [c for c in closings if rest[c.start() - 1] != "s"] or closings[-1:]
        if not ends:
            break
        found.append(rest[opening.end() : ends[0].start()])
        opening = _OPENING.search(rest, ends[0].end())
    return found


def figures(text: str, evidence: Sequence[Evidence]) -> list[str]:
    """Return a fault for each figure or date that neither the evidence nor its date gives.

    A sentence may count what it cites and what it lists itself; "one" and "first" may be meant as
    no figures.
    """
    told = " \n ".join(f"{e.sentence.heading} . {e.text}" for e in evidence)
    days = numbers.dates(told) | {
        (day.year, day.month, day.day) for e in evidence for day in _days(e)
    }
    allowed = counts.listed(text, told) | counts.cited(evidence) | numbers.idle(text, told)
    allowed |= counts.summed(text, told)
    lacking = sorted(numbers.figures(text) - numbers.figures(told) - allowed)
    lacking += [numbers.written(d) for d in numbers.dates(text) if not numbers.covers(days, d)]
    faults = [f'gives "{figure}", which the evidence does not' for figure in lacking]
    return [*faults, *counts.miscounted(text, told)]


def _days(item: Evidence) -> list[date]:
    identity = item.identity
    proven = (identity.published, identity.visit_start, identity.visit_end)
    return [day.value for day in proven if day] + ([identity.dated] if identity.dated else [])


def grades(text: str, evidence: Sequence[Evidence]) -> list[str]:
    """Return a fault for each word of grading that does not stand in the evidence.

    "Good" and "adequate" are such words only beside a grade that a sentence cited gives: under a
    heading with a grade much else is "in good time".
    """
    told = _grade_words(" ".join(f"{e.sentence.heading} {e.text}" for e in evidence))
    graded = _grade_words(" ".join(e.text for e in evidence))
    lacking = _grade_words(text) - told - (frozenset() if graded else _PLAIN)
    return [f'says "{grade}", which the evidence does not' for grade in sorted(lacking)]


def misgraded(text: str, evidence: Sequence[Evidence]) -> list[str]:
    """Return a fault for each figure that stands beside other grades in the evidence than here.

    "27 were outstanding" fails where "27 were good or better and only three outstanding". Between
    two grades a figure may be of either, and a sentence with one such figure sets no two apart.
    """
    told: dict[str, set[str]] = {}
    for item in evidence:
        graded = _graded(item.text)
        for figure, grades in graded.items() if len(graded) > 1 else ():
            told.setdefault(figure, set()).update(grades)
    return [
        f'gives "{figure}" beside another grade than the evidence does'
        for figure, grades in sorted(_graded(text).items())
        if figure in told and grades.isdisjoint(told[figure])
    ]


def _graded(text: str) -> dict[str, set[str]]:
    """Return the figures of ``text`` that stand beside grades, each with these."""
    graded: dict[str, set[str]] = {}
    for figure, words in numbers.by_figure(text):
        if grades := _grade_words(words):
            graded.setdefault(figure, set()).update(grades)
    return graded


def _grade_words(text: str) -> set[str]:
    grades = {" ".join(match.lower().split()) for match in _GRADES.findall(fold(text))}
    return {"requires improvement" if grade.startswith("requir") else grade for grade in grades}
