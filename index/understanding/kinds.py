"""Kinds of document that a question names."""

from __future__ import annotations

import re

from index.types import Kind, Mention

_FORMS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (r"focus+ed visits?", (Kind.FOCUSED_VISIT,)),
    (r"monitoring (?:visits?|letters?)", (Kind.MONITORING_VISIT,)),
    (r"assurance visits?", (Kind.ASSURANCE_VISIT,)),
    (r"(?:jtai|joint(?: targeted area)? inspections?)", (Kind.JOINT_INSPECTION,)),
    (
        r"(?:(?:news(?:paper)? |press )?articles?|(?:news|press) (?:stor(?:y|ies)|reports?))",
        (Kind.NEWS_ARTICLE,),
    ),
    (
        r"(?:council|director'?s|dcs'?s?|health and well-?being board|committee|board) report",
        (Kind.COUNCIL_REPORT,),
    ),
    (
        r"(?:inspection reports?|full inspections?|standard inspections?|short inspections?|"
        r"ilacs inspections?|(?:single inspection framework|sif) (?:inspections?|reports?))",
        (Kind.INSPECTION_REPORT,),
    ),
    (
        r"(?:inspectors'? )?letters?",
        (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.ASSURANCE_VISIT, Kind.JOINT_INSPECTION),
    ),
)
_PATTERNS = tuple(
    (re.compile(rf"\b{pattern}\b", re.IGNORECASE), kinds) for pattern, kinds in _FORMS
)


def kinds_named(text: str) -> tuple[Mention[Kind], ...]:
    """Kinds in the order of the table, each once; "letter" alone names every kind of letter
    and is not certain.
    """
    folded = text.replace("’", "'")
    found: dict[Kind, Mention[Kind]] = {}
    for pattern, kinds in _PATTERNS:
        match = pattern.search(folded)
        if match and not (len(kinds) > 1 and found):
            for kind in kinds:
                found.setdefault(kind, Mention(kind, match.group(), len(kinds) == 1))
    return tuple(found.values())
