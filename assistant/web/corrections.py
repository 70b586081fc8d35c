"""What a person says of a document that its text does not say, or says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlsplit

from assistant.rendering.dates import day
from index.errors import LoadError, UsageError
from index.identity import authorities
from index.identity.grades_by_hand import NOT_GIVEN, grade_choices, judgement_choices
from index.identity.metadata_csv import CORRECTED
from index.identity.sidecar import Sidecar
from index.types import JUDGEMENT_KEYS, Grade, Identity, Kind, Proven

DAYS = ("published", "visit_start", "visit_end")
COLUMNS = ("authority", "kind", *DAYS, "url", *JUDGEMENT_KEYS)
"""What can be corrected on the page."""
_MOST_OF_A_URL = 500


def row_of(identity: Identity, given: Mapping[str, str], today: date) -> dict[str, str]:
    """Return what is to be kept of what a form says, as a row of ``metadata.csv``.

    What the text says already, and what was left empty, is not kept: the text proves it better.

    Raises:
        UsageError: a field holds what cannot be; says which.
    """
    row = {}
    graded = _graded(identity, given)
    for column in COLUMNS:
        cell = _checked(column, given.get(column, "").strip(), today)
        if column in JUDGEMENT_KEYS and not graded:
            continue
        if cell == NOT_GIVEN and not value_of(identity, column):
            continue
        if cell and not (cell == value_of(identity, column) and not by_hand(identity, column)):
            row[column] = cell
    _check_visit(identity, row)
    return {**row, CORRECTED: " ".join(row)} if row else {}


def shown(identity: Identity, column: str) -> str:
    """Return a field of an identity as a form shows it to be changed, a day as people write it."""
    proven = _proven(identity, column)
    if proven is not None and isinstance(proven.value, date):
        return day(proven.value)
    return value_of(identity, column)


def value_of(identity: Identity, column: str) -> str:
    """Return a field of an identity as ``metadata.csv`` gives it, empty where there is none."""
    proven = _proven(identity, column)
    return str(proven.value) if proven else ""


def by_hand(identity: Identity, column: str) -> bool:
    """Say whether a person gave a field of an identity, and not the text."""
    proven = _proven(identity, column)
    return proven is not None and proven.origin == "sidecar"


def judgements_shown(identity: Identity) -> dict[str, list[str]]:
    """Return the judgements whose grades can be corrected, each with what may be chosen; none
    where the document is no inspection report, since nothing else gives any.
    """
    if identity.kind.value is not Kind.INSPECTION_REPORT:
        return {}
    framework = identity.framework.value if identity.framework else None
    grades = [one.value for one in grade_choices(framework)]
    read = {one.key for one in identity.judgements}
    able = read.union(judgement_choices(framework))
    return {key: [*grades, NOT_GIVEN] for key in JUDGEMENT_KEYS if key in able}


def _graded(identity: Identity, given: Mapping[str, str]) -> bool:
    """Return whether a document is an inspection report with what a form says of its kind."""
    kind = given.get("kind", "").strip()
    by_text = identity.kind.value is Kind.INSPECTION_REPORT and not by_hand(identity, "kind")
    return kind == Kind.INSPECTION_REPORT.value if kind else by_text


def _proven(identity: Identity, column: str) -> Proven[object] | None:
    if column in identity.ungraded:
        return Proven(NOT_GIVEN, None, "sidecar")
    if column in JUDGEMENT_KEYS:
        one = next((one for one in identity.judgements if one.key == column), None)
        given = one is not None and one.origin == "sidecar"
        return Proven(one.grade.value, None if given else one.span, one.origin) if one else None
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
    if column in JUDGEMENT_KEYS:
        if cell not in (*Grade, NOT_GIVEN):
            raise UsageError(f"“{cell}” is no grade: choose one from the list.")
        return cell
    return _address(cell) if column == "url" else _day(cell, today).isoformat()


def _address(cell: str) -> str:
    try:
        parts = urlsplit(cell)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        known = False
    if not known or len(cell) > _MOST_OF_A_URL or not cell.isprintable() or " " in cell:
        raise UsageError(
            f"“{cell[:80]}” is no address of a page: copy it from the browser, from https:// on."
        )
    return cell


def _check_visit(identity: Identity, row: Mapping[str, str]) -> None:
    """Check that a visit ends after it began, whoever gave its days.

    Raises:
        UsageError: it does not.
    """
    ends = []
    for column in ("visit_start", "visit_end"):
        by_text = "" if by_hand(identity, column) else value_of(identity, column)
        ends.append(row.get(column) or by_text)
    start, end = ends
    if start and end and start > end:
        first, last = (day(date.fromisoformat(one)) for one in ends)
        raise UsageError(f"The visit would end on {last}, before it began on {first}.")


def _day(cell: str, today: date) -> date:
    try:
        given = Sidecar("", {"published": cell}).date("published")
    except LoadError as error:
        raise UsageError(f"“{cell}” is no day: write it like 31 January 2022.") from error
    if given is None or given.value > today:
        raise UsageError(f"“{cell}” is still to come: give a day that the document tells of.")
    return given.value
