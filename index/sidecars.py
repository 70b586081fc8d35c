"""Reads ``metadata.csv``, which says of files what their text does not print."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from index.csv_rows import column_name, csv_rows
from index.errors import UsageError

SIDECAR = "metadata.csv"
COLUMNS = (
    "source",
    "title",
    "issuer",
    "kind",
    "framework",
    "authority",
    "published",
    "visit_start",
    "visit_end",
    "url",
)
"""What a sidecar may say of a file."""

Rows = Callable[[Path], Mapping[str, Mapping[str, str]]]


def sidecar_rows(path: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the rows of a sidecar by the file that each describes; none where there is none.

    Raises:
        UsageError: it cannot be read as a table with a column ``source``.
    """
    header, *rows = _table(path) or [[]]
    out = {}
    for cells in rows:
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        source = row.get("source", "").replace("\\", "/")
        out[source] = {name: cell for name, cell in row.items() if name in COLUMNS and cell}
    return out


def unknown_columns(path: Path) -> list[str]:
    """Return the columns of a sidecar that mean nothing: often a misspelling."""
    header = (_table(path) or [[]])[0]
    return [name for name in header if name and name not in COLUMNS]


def _table(path: Path) -> list[list[str]]:
    """Return the rows that hold anything, the first names the columns; none without the file."""
    if not path.is_file():
        return []
    try:
        header, *rows = [cells for _, cells in csv_rows(path) if any(map(str.strip, cells))]
        names = [column_name(cell) for cell in header]
        names.index("source")
    except (ValueError, OSError) as error:
        raise UsageError(
            f"{path} cannot be used ({error}): it needs a header line with a column 'source', and "
            "a line a file"
        ) from error
    return [names, *rows]
