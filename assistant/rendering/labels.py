"""How a document is called in an answer: whose words, about whom, from when."""

from __future__ import annotations

from datetime import date

from index.types import Identity, Issuer, Kind

_VISITS = {
    Kind.FOCUSED_VISIT: "focused visit",
    Kind.MONITORING_VISIT: "monitoring visit",
    Kind.ASSURANCE_VISIT: "assurance visit",
    Kind.JOINT_INSPECTION: "joint inspection",
}


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
    when = f", {day(identity.published.value)}" if identity.published else ", undated"
    name = kind.value if kind is not Kind.OTHER else "document of unknown origin"
    return f"{name}{when}, {told}; not Ofsted's own text"


def short(identity: Identity) -> str:
    """Return ``focused visit letter, 8 November 2023``: for notes and lists of what is held.

    A day still to come is said to be one: whatever bears it would be the newest there is.
    """
    when = long_day(identity.dated) if identity.dated else "undated"
    if identity.dated and identity.dated > date.today():
        when += " (a day still to come: the date in the document cannot be right)"
    return f"{identity.kind.value.value}, {when}"


def day(value: date) -> str:
    """Return ``8 Nov 2023``."""
    return f"{value.day} {value:%b %Y}"


def long_day(value: date) -> str:
    """Return ``8 November 2023``."""
    return f"{value.day} {value:%B %Y}"


def days(start: date, end: date) -> str:
    """Return ``4–5 Oct 2023``, ``28 Nov – 2 Dec 2022``."""
    if start == end:
        return day(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    first = day(start) if start.year != end.year else f"{start.day} {start:%b}"
    return f"{first} – {day(end)}"


def long_days(start: date, end: date) -> str:
    """Return ``4 and 5 October 2023``, ``28 November to 2 December 2022``, as letters do."""
    if start == end:
        return long_day(end)
    joint = "and" if (end - start).days == 1 else "to"
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} {joint} {long_day(end)}"
    first = long_day(start) if start.year != end.year else f"{start.day} {start:%B}"
    return f"{first} {joint} {long_day(end)}"


def _own(identity: Identity, kind: Kind) -> str:
    visited = _days(identity)
    if kind in _VISITS:
        name = f"Ofsted {_VISITS[kind]}"
        letter = f"letter {day(identity.published.value)}" if identity.published else "letter"
        return f"{name} {visited}, {letter}" if visited else f"{name}, {letter}"
    parts = [f"Ofsted {kind.value}" if kind is not Kind.OTHER else "Ofsted document"]
    if visited:
        parts.append(f"inspected {visited}")
    if identity.published:
        parts.append(f"published {day(identity.published.value)}")
    if not visited and not identity.published:
        parts.append(day(identity.dated) if identity.dated else "undated")
    return ", ".join(parts)


def _days(identity: Identity) -> str:
    if not identity.visit_end:
        return ""
    start = identity.visit_start or identity.visit_end
    return days(start.value, identity.visit_end.value)


def _visit(identity: Identity, year: int | None) -> str:
    visited = _days(identity) or year
    return f"the Ofsted inspection of {visited}" if visited else "an inspection"
