"""Reads and writes ``metadata.csv``, which says of files what their text does not print."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Callable, Mapping
from pathlib import Path

from index.errors import UsageError
from index.loading.csv_rows import column_name, csv_rows
from index.types import JUDGEMENT_KEYS

SIDECAR = "metadata.csv"
CORRECTED = "corrected"
"""Column that names columns of its row, apart by spaces, which hold whatever the text says."""
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
    *JUDGEMENT_KEYS,
    CORRECTED,
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


def put_row(path: Path, source: str, row: Mapping[str, str]) -> None:
    """Write what a sidecar says of one file in place of what it said; an empty row says nothing.

    The new file replaces the old one in one step; rows of other files stay. Judgements have a
    column where a row speaks of them.

    Raises:
        UsageError: what is there is no sidecar.
        OSError: it cannot be written.
    """
    rows = {**sidecar_rows(path), source: {**row, "source": source}}
    said = {name for one in rows.values() for name in one}
    columns = [name for name in COLUMNS if name in said or name not in JUDGEMENT_KEYS]
    made = io.StringIO()
    writer = csv.DictWriter(made, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows[name] for name in sorted(rows) if name != source or row)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(made.getvalue())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


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
