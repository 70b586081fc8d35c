"""Reads suites that staff keep as CSV or Excel: one row a gold quote, a header row on top.

Columns (any order, any case): ``question`` is needed; ``id``, ``category``, ``document``,
``quote``, ``occurrence``, ``group``, ``facts``, ``status``, ``authority``, ``answer`` and
``notes`` may be given. Rows that repeat an ``id`` (or leave ``id`` and ``question`` empty) add
quotes to the question above. Quotes with the same ``group`` say the same; facts and statuses
are separated by semicolons.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from index.loading.csv_rows import column_name, csv_rows

Row = dict[str, str]
_PLAIN = ("category", "answer", "notes")
_COLUMNS = frozenset(
    {"", "id", "question", "source", "quote", "occurrence", "group", "facts", "status"}
    | {"authority", *_PLAIN}
)
_NAMES = {"document": "source", "file": "source", "source": "source", "gold_quote": "quote"}


def csv_entries(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Yield questions of a CSV file, with their lines."""
    try:
        yield from _questions(csv_rows(path))
    except ValueError as error:
        yield 1, f"cannot be read: {error}"


def excel_entries(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Yield questions of a workbook's first sheet that is not hidden, with their row numbers."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as error:
        yield 1, f"not an Excel workbook ({error}): save it as .xlsx or .csv"
        return
    with closing(book):
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not shown:
            yield 1, "the workbook has no sheet that is not hidden"
            return
        shown[0].reset_dimensions()  # what a file says of its size may be wrong
        rows = [[_written(c) for c in row] for row in shown[0].iter_rows(values_only=True)]
    yield from _questions(enumerate(rows, start=1))


def _written(cell: object) -> str:
    """Return a cell as its reader would write it: 7, not 7.0."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _questions(
    rows: Iterable[tuple[int, list[str]]],
) -> Iterator[tuple[int, dict[str, Any] | str]]:
    header: list[str] | None = None
    line = 0
    current: dict[str, Any] = {}
    groups: dict[str, list[int]] = {}
    told = False
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = [_NAMES.get(name, name) for name in map(column_name, cells)]
            if "question" not in header:
                yield number, "the header row has no column called 'question'"
                return
            continue
        row = {name: cell.strip() for name, cell in zip(header, cells, strict=False)}
        if current and _continues(row, current):
            _add_quote(current, groups, row)
            continue
        if current:
            yield line, _with_groups(current, groups)
        unused = {f"column {name}": cell for name, cell in row.items() if name not in _COLUMNS}
        line, groups = number, {}
        current = _start(row, number) | ({} if told else unused)
        told = True
        _add_quote(current, groups, row)
    if current:
        yield line, _with_groups(current, groups)


def _continues(row: Row, current: dict[str, Any]) -> bool:
    if row.get("id"):
        return bool(row["id"] == current["id"])
    return not row.get("question")


def _start(row: Row, number: int) -> dict[str, Any]:
    data: dict[str, Any] = {
        "id": row.get("id") or f"row-{number}",
        "question": row.get("question", ""),
        "gold_quotes": [],
    }
    data |= {name: row[name] for name in _PLAIN if row.get(name)}
    if row.get("authority"):
        data["filters"] = {"authority": row["authority"]}
    if row.get("facts"):
        data["facts"] = _listed(row["facts"])
    if row.get("status"):
        data["status"] = _listed(row["status"])
    return data


def _listed(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _add_quote(data: dict[str, Any], groups: dict[str, list[int]], row: Row) -> None:
    if not row.get("quote"):
        return
    place = len(data["gold_quotes"])
    quote: list[Any] = [row.get("source", ""), row["quote"]]
    if row.get("occurrence", "").isdigit():
        quote.append(int(row["occurrence"]))
    data["gold_quotes"].append(quote)
    groups.setdefault(row.get("group", ""), []).append(place)


def _with_groups(data: dict[str, Any], groups: dict[str, list[int]]) -> dict[str, Any]:
    if groups and set(groups) != {""}:
        data["quote_groups"] = list(groups.values())
    return data
