"""The judgements that a council's report or an article lists from Ofsted's inspection."""

from __future__ import annotations

import re

from index.identity.judgements import GRADE, grade_of
from index.identity.periods import period_of
from index.identity.reading import fold, proven_text
from index.types import CleanText, ReportedJudgement, Span

_HEADINGS = (
    (
        "overall_effectiveness",
        r"overall (?:judge?ment|effectiveness|grade|rating)(?: (?:for|of|on) [^.\n]{2,80}?)?",
    ),
    (
        "help_and_protection",
        r"children (?:and young people )?(?:who need|in need of) help and protection",
    ),
    ("in_care", r"children looked after and achieving permanence|progress of children in care"),
    ("care_leavers", r"progress of care leavers"),
    ("adoption", r"adoption performance"),
    ("leadership_management_governance", r"leadership,? management,? and governance"),
    ("impact_of_leaders", r"impact of leaders on (?:social work )?practice[^.\n]{0,40}?"),
    ("lscb", r"safeguarding children board(?: \(LSCB\))?"),
)
_TOLD = (
    r"[\s:*|–-]*(?:(?:the )?(?:Ofsted )?judge?ment (?:is|was)|was judged(?: to be)?"
    r"|is that (?:it|they) (?:is|are)|is|was|are|were)?[\s:*|–-]*"
)


def _compile(heading: str) -> re.Pattern[str]:
    words = f"(?:{heading}){_TOLD}".replace(" ", r"\s+")
    return re.compile(rf"[^.\n]*?\b{words}(?P<grade>{GRADE})(?=\s|[.,;*]|$)", re.I)


_PATTERNS = tuple((key, _compile(heading)) for key, heading in _HEADINGS)


def read_listed(clean: CleanText, visit: Span | None) -> list[ReportedJudgement]:
    """Return the first heading of each judgement that has a grade beside it.

    Args:
        clean: the document.
        visit: where the days of the inspection stand, which are then the time as printed.
    """
    when = fold(clean.text[visit.start : visit.end]) if visit else None
    period = period_of(when) if when else None
    found = []
    for key, pattern in _PATTERNS:
        match = pattern.search(clean.text)
        span = proven_text(clean.text, *match.span()).span if match else None
        if match and span:
            found.append(ReportedJudgement(key, grade_of(match["grade"]), when, span, period))
    return found
