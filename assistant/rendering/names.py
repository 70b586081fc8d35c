"""Name a document and a place in it in plain words, for all that shows one; no HTML, no I/O."""

from __future__ import annotations

import re
from datetime import date

from assistant.rendering.dates import between, day, short_day, short_days
from assistant.types import Citation
from index.types import JUDGEMENT_KEYS, Identity, Issuer, Kind

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

_VISITS = {
    Kind.FOCUSED_VISIT: "focused visit",
    Kind.MONITORING_VISIT: "monitoring visit",
    Kind.ASSURANCE_VISIT: "assurance visit",
    Kind.JOINT_INSPECTION: "joint inspection",
}

GRADE_NAMES = dict(
    zip(
        JUDGEMENT_KEYS,
        (
            "Overall effectiveness",
            "Impact of leaders",
            "Help and protection",
            "Children in care",
            "Care leavers",
            "Adoption",
            "Leadership, management and governance",
            "Local safeguarding children board",
        ),
        strict=True,
    )
)
"""What each judgement is called where grades are listed."""

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
    return between(start, end)


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


def label(identity: Identity, year: int | None = None) -> str:
    """Return ``Stoke-on-Trent · Ofsted focused visit 4–5 Oct 2023, letter 8 Nov 2023``.

    Args:
        year: of the inspection that another's document tells of, where it does not say so itself.
    """
    return f"{identity.authority_name or 'No single authority'} · {told_by(identity, year)}"


def told_by(identity: Identity, year: int | None = None) -> str:
    """Return the label without the authority."""
    issuer, kind = identity.issuer.value, identity.kind.value
    if issuer is Issuer.OFSTED:
        return _own(identity, kind)
    told = f"telling of {_visit(identity, year)}"
    when = f", {short_day(identity.published.value)}" if identity.published else ", undated"
    name = kind.value if kind is not Kind.OTHER else "document of unknown origin"
    return f"{name}{when}, {told}; not Ofsted's own text"


def short(identity: Identity) -> str:
    """Return ``focused visit letter, 8 November 2023``: for notes and lists of what is held.

    A day still to come is said to be one: whatever bears it would be the newest there is.
    """
    when = day(identity.dated) if identity.dated else "undated"
    if identity.dated and identity.dated > date.today():
        when += " (a day still to come: the date in the document cannot be right)"
    return f"{identity.kind.value.value}, {when}"


def _own(identity: Identity, kind: Kind) -> str:
    visited = _days(identity)
    if kind in _VISITS:
        name = f"Ofsted {_VISITS[kind]}"
        letter = f"letter {short_day(identity.published.value)}" if identity.published else "letter"
        return f"{name} {visited}, {letter}" if visited else f"{name}, {letter}"
    parts = [f"Ofsted {kind.value}" if kind is not Kind.OTHER else "Ofsted document"]
    if visited:
        parts.append(f"inspected {visited}")
    if identity.published:
        parts.append(f"published {short_day(identity.published.value)}")
    if not visited and not identity.published:
        parts.append(short_day(identity.dated) if identity.dated else "undated")
    return ", ".join(parts)


def _days(identity: Identity) -> str:
    if not identity.visit_end:
        return ""
    start = identity.visit_start or identity.visit_end
    return short_days(start.value, identity.visit_end.value)


def _visit(identity: Identity, year: int | None) -> str:
    visited = _days(identity) or year
    return f"the Ofsted inspection of {visited}" if visited else "an inspection"
