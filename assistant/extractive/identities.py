"""Who, when and which grade: answered from what the documents' identities prove."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from assistant.extractive.labels import days, long_day
from index.store.collection import Collection
from index.timing import fit
from index.types import (
    JUDGEMENT_KEYS,
    BlockKind,
    Document,
    Grade,
    Identity,
    Judgement,
    Proven,
    Query,
    ReportedJudgement,
    Span,
    Wanted,
)

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
_WHOLE = re.compile(r"\b(?:councils?|authorit\w+|las?|places?|ever)\b", re.IGNORECASE)
"""The grade of an authority is meant, not of a part of its services."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of an answer with the span that proves it.

    Attributes:
        value: the fact in words, short ("4–5 Oct 2023").
        spans: where it stands in the document.
        note: what must be said beside it, empty where nothing.
    """

    identity: Identity
    value: str
    spans: tuple[Span, ...]
    note: str = ""
    grade: Grade | None = None


_NO_QUERY = Query("", "", "")
Facts = Callable[[Document, Query], list[Fact]]


def facts_for(
    wanted: Wanted,
    identities: Sequence[Identity],
    collection: Collection,
    query: Query,
    all_: bool = False,
) -> list[Fact]:
    """The facts of the sort wanted that the documents prove, in the documents' order.

    Args:
        all_: every grade given, whichever the question names.
    """
    reader = _all_grades if all_ else _READERS.get(wanted)
    if reader is None:
        return []
    return [
        fact
        for identity in identities
        for fact in reader(collection.document(identity.doc_id), query)
    ]


def keys_named(text: str) -> tuple[str, ...]:
    """Judgements that a question names; the overall one where it names none."""
    found = tuple(key for key, form in _KEY_WORDS if re.search(rf"\b(?:{form})", text, re.I))
    return found or ("overall_effectiveness",)


def key_pattern(text: str) -> re.Pattern[str] | None:
    """What tells the judgements that a question names in a sentence; None for the overall one."""
    forms = [form for _, form in _KEY_WORDS if re.search(rf"\b(?:{form})", text, re.I)]
    return re.compile(rf"\b(?:{'|'.join(forms)})", re.I) if forms else None


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


def _inspectors(document: Document, _: Query) -> list[Fact]:
    people = document.identity.inspectors
    if not people:
        return []
    names = [person.value for person in people]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return [Fact(document.identity, listed, _spans(people))]


def _inspector_count(document: Document, query: Query) -> list[Fact]:
    stated = _sentence(
        document,
        r"\b(?:team|comprised|total of|\d+|two|three|four|five|six|eight)\b"
        r"[^.]{0,60}\bInspectors\b",
    )
    if document.identity.inspectors:
        names = _inspectors(document, query)[0]
        number = len(document.identity.inspectors)
        plural = "inspector" if number == 1 else "inspectors"
        return [Fact(document.identity, f"{number} {plural}: {names.value}", names.spans)]
    return (
        [Fact(document.identity, document.text[stated.start : stated.end], (stated,))]
        if stated
        else []
    )


def _signatory(document: Document, _: Query) -> list[Fact]:
    """The name after "Yours sincerely"; the contact officer of a council's report."""
    text = document.text
    match = re.search(
        r"Yours (?:sincerely|faithfully)\s+([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)+?)(?=\s+(?:Her|His|"
        r"H)\b|\s*$|\s*\n|,)",
        text,
    )
    if match:
        role = re.compile(r"\s*,?\s*((?:Her|His) Majesty['’]s Inspector|HMI)\b").match(
            text, match.end()
        )
        value = f"{match.group(1)}, {role.group(1)}" if role else match.group(1)
        spans = [Span(match.start(1), match.end(1)), *([Span(*role.span(1))] if role else ())]
        return [Fact(document.identity, value, tuple(spans))]
    officer = re.search(r"Contact Officer:?\s*([^\n]+)(?:\n+Post Title:?\s*([^\n]+))?", text)
    if officer:
        value = ", ".join(part.strip() for part in officer.groups() if part)
        return [Fact(document.identity, value, (Span(officer.start(), officer.end()),))]
    return []


def _addressee(document: Document, _: Query) -> list[Fact]:
    """The name and office at the head of a letter, without the address."""
    match = re.search(
        r"^([A-Z][a-z'’-]+(?: [A-Z][\w'’-]+){1,3})\s+"
        r"((?:Interim |Executive |Corporate |Strategic |Acting )*Directors?\b[^\n]*?)"
        r"(?=\s+(?:\d|[A-Z][a-z]+ (?:Council|Buildings|House|Centre|Hall))|\s*\n)",
        document.text[:3000],
        re.MULTILINE,
    )
    if not match:
        return []
    value = ", ".join(" ".join(part.split()) for part in match.groups())
    return [Fact(document.identity, value, (Span(match.start(), match.end()),))]


def person_facts(name: str, identities: Sequence[Identity], collection: Collection) -> list[Fact]:
    """What documents print of a person: addressee, inspector or signatory, with the office."""
    found = []
    for identity in identities:
        document = collection.document(identity.doc_id)
        for reader, role in ((_addressee, "addressee"), (_signatory, "signed by")):
            for fact in reader(document, _NO_QUERY):
                if name.lower() in fact.value.lower():
                    found.append(replace(fact, value=f"{fact.value} ({role})"))
        named = [p for p in identity.inspectors if name.lower() in p.value.lower()]
        found += [Fact(identity, f"{p.value}, inspector", _spans([p])) for p in named]
    return found


def _published(document: Document, _: Query) -> list[Fact]:
    published = document.identity.published
    if published is None or published.span is None:
        return []
    return [Fact(document.identity, long_day(published.value), (published.span,))]


def _visited(document: Document, _: Query) -> list[Fact]:
    start, end = document.identity.visit_start, document.identity.visit_end
    if start is None or end is None:
        return []
    return [Fact(document.identity, days(start.value, end.value), _spans((start, end)))]


def _scope(document: Document, _: Query) -> list[Fact]:
    scope = document.identity.scope
    if scope is None or scope.span is None:
        return []
    return [Fact(document.identity, scope.value, (scope.span,))]


def _grade(document: Document, query: Query) -> list[Fact]:
    keys = keys_named(query.topic)
    own = [j for j in document.identity.judgements if j.key in keys]
    told = [j for j in document.identity.reported_judgements if j.key in keys]
    return [_own(document, judgement) for judgement in own] + [
        _told(document, judgement) for judgement in _in_time(told, query)
    ]


def _graded_so(document: Document, query: Query) -> list[Fact]:
    grades = grades_named(query.topic)
    whole = bool(_WHOLE.search(query.topic))
    keys = keys_named(query.topic) if whole else JUDGEMENT_KEYS
    own = [j for j in document.identity.judgements if j.grade in grades and j.key in keys]
    told = [j for j in document.identity.reported_judgements if j.grade in grades and j.key in keys]
    return [_own(document, judgement) for judgement in own] + [
        _told(document, judgement) for judgement in _in_time(told, query)
    ]


def _all_grades(document: Document, _: Query) -> list[Fact]:
    return [_own(document, judgement) for judgement in document.identity.judgements]


def _own(document: Document, judgement: Judgement) -> Fact:
    value = f"{_named(judgement.key)}: {GRADES[judgement.grade].lower()}"
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


def _spans(values: Iterable[Proven[object]]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(value.span for value in values if value.span))


def _sentence(document: Document, form: str) -> Span | None:
    from index.sentences import sentences

    pattern = re.compile(form, re.IGNORECASE)
    for sentence in sentences(document):
        block = document.blocks[sentence.block]
        text = document.text[sentence.start : sentence.end]
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and pattern.search(text):
            return Span(sentence.start, sentence.end)
    return None


_READERS: dict[Wanted, Facts] = {
    Wanted.INSPECTORS: _inspectors,
    Wanted.INSPECTOR_COUNT: _inspector_count,
    Wanted.SIGNATORY: _signatory,
    Wanted.ADDRESSEE: _addressee,
    Wanted.PUBLISHED: _published,
    Wanted.VISITED: _visited,
    Wanted.SCOPE: _scope,
    Wanted.GRADE: _grade,
    Wanted.GRADED_SO: _graded_so,
}


def relevant(held: Sequence[Identity], query: Query) -> list[Identity]:
    """Documents that an identity question is about: those of the authorities named, and of
    them those that fit the kind and time named best; newest first.
    """
    names = {mention.value for mention in query.authorities}
    group = [i for i in held if not names or i.authority_name in names]
    kinds = {mention.value for mention in query.kinds}
    group = [i for i in group if i.kind.value in kinds] or group
    people = {mention.value for mention in query.people}
    group = [i for i in group if people & {p.value for p in i.inspectors}] or group
    if query.periods:
        fitting = {i.doc_id: max(fit(i, mention.value) for mention in query.periods) for i in group}
        best = max(fitting.values(), default=0)
        group = [
            i for i in group if fitting[i.doc_id] >= min(best, 0.4) and fitting[i.doc_id] > 0
        ] or group
    group = sorted(
        group, key=lambda i: (i.dated is None, i.dated and -i.dated.toordinal(), i.doc_id)
    )
    if query.order and group:
        dated = [i for i in group if i.dated]
        by_authority: dict[str | None, Identity] = {}
        for identity in dated if query.order == "newest" else reversed(dated):
            by_authority.setdefault(identity.authority_name, identity)
        group = list(by_authority.values()) or group
    return group
