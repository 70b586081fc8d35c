"""Whether what a saved answer says of a document is so: its title, whose words, its dates.

A quote that stands in its document misleads all the same where the answer says that it is
Ofsted's, and it is a council's, or that it is of another year.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from assistant.checking.claims import Reference
from assistant.evidence.verbatim import fold
from assistant.rendering.dates import day
from assistant.rendering.names import SPEAKERS, dated, speaker
from assistant.rendering.references import formal_heading, formal_name
from assistant.schema import document_fields, visit_fields
from index.passages.chunking import page_of
from index.types import Document, Identity, Issuer, Kind, Span

_DAY = re.compile(r"\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b")
_PLACED = re.compile(r"(?:page (?P<page>\d+))?(?:, )?(?:paragraph (?P<paragraph>\S{1,12}))?")
_UNDER = re.compile(
    r"(?:, (?P<heading>.+?))??(?:, page (?P<page>\d+))?(?:, paragraph (?P<paragraph>\S{1,12}))?"
)
"""What follows the document's name in a formal reference."""
_OWN = " · Ofsted "
"""Begins what a letter's label says of Ofsted's own documents."""


def wrong(reference: Reference, label: str, document: Document, place: Span) -> str:
    """Return what the reference, or the letter's heading that a quote stands under, says wrongly
    of the document or of the place of the quote in it; empty for nothing.
    """
    identity = document.identity
    facts = {**document_fields(identity), **visit_fields(identity)}
    around = _around(document, place)
    for name, given in reference.stated.items():
        if name in around:
            if fold(given) not in around[name]:
                return f"its place is in no {name} “{given}”"
        elif fold(given) != fold(facts[name] or ""):
            return f"its {name} is {facts[name] or 'not told'}, not {given}"
    said = _foreign(reference.line, document, place) if reference.line else ""
    return said or _mislabelled(label, identity)


def _around(document: Document, place: Span) -> dict[str, set[str]]:
    """Return the pages, paragraphs and headings that a place lies on or under, folded."""
    held = [b for b in document.blocks if b.start < place.end and place.start < b.end]
    first, last = page_of(document, place.start), page_of(document, place.end - 1)
    headings = [words for b in held for words in (*b.heading[-2:], " · ".join(b.heading[-2:]))]
    return {
        "page": set(map(str, range(first, last + 1))) if first and last else set(),
        "paragraph": {fold(b.paragraph) for b in held if b.paragraph},
        "heading": set(map(fold, headings)),
    }


def _foreign(line: str, document: Document, place: Span) -> str:
    """Return the first part of an entry that is no fact and no heading of the document."""
    identity = document.identity
    rest = fold(line)
    names = (fold(formal_name(identity, by_last_day)) for by_last_day in (False, True))
    if formal := next(filter(rest.startswith, names), ""):
        under, _, rest = rest[len(formal) :].partition(";")
        if not _is_under(under, document, place):
            return f"its place is not “{under.removeprefix(', ')}”"
    elif identity.title and rest.startswith(fold(identity.title.value)):
        rest = rest[len(fold(identity.title.value)) :]
    named = (*identity.sources, identity.authority_name or "", speaker(identity), dated(identity))
    own = {fold(one) for one in named}
    text = fold(document.text)
    speakers = {fold(one) for one in SPEAKERS}
    for part in (one.strip() for one in rest.split(";")):
        if part in own:
            continue
        if match := _PLACED.fullmatch(part):
            around, given = _around(document, place), match.groupdict().items()
            if any(said and fold(said) not in around[name] for name, said in given):
                return f"its place is not “{part}”"
            continue
        dates = [found for found in map(_parsed, _DAY.findall(part)) if found]
        if part in speakers or any(found not in _days(identity) for found in dates):
            return f"it is not “{part}”"
        if part not in text:
            return f"“{part}” is nothing of it"
    return ""


def _is_under(told: str, document: Document, place: Span) -> bool:
    """Say whether heading, page, paragraph and address of a formal reference are the place's."""
    url = document.identity.url
    match = _UNDER.fullmatch(told.removesuffix(f", {fold(url.value)}") if url else told)
    if match is None:
        return False
    around = _around(document, place)
    around["heading"] = {formal_heading(one) for one in around["heading"]}
    return all(fold(said) in around[name] for name, said in match.groupdict().items() if said)


def _mislabelled(label: str, identity: Identity) -> str:
    if " · " not in label:
        return ""
    for found in map(_parsed, _DAY.findall(label)):
        if found and found not in _days(identity):
            return f"it stands under {day(found)}"
    kind = _sort(identity.kind.value)
    for other in Kind:
        if _sort(other) in label and other not in (Kind.OTHER, identity.kind.value):
            return f"it stands under “{_sort(other)}”, and is a {kind}"
    if _OWN in label and identity.issuer.value is not Issuer.OFSTED:
        return "it stands under Ofsted’s name"
    return ""


def _sort(kind: Kind) -> str:
    return kind.value.removesuffix(" letter")


def _days(identity: Identity) -> set[date]:
    proven = (identity.published, identity.visit_start, identity.visit_end)
    days = {one.value for one in proven if one}
    return days | {identity.dated} if identity.dated else days


def _parsed(text: str) -> date | None:
    number, month, year = text.split()
    try:
        return datetime.strptime(f"{number} {month[:3]} {year}", "%d %b %Y").date()
    except ValueError:
        return None
