"""What a person says of a document that its text does not say, or says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from index.errors import LoadError, UsageError
from index.identity import authorities
from index.identity.metadata_csv import CORRECTED
from index.identity.sidecar import Sidecar
from index.types import Identity, Kind, Proven

COLUMNS = ("authority", "kind", "published")
"""What can be corrected on the page."""


def row_of(identity: Identity, given: Mapping[str, str], today: date) -> dict[str, str]:
    """Return what is to be kept of what a form says, as a row of ``metadata.csv``.

    What the text says already, and what was left empty, is not kept: the text proves it better.

    Raises:
        UsageError: a field holds what cannot be; says which.
    """
    row = {}
    for column in COLUMNS:
        cell = _checked(column, given.get(column, "").strip(), today)
        if cell and not (cell == value_of(identity, column) and not by_hand(identity, column)):
            row[column] = cell
    return {**row, CORRECTED: " ".join(row)} if row else {}


def value_of(identity: Identity, column: str) -> str:
    """Return a field of an identity as a form shows it, empty where there is none."""
    proven = _proven(identity, column)
    return str(proven.value) if proven else ""


def by_hand(identity: Identity, column: str) -> bool:
    """Say whether a person gave a field of an identity, and not the text."""
    proven = _proven(identity, column)
    return proven is not None and proven.origin == "sidecar"


def _proven(identity: Identity, column: str) -> Proven[object] | None:
    proven: Proven[object] | None = getattr(identity, column)
    return proven


def _checked(column: str, cell: str, today: date) -> str:
    if not cell:
        return ""
    if column == "authority":
        name = authorities().canonical(cell)
        if name is None:
            raise UsageError(f"“{cell}” is no English local authority: choose one from the list.")
        return name
    if column == "kind":
        if cell not in list(Kind):
            raise UsageError(f"“{cell}” is no kind of document: choose one from the list.")
        return cell
    return _day(cell, today).isoformat()


def _day(cell: str, today: date) -> date:
    try:
        day = Sidecar("", {"published": cell}).date("published")
    except LoadError as error:
        raise UsageError(f"“{cell}” is no day: write it like 31 January 2022.") from error
    if day is None or day.value > today:
        raise UsageError(f"“{cell}” is still to come: give the day that the document bears.")
    return day.value
