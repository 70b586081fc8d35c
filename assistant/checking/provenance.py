"""Whether what a saved answer says of a document is so: its title, whose words, its dates.

A quote that stands in its document misleads all the same where the answer says that it is
Ofsted's, and it is a council's, or that it is of another year.
"""

from __future__ import annotations

import re
from datetime import date, datetime

from assistant.checking.claims import Reference
from assistant.verbatim import fold
from assistant.words import SPEAKERS, dated, day, speaker
from index.types import Document, Identity, Issuer

_DAY = re.compile(r"\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b")
_PLACED = re.compile(r"(page \d+)?(, )?(paragraph \S{1,12})?")
_OWN = " · Ofsted "
"""Begins what a letter's label says of Ofsted's own documents."""


def wrong(reference: Reference, label: str, document: Document) -> str:
    """What the reference, or the letter's heading that a quote stands under, says wrongly of the
    document; empty for nothing.
    """
    identity = document.identity
    facts = _facts(identity)
    for name, given in reference.stated.items():
        if fold(given) != fold(facts[name] or ""):
            return f"its {name} is {facts[name] or 'not told'}, not {given}"
    said = _foreign(reference.line, document) if reference.line else ""
    return said or _mislabelled(label, identity)


def _facts(identity: Identity) -> dict[str, str | None]:
    days = {
        "published": identity.published.value if identity.published else None,
        "dated": identity.dated,
        "visit_start": identity.visit_start.value if identity.visit_start else None,
        "visit_end": identity.visit_end.value if identity.visit_end else None,
    }
    return {
        "title": identity.title.value if identity.title else None,
        "issuer": identity.issuer.value.value,
        "kind": identity.kind.value.value,
        "url": identity.url.value if identity.url else None,
        **{name: found.isoformat() if found else None for name, found in days.items()},
    }


def _foreign(line: str, document: Document) -> str:
    """Return the first part of an entry that is no fact and no heading of the document."""
    identity = document.identity
    rest = fold(line)
    if identity.title and rest.startswith(fold(identity.title.value)):
        rest = rest[len(fold(identity.title.value)) :]
    named = (*identity.sources, identity.authority_name or "", speaker(identity), dated(identity))
    own = {fold(one) for one in named}
    text = fold(document.text)
    speakers = {fold(one) for one in SPEAKERS}
    for part in (one.strip() for one in rest.split(";")):
        if part in own or _PLACED.fullmatch(part):
            continue
        dates = [found for found in map(_parsed, _DAY.findall(part)) if found]
        if part in speakers or any(found not in _days(identity) for found in dates):
            return f"it is not “{part}”"
        if not dates and part not in text:
            return f"“{part}” is nothing of it"
    return ""


def _mislabelled(label: str, identity: Identity) -> str:
    if " · " not in label:
        return ""
    for found in map(_parsed, _DAY.findall(label)):
        if found and found not in _days(identity):
            return f"it stands under {day(found)}"
    if _OWN in label and identity.issuer.value is not Issuer.OFSTED:
        return "it stands under Ofsted’s name"
    return ""


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
