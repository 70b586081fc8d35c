"""Kinds of document, frameworks and numbered visits that a question names."""

from __future__ import annotations

import re

from index.types import Framework, Kind, Mention

_FORMS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (r"focus+ed(?: \S+ \w+)? visits?", (Kind.FOCUSED_VISIT,)),  # "and monitoring visits"
    (r"monitoring (?:visits?|letters?)", (Kind.MONITORING_VISIT,)),
    (r"assurance visits?", (Kind.ASSURANCE_VISIT,)),
    (r"(?:jtai|joint(?: targeted area)? inspections?)", (Kind.JOINT_INSPECTION,)),
    (r"(?:area send|send(?: local)? area|local area send) inspections?", (Kind.OTHER,)),
    (
        r"(?:(?:news(?:paper)? |press )?articles?|(?:news|press) (?:stor(?:y|ies)|reports?))",
        (Kind.NEWS_ARTICLE,),
    ),
    (
        r"(?:council|director'?s|dcs'?s?|health and well-?being board|committee|board) report",
        (Kind.COUNCIL_REPORT,),
    ),
    (
        r"(?:inspection reports?|(?:full|standard|short)(?: ofsted)? inspections?|"
        r"ilacs (?:inspections?|reports?)|single inspections?(?: reports?)?|"
        r"(?:single inspection framework|sif) (?:inspections?|reports?))",
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
_ILACS = (Framework.ILACS, Framework.ILACS_STANDARD, Framework.ILACS_SHORT)
_FRAMEWORKS: tuple[tuple[re.Pattern[str], tuple[Framework, ...]], ...] = tuple(
    (re.compile(rf"\b{form}\b", re.IGNORECASE), frameworks)
    for form, frameworks in (
        (r"(?:sifs?|single inspections?(?: framework)?)", (Framework.SIF,)),
        (r"short inspections?", (Framework.ILACS_SHORT,)),
        (r"standard inspections?", (Framework.ILACS_STANDARD,)),
        (r"ilacs", _ILACS),
        (r"jtais?", (Framework.JTAI,)),
    )
)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_NUMBERS = {"1st": "first", "2nd": "second", "3rd": "third", "4th": "fourth", "5th": "fifth"}
_NUMBERED = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|[1-5](?:st|nd|rd|th))"
    r"(?: ofsted| ilacs)? ((?:monitoring|focused|assurance) visit)",
    re.IGNORECASE,
)


def frameworks_named(text: str) -> tuple[Framework, ...]:
    """Return frameworks in the order of the table; of a narrower and a wider one the narrower."""
    return next((found for pattern, found in _FRAMEWORKS if pattern.search(text)), ())


def visit_numbered(text: str) -> re.Pattern[str] | None:
    """Return how letters write of the visit that is numbered ("the 3rd monitoring visit")."""
    match = _NUMBERED.search(text)
    if not match:
        return None
    number = _NUMBERS.get(match.group(1).lower(), match.group(1).lower())
    return re.compile(rf"\bthis was the {number}\b.{{0,20}}\b{match.group(2)}", re.IGNORECASE)


def number_named(text: str) -> int | None:
    """Tell which of a series of visits is meant ("the third monitoring visit"), None for none."""
    match = _NUMBERED.search(text)
    if not match:
        return None
    number = _NUMBERS.get(match.group(1).lower(), match.group(1).lower())
    return _ORDINALS.index(number) + 1


def kinds_named(text: str) -> tuple[Mention[Kind], ...]:
    """Return kinds in the order of the table, each once; "letter" alone names every kind of letter
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
