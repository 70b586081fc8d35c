"""Grades and judgements: which ones a question names, and which ones documents give."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extractive.facts import Fact
from index.types import JUDGEMENT_KEYS, Document, Grade, Judgement, Query, ReportedJudgement

GRADES = {
    Grade.OUTSTANDING: "Outstanding",
    Grade.GOOD: "Good",
    Grade.REQUIRES_IMPROVEMENT: "Requires improvement to be good",
    Grade.ADEQUATE: "Adequate",
    Grade.INADEQUATE: "Inadequate",
}
KEYS = {
    "overall_effectiveness": "overall effectiveness",
    "impact_of_leaders": "impact of leaders",
    "help_and_protection": "help and protection",
    "in_care": "children in care",
    "care_leavers": "care leavers",
    "adoption": "adoption",
    "leadership_management_governance": "leadership, management and governance",
    "lscb": "safeguarding board",
}
_KEY_WORDS = (
    ("care_leavers", r"leavers?|leaving care|care[- ]experienced"),
    ("adoption", r"adopt\w*"),
    ("lscb", r"lscb|safeguarding board"),
    ("help_and_protection", r"help and protection|child protection|safeguarding"),
    ("in_care", r"in care|looked[- ]after|lac\b|permanence"),
    ("impact_of_leaders", r"leaders?\b|leadership|management"),
    ("leadership_management_governance", r"leadership|management|governance"),
)
_GRADE = r"(?:outstanding|good|requires? improvement|requiring improvement|inadequate)"
_GIVEN = re.compile(
    rf"\b(?:judge[ds]?|rate[ds]?|grade[ds]?|rating|become|became|get|got|gets|given|awarded|achieve\w*|"
    rf"reach\w*|earn\w*|to)\b(?: \w+){{0,3}}? (?:as )?\b{_GRADE}\b",
    re.IGNORECASE,
)
_DENIED = re.compile(rf"(?:\bnot\b|n['’]t\b|\bnever\b)(?: \w+){{0,4}} {_GRADE}\b", re.IGNORECASE)
_FAILED = re.compile(
    r"\bfail(?:ed|ing|s)? (?:its|the|their|an?|that)\b(?: [\w'’-]+){0,3} inspection\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\bsub-?judg\w+|"
    r"\b(?:all|every|each|full|complete|list|breakdown|set|table|which|what|the|their)\b"
    r"(?: (?!and\b|or\b)[\w'’-]+){0,4} (?:grades|ratings|judge?ments|scores)\b",
    re.IGNORECASE,
)
_NATIONAL = re.compile(
    r"\bnational(?:ly)?\b|\b(?:in|across|around|up and down) the country\b|\bcountry-?wide\b|"
    r"\b(?:in|across) England\b|\b(?:out )?of (?:the |all )?\d{2,} (?:inspect\w+|councils|"
    r"(?:local )?authorities|las|reports|so far)\b",
    re.IGNORECASE,
)
_PREDECESSOR = re.compile(
    r"\bpredecessors?\b|\bbefore\b.{0,40}\b(?:split|abolish\w*|broken up|replaced|merged|"
    r"reorgani[sz]\w*)\b|\b(?:old|former|abolished) (?:county |district )?council\b",
    re.IGNORECASE,
)
_FORMER = re.compile(r"\b(?:predecessor|former|abolished) ", re.IGNORECASE)
_OVER_TIME = re.compile(
    r"\b(?:ever|histor\w*|over (?:time|the years)|chang\w*|improv(?:ed|ing)|before|previous\w*|"
    r"earlier|each|every|all|past|used to|compar\w*|better|worse|same|always|still|then|"
    r"since|so far)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:councils?|authorit\w+|las?|places?|ever)\b", re.IGNORECASE)
"""The grade of an authority is meant, not of a part of its services."""


def keys_named(text: str) -> tuple[str, ...]:
    """Judgements that a question names; the overall one where it names none."""
    found = tuple(key for key, form in _KEY_WORDS if re.search(rf"\b(?:{form})", text, re.I))
    return found or ("overall_effectiveness",)


def key_pattern(text: str) -> re.Pattern[str] | None:
    """What tells the judgements that a question names in a sentence; None for the overall one."""
    forms = [form for _, form in _KEY_WORDS if re.search(rf"\b(?:{form})", text, re.I)]
    return re.compile(rf"\b(?:{'|'.join(forms)})", re.I) if forms else None


def asks_every(text: str) -> bool:
    """Whether all the grades of an inspection are asked for ("all the 2016 judgements")."""
    return bool(_SEVERAL.search(text))


def asks_nationally(text: str) -> bool:
    """Whether the country's grades are asked for, not those of the documents' own places."""
    return bool(_NATIONAL.search(text))


def of_predecessor(text: str) -> bool:
    """Whether an authority is meant that another has replaced."""
    return bool(_PREDECESSOR.search(text))


def grades_named(text: str) -> tuple[Grade, ...]:
    """Grades that a question names."""
    forms = (
        (Grade.REQUIRES_IMPROVEMENT, r"requires? improvement|requiring improvement|\bRI\b"),
        (Grade.INADEQUATE, r"\binadequate\b"),
        (Grade.OUTSTANDING, r"\boutstanding\b|\bclean bill of health|top marks|flying colours"),
        (Grade.GOOD, r"\bgood\b"),
    )
    folded = re.sub(r"to be good", "", text, flags=re.I)
    return tuple(grade for grade, form in forms if re.search(form, folded, re.I))


def grades_claimed(text: str) -> tuple[Grade, ...]:
    """Grades that a question says were given: "good" only after a word of grading, and none
    that it denies.
    """
    if _DENIED.search(text):
        return ()
    named = grades_named(text)
    if _FAILED.search(text):
        return (*named, Grade.INADEQUATE)
    return named if _GIVEN.search(text) else tuple(g for g in named if g is not Grade.GOOD)


def grades_asked(document: Document, query: Query) -> list[Fact]:
    """The grades of the judgements that the question names, the document's own first."""
    keys = keys_named(query.topic)
    own = [j for j in document.identity.judgements if _covers(j, keys, document)]
    told = [j for j in document.identity.reported_judgements if j.key in keys]
    if of_predecessor(query.question):
        own, told = [], [j for j in told if _FORMER.search(_sentence(document, j))]
    return [_own(document, judgement) for judgement in own] + [
        _told(document, judgement) for judgement in _in_time(told, query)
    ]


def _covers(judgement: Judgement, keys: Sequence[str], document: Document) -> bool:
    """Whether a judgement is one of ``keys``, or is made together with it."""
    given = {j.key for j in document.identity.judgements}
    together = "care_leavers" in keys and "care_leavers" not in given and _joint(judgement)
    return judgement.key in keys or together


def _joint(judgement: Judgement) -> bool:
    """Whether children in care and care leavers were judged as one, as until 2022."""
    return judgement.key == "in_care" and "leavers" in judgement.heading.lower()


def _sentence(document: Document, judgement: ReportedJudgement) -> str:
    return document.text[judgement.span.start : judgement.span.end]


def graded_so(document: Document, query: Query) -> list[Fact]:
    """The judgements that have the grade that the question names."""
    grades = grades_named(query.topic)
    whole = bool(_WHOLE.search(query.topic))
    keys = keys_named(query.topic) if whole else JUDGEMENT_KEYS
    own = [j for j in document.identity.judgements if j.grade in grades and j.key in keys]
    told = [j for j in document.identity.reported_judgements if j.grade in grades and j.key in keys]
    return [_own(document, judgement) for judgement in own] + [
        _told(document, judgement) for judgement in _in_time(told, query)
    ]


def all_grades(document: Document, _: Query) -> list[Fact]:
    """Every grade that the document gives itself."""
    return [_own(document, judgement) for judgement in document.identity.judgements]


def every_grade(document: Document, query: Query) -> list[Fact]:
    """Every grade that the document gives, or, giving none, those that it recalls."""
    told = _in_time(document.identity.reported_judgements, query)
    return all_grades(document, query) or [_told(document, judgement) for judgement in told]


def up_to_now(facts: Sequence[Fact], query: Query) -> list[Fact]:
    """Newest first: no grade older than one that a document gives itself, unless a time, all of
    them or what was before is asked for.
    """
    if query.periods or query.order or _OVER_TIME.search(query.question):
        return list(facts)
    given: dict[str | None, str] = {}
    kept = []
    for fact in facts:
        name = fact.identity.authority_name
        if given.get(name, fact.identity.doc_id) == fact.identity.doc_id:
            kept.append(fact)
        if fact.grade and not fact.note:
            given.setdefault(name, fact.identity.doc_id)
    return kept


def last_overall(document: Document) -> Fact | None:
    """The overall grade that a document gives itself, as the last one held."""
    for judgement in document.identity.judgements:
        if judgement.key == "overall_effectiveness":
            value = f"Last overall grade held: {GRADES[judgement.grade].lower()}"
            return Fact(document.identity, value, (judgement.span,), grade=judgement.grade)
    return None


def _own(document: Document, judgement: Judgement) -> Fact:
    name = "Children in care and care leavers" if _joint(judgement) else _named(judgement.key)
    value = f"{name}: {GRADES[judgement.grade].lower()}"
    return Fact(document.identity, value, (judgement.span,), grade=judgement.grade)


def _told(document: Document, judgement: ReportedJudgement) -> Fact:
    when = f" ({judgement.when})" if judgement.when else " (no date given)"
    value = f"{_named(judgement.key)}{when}: {GRADES[judgement.grade].lower()}"
    return Fact(document.identity, value, (judgement.span,), "recalled", judgement.grade)


def _in_time(told: Sequence[ReportedJudgement], query: Query) -> list[ReportedJudgement]:
    """Those of the times named, where a time is named and some fit; otherwise all."""
    years = {str(day.year) for m in query.periods for day in (m.value.start, m.value.end) if day}
    fitting = [j for j in told if any(year in (j.when or "") for year in years)]
    return fitting or list(told)


def _named(key: str) -> str:
    name = KEYS[key]
    return name[0].upper() + name[1:]
