"""What a ``metadata.csv`` beside the files says of one file, for what the text does not print."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import TypeVar

from index.errors import LoadError
from index.identity.authorities import authorities
from index.identity.dates import runs
from index.identity.metadata_csv import COLUMNS, CORRECTED
from index.types import Framework, Issuer, Kind, Proven

T = TypeVar("T")


class Sidecar:
    """One row, read by column; every value comes back marked ``origin="sidecar"``.

    Empty cells and missing columns are absent. It fills gaps only: whoever holds a value from
    the text keeps it (``or`` does it), since the text is what the reader can check. Only a
    column that the row itself names as corrected, by a person who saw the text, goes before it.
    """

    def __init__(self, source: str, row: Mapping[str, str] | None) -> None:
        self._source = source
        self._row = row or {}
        self._check_corrected()

    def corrected(self, column: str, given: T | None) -> T | None:
        """Return ``given``, this row's value of a column, where the row says that it corrects."""
        return given if column in self._row.get(CORRECTED, "").split() else None

    def text(self, column: str) -> Proven[str] | None:
        """Return a cell as it is."""
        return self._read(column, str)

    def date(self, column: str) -> Proven[date] | None:
        """Return a date: 2022-01-31, 31/01/2022, 31 January 2022.

        Raises:
            LoadError: the cell is no such date.
        """
        return self._read(column, _day)

    def issuer(self) -> Proven[Issuer] | None:
        """Return the issuer; raises LoadError where there is no such issuer."""
        return self._read("issuer", Issuer, Issuer)

    def kind(self) -> Proven[Kind] | None:
        """Return the kind; raises LoadError where there is no such kind."""
        return self._read("kind", Kind, Kind)

    def framework(self) -> Proven[Framework] | None:
        """Return the framework; raises LoadError where there is no such framework."""
        return self._read("framework", Framework, Framework)

    def authority(self) -> Proven[str] | None:
        """Return the authority by its canonical name where it is known, else as written."""
        return self._read("authority", lambda cell: authorities().canonical(cell) or cell)

    def _check_corrected(self) -> None:
        """Raise LoadError where the row corrects a column that no sidecar has."""
        for name in self._row.get(CORRECTED, "").split():
            if name not in COLUMNS:
                known = ", ".join(one for one in COLUMNS if one not in ("source", CORRECTED))
                reason = f"metadata.csv, column {CORRECTED}: “{name}” is no column; use {known}"
                raise LoadError(self._source, reason)

    def _read(
        self, column: str, parse: Callable[[str], T], known: Iterable[str] = ()
    ) -> Proven[T] | None:
        cell = self._row.get(column, "").strip()
        if not cell:
            return None
        try:
            return Proven(parse(cell), None, "sidecar")
        except ValueError as error:
            able = ", ".join(known)
            to_do = f"use {able}" if able else "correct it"
            reason = f"metadata.csv gives {column} as “{cell}”, which cannot be read; {to_do}"
            raise LoadError(self._source, reason) from error


def _day(cell: str) -> date:
    """Read one day, and nothing beside it."""
    try:
        return datetime.fromisoformat(cell).date()
    except ValueError:
        days = list(runs(cell))
    if len(days) != 1 or days[0].start != days[0].end or len(cell) != days[0].span.end:
        raise ValueError(cell)
    return days[0].end
