"""Sentences that recall another inspection or visit of the authority, and when that was.

Reports print "since the last inspection in 2019", "the focused visit in February 2020", "the
previous inspection was published in July 2012". Only what is printed with a time is read: which
inspection "the last inspection" alone means is not said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Literal

from index.identity.authorities import authorities
from index.identity.dates import MONTH
from index.identity.periods import period_of
from index.identity.reading import fold, sentences
from index.types import CleanText, Kind, Period, Recollection, ReportedJudgement

_ONE = rf"(?:(?:\d{{1,2}}\s+(?:and|to|[-–])\s+)?\d{{1,2}}\s+)?(?:{MONTH}\s+)?(?:19|20)\d\d\b"
_SHORT = rf"(?:{MONTH}|{_ONE})"
_TIMES = rf"(?P<times>(?:{_SHORT}(?:,\s*|,?\s+and\s+)(?:in\s+)?)*{_ONE})"
_SORT = (
    r"(?P<sort>(?:(?:Ofsted|ILACS|SIF|full|standard|short|judge?ment|judged|graded|single|initial"
    r"|(?:re-?|unannounced\s+|announced\s+)?focus+ed|monitoring|assurance|joint|targeted|area|JTAI"
    r"|first|second|third|fourth|fifth|sixth|last|previous|most\s+recent|local\s+authority)\s+)*)"
)
_NOUN = r"(?P<noun>inspections?|visits?)"
_THING = rf"\b{_SORT}{_NOUN}\b"
_OF = (
    r"(?:\s+(?:of|to|by|for|at|under|into)\s+(?:(?!\b(?:inspection|visit)s?\b)[^.;:()\n]){1,120}?)?"
)
_TOOK_PLACE = (
    r"(?:,?\s+(?:was|were|that|which|took\s+place|carried\s+out|undertaken|conducted|completed"
    r"|published|held|reported))*"
)
_AFTER = re.compile(
    rf"{_THING}(?:\s+(?:report|judge?ment|letter))?{_OF}{_TOOK_PLACE},?"
    rf"\s+(?:in|on|of|dated|from|during|between)\s+{_TIMES}",
    re.I,
)
_BEFORE = re.compile(
    rf"(?:\b(?:in|the|of)\s+)?{_TIMES}(?:[’']s)?,?\s+(?:(?:a|an|the)\s+)?{_THING}", re.I
)
_NOT_THIS = re.compile(
    r"\bschools?\b|\bcolleges?\b|\bhomes?\b|\bthematic\b|\bnurser|\bprovi(?:ders?|sion)\b|\bSEND\b"
    r"|special\s+educational|youth\s+(?:offending|justice)|probation|constabulary|\bpolice\b|\bCQC\b"
    r"|\bagenc(?:y|ies)\b|\bsection\s+\d|\bthis\s+inspection\s+(?:in|of)\b|\bstatutory\s+visits?\b",
    re.I,
)
_NEXT = re.compile(r"\b(?:next|future|forthcoming|planned)\s+$", re.I)
_VISITS = (
    ("assurance", Kind.ASSURANCE_VISIT),
    ("monitoring", Kind.MONITORING_VISIT),
    ("focus", Kind.FOCUSED_VISIT),
    ("joint", Kind.JOINT_INSPECTION),
    ("jtai", Kind.JOINT_INSPECTION),
)


def read_recollections(
    clean: CleanText,
    authority: str | None,
    visit: Period | None,
    judged: Sequence[ReportedJudgement],
) -> tuple[Recollection, ...]:
    """Return what the document recalls, in reading order, each kind and time once a sentence.

    A grade that is recalled with its time recalls an inspection too, whose sentence need not
    name one ("judged inadequate in January 2020").

    Args:
        clean: the document.
        authority: whom it is about.
        visit: the days of its own visit, which it does not recall.
        judged: the grades that it recalls.
    """
    found = [*_in_sentences(clean, authority)]
    for one in judged:
        if one.period and not any(_same(one, other) for other in found):
            said = clean.text[one.span.start : one.span.end]
            whose = _predecessor(said, authority)
            found.append(
                Recollection(Kind.INSPECTION_REPORT, one.when or "", one.period, one.span, whose)
            )
    others = [one for one in found if visit is None or not overlap(one.period, visit)]
    once = {(one.kind, one.period, one.span): one for one in others}
    return tuple(sorted(once.values(), key=lambda one: (one.span.start, one.span.end)))


def overlap(one: Period, other: Period) -> bool:
    """Return whether two closed periods share a day."""
    if not (one.start and one.end and other.start and other.end):
        return False
    return one.start <= other.end and other.start <= one.end


def _same(judged: ReportedJudgement, one: Recollection) -> bool:
    inside = judged.span.start < one.span.end and one.span.start < judged.span.end
    return inside and judged.period == one.period


def _in_sentences(clean: CleanText, authority: str | None) -> Iterator[Recollection]:
    for span, _ in sentences(clean):
        said = clean.text[span.start : span.end]
        if _NOT_THIS.search(said):
            continue
        whose = None
        for match in chain(_AFTER.finditer(said), _BEFORE.finditer(said)):
            kind = _kind(match)
            if kind is False or _NEXT.search(said[: match.start("sort")]):
                continue
            whose = whose or _predecessor(said, authority)
            for when, period in _times(match["times"]):
                yield Recollection(kind or None, when, period, span, whose)


def _kind(match: re.Match[str]) -> Kind | Literal[False] | None:
    """Return the kind named; None for a visit of unnamed kind, False where none may be meant."""
    sort = match["sort"].casefold()
    named = next((kind for word, kind in _VISITS if word in sort), None)
    if named:
        return named
    if match["noun"].casefold().startswith("inspection"):
        return Kind.INSPECTION_REPORT
    return None if "ofsted" in sort else False


def _times(printed: str) -> list[tuple[str, Period]]:
    """Return each time of a list, with the year that is printed last: "June and July 2021"."""
    year = re.findall(r"(?:19|20)\d\d", printed)[-1]
    out = []
    for part in re.split(r",\s*|,?\s+and\s+(?!\d{1,2}\s)", printed):
        when = fold(re.sub(r"^in\s+", "", part.strip()))
        full = when if re.search(r"(?:19|20)\d\d", when) else f"{when} {year}"
        if period := period_of(full):
            out.append((full, period))
    return out


def _predecessor(said: str, authority: str | None) -> str | None:
    """Return the abolished authority that a sentence names, where the document's succeeded it."""
    rows = authorities().rows
    for match in authorities().find(said):
        for name in match.names:
            if name != authority and authority in rows[name].successors:
                return name
    return None
