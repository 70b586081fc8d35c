"""Who, when and which grade: read from what the documents' identities prove."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.facts import Fact, Facts, spans_of
from assistant.extractive.grades import all_grades, graded_so, grades_asked
from assistant.rendering.labels import long_day, long_days
from index.sentences import sentences
from index.store.collection import Collection
from index.types import Block, BlockKind, Document, Identity, Query, Span, Wanted

_NO_QUERY = Query("", "", "")
ORDINAL = r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"


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
    reader = all_grades if all_ else _READERS.get(wanted)
    if reader is None:
        return []
    return [
        fact
        for identity in identities
        for fact in reader(collection.document(identity.doc_id), query)
    ]


def _inspectors(document: Document, _: Query) -> list[Fact]:
    people = document.identity.inspectors
    if not people:
        return []
    names = [person.value for person in people]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return [Fact(document.identity, listed, spans_of(people))]


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
        return _board(document)
    value = ", ".join(" ".join(part.split()) for part in match.groups())
    return [Fact(document.identity, value, (Span(match.start(), match.end()),))]


def _board(document: Document) -> list[Fact]:
    """The board or committee that a council's report was put to, with the day."""
    match = re.search(
        r"^\W*(?:REPORT TO|Report to):?\W+([A-Z][^\n*]{3,80})\W*(?:\n\s*){1,3}"
        r"(\d{1,2}(?:st|nd|rd|th)? [A-Za-z]+ (?:19|20)\d\d)?",
        document.text[:2000],
        re.MULTILINE,
    )
    if not match:
        return []
    value = ", ".join(part.strip().title() for part in match.groups() if part)
    spans = [Span(*match.span(n)) for n in (1, 2) if match.group(n)]
    return [Fact(document.identity, value, tuple(spans))]


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
        found += [Fact(identity, f"{p.value}, inspector", spans_of([p])) for p in named]
    return found


def visit_number(document: Document) -> list[Fact]:
    """Which visit since an inspection the letter says that it is of ("third monitoring visit")."""
    stated = _sentence(document, rf"\bthis (?:was|is) the {ORDINAL}\b(?: [\w-]+){{0,3}} visit\b")
    if stated is None:
        return []
    said = re.search(
        rf"{ORDINAL}\b(?: [\w-]+){{0,3}} visit", document.text[stated.start : stated.end], re.I
    )
    return [Fact(document.identity, said.group().capitalize(), (stated,))] if said else []


def _published(document: Document, _: Query) -> list[Fact]:
    published = document.identity.published
    if published is None or published.span is None:
        return []
    return [Fact(document.identity, long_day(published.value), (published.span,))]


def _visited(document: Document, _: Query) -> list[Fact]:
    start, end = document.identity.visit_start, document.identity.visit_end
    if start is None or end is None:
        return []
    return [Fact(document.identity, long_days(start.value, end.value), spans_of((start, end)))]


def _scope(document: Document, _: Query) -> list[Fact]:
    scope = document.identity.scope
    if scope is None or scope.span is None:
        return []
    inside = [
        Span(block.start, block.end)
        for block in document.blocks
        if block.kind is BlockKind.ITEM and _overlap(block, scope.span)
    ]
    return [Fact(document.identity, scope.value, tuple(inside) or (scope.span,))]


def _overlap(block: Block, span: Span) -> bool:
    return block.start < span.end and span.start < block.end


def _sentence(document: Document, form: str) -> Span | None:
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
    Wanted.GRADE: grades_asked,
    Wanted.GRADED_SO: graded_so,
}
