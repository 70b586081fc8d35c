"""Name a document, its date and a place in it in plain words; no HTML, no I/O."""

from __future__ import annotations

import re
from datetime import date, timedelta

from assistant.types import Citation
from index.types import Identity, Issuer, Kind, Period

_OFSTED_REPORTS = {
    Kind.INSPECTION_REPORT: "Ofsted’s own report",
    Kind.JOINT_INSPECTION: "Letter by Ofsted and the inspectorates it inspected with",
}
_SPEAKER = {
    Issuer.COUNCIL: "Council report telling of Ofsted’s findings",
    Issuer.PRESS: "News article telling of Ofsted’s findings",
    Issuer.OTHER: "Document by another author, not Ofsted",
}
SPEAKERS = ("Ofsted’s own letter", *_OFSTED_REPORTS.values(), *_SPEAKER.values())
"""Everything that ``speaker`` says."""

_LIST = re.compile(
    r"needs? to (?:be )?improve|must improve|for improvement|recommend|priority action|including",
    re.IGNORECASE,
)


def speaker(identity: Identity) -> str:
    """Say whose words the document holds ("Ofsted’s own letter")."""
    if identity.issuer.value is Issuer.OFSTED:
        return _OFSTED_REPORTS.get(identity.kind.value, "Ofsted’s own letter")
    return _SPEAKER[identity.issuer.value]


def short_kind(identity: Identity) -> str:
    """Return the kind as used inside a sentence: ``focused visit``, ``news article``."""
    kind = identity.kind.value
    return "document" if kind is Kind.OTHER else kind.value.removesuffix(" letter")


def day(value: date) -> str:
    """Return a date in full: ``31 January 2022``."""
    return f"{value.day} {value:%B %Y}"


def period(value: Period) -> str:
    """Return a period as people say it: ``2021``, ``since 2019``, ``7–8 December 2021``."""
    start, end = value.start, value.end
    if start and end:
        return _between(start, end)
    if start:
        return f"since {start.year if (start.month, start.day) == (1, 1) else day(start)}"
    if end:
        return f"up to {end.year if (end.month, end.day) == (12, 31) else day(end)}"
    return "any time"


def during(value: Period) -> str:
    """Return when something was: ``for 2018``, ``for 2012 to 2014``, ``since 2019``."""
    return f"for {period(value)}" if value.start and value.end else period(value)


def _between(start: date, end: date) -> str:
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        whole = start.day == 1 and (end + timedelta(days=1)).day == 1
        return f"{start:%B %Y}" if whole else f"{start.day}–{day(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%B} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def dated(identity: Identity) -> str:
    """Return the date to show, ``undated`` where the document gives none."""
    return day(identity.dated) if identity.dated else "undated"


def visit(identity: Identity) -> str | None:
    """Return the days of the visit (``7–8 December 2021``), None where not told."""
    start = identity.visit_start.value if identity.visit_start else None
    end = identity.visit_end.value if identity.visit_end else None
    if start is None or end is None:
        only = start or end
        return day(only) if only else None
    return _between(start, end)


def title(identity: Identity) -> str:
    """Return the printed title, else the file's name."""
    return identity.title.value if identity.title else identity.source


def letter_name(identity: Identity) -> str:
    """Name a document in one line: ``Stockton-on-Tees focused visit, 31 January 2022``."""
    authority = identity.authority_name
    kind = short_kind(identity)
    name = f"{authority} {kind}" if authority else kind.capitalize()
    return f"{name}, {dated(identity)}"


def source_name(citation: Citation) -> str:
    """Name a citation's link: ``Source 1: Stockton-on-Tees focused visit, 31 January 2022``."""
    return f"Source {citation.number}: {letter_name(citation.identity)}"


def place(citation: Citation) -> str:
    """Return where in the document: ``page 3, paragraph 12``; empty for a file without either."""
    parts = [f"page {citation.page}"] if citation.page else []
    parts += [f"paragraph {citation.paragraph}"] if citation.paragraph else []
    return ", ".join(parts)


def lead(citation: Citation) -> str:
    """Return the heading that a table row, or an item of a list, means nothing without.

    It ends in a colon; empty for running text.
    """
    heading = citation.heading.strip()
    if not (" · " in heading or heading.endswith(":") or _LIST.search(heading)):
        return ""
    said = re.sub(r"\?\s*\d{1,2}$", "?", heading).rstrip(":?.;,").rstrip()
    return f"{said.capitalize() if said.isupper() and ' ' not in said else said}:"
