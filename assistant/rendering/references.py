"""Refer to a document, or to a place in it, in one line."""

from __future__ import annotations

from assistant.rendering.dates import day
from assistant.rendering.names import dated, place, speaker, title, visit
from assistant.types import Citation
from index.types import Identity, Issuer, Kind

_FORMAL = {
    Kind.INSPECTION_REPORT: "Inspection of",
    Kind.FOCUSED_VISIT: "Focused visit to",
    Kind.MONITORING_VISIT: "Monitoring visit to",
    Kind.ASSURANCE_VISIT: "Assurance visit to",
    Kind.JOINT_INSPECTION: "Joint inspection of",
}


def label(identity: Identity) -> str:
    """Authority, kind and date, and whose words they are where they are not Ofsted's."""
    authority = identity.authority_name or "(no authority named)"
    kind = identity.kind.value.value
    return joined(authority, kind, dated(identity), speaker(identity))


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with middle dots between them."""
    return " · ".join(part for part in parts if part)


def reference(citation: Citation) -> str:
    """Return one line naming a source: title, speaker, authority, date, place and file."""
    identity = citation.identity
    facts = [
        title(identity),
        speaker(identity),
        identity.authority_name or "",
        dated(identity),
        place(citation),
        identity.source,
    ]
    return f"[{citation.number}] " + "; ".join(fact for fact in facts if fact)


def formal_reference(citation: Citation) -> str:
    """Name a source as a committee paper does, with its published address where it is known.

    ``Ofsted, Focused visit to Stoke-on-Trent, letter of 8 November 2023, Main findings,
    paragraph 12``
    """
    url = citation.identity.url
    facts = [formal_name(citation.identity), formal_heading(citation.heading)]
    facts += [place(citation), url.value if url else ""]
    return ", ".join(fact for fact in facts if fact)


def formal_heading(heading: str) -> str:
    """Return the last heading above a place, as a formal reference gives it."""
    return heading.split(" · ")[-1].strip().rstrip(":").replace(";", ",")


def formal_name(identity: Identity, by_last_day: bool = False) -> str:
    """Say who wrote it, what it is and of which date: what a formal reference begins with. Of a
    report that gives no date of its own the days of the inspection are given.

    Args:
        by_last_day: as files saved before November 2026 name such a report, by the last of them.
    """
    kind, authority = identity.kind.value, identity.authority_name or ""
    when = f" of {day(identity.dated)}" if identity.dated else ", undated"
    if identity.issuer.value is Issuer.OFSTED and kind in _FORMAL and authority:
        paper = kind.value.rsplit(" ", 1)[-1]
        if not (identity.published or by_last_day) and (days := visit(identity)):
            return f"Ofsted, {_FORMAL[kind]} {authority}, {days}, {paper}"
        return f"Ofsted, {_FORMAL[kind]} {authority}, {paper}{when}"
    writer = "Ofsted, " if identity.issuer.value is Issuer.OFSTED else ""
    paper = "document" if kind is Kind.OTHER else kind.value
    return f"{writer}{title(identity)}, {paper}{when}"
