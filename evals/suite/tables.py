"""Reads suites that staff keep as CSV or Excel: one row a gold quote, a header row on top.

Columns (any order, any case): ``question`` is needed; ``id``, ``category``, ``document``,
``quote``, ``occurrence``, ``group``, ``facts``, ``status``, ``authority``, ``answer`` and
``notes`` may be given. Rows that repeat an ``id`` (or leave ``id`` and ``question`` empty) add
quotes to the question above. Quotes with the same ``group`` say the same; facts and statuses
are separated by semicolons.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, str]
_PLAIN = ("category", "answer", "notes")
_NAMES = {"document": "source", "file": "source", "source": "source", "gold_quote": "quote"}


def csv_entries(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Questions of a CSV file (comma or semicolon; UTF-8 or Windows-1252), with their lines."""
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    yield from _questions((reader.line_num, cells) for cells in reader)


def excel_entries(path: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Questions of the first sheet of a workbook, with their row numbers."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    listed = [["" if c is None else str(c) for c in row] for row in rows]
    book.close()
    yield from _questions(enumerate(listed, start=1))


def _questions(
    rows: Iterable[tuple[int, list[str]]],
) -> Iterator[tuple[int, dict[str, Any] | str]]:
    header: list[str] | None = None
    line = 0
    current: dict[str, Any] = {}
    groups: dict[str, list[int]] = {}
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = [_column(cell) for cell in cells]
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
        line, current, groups = number, _start(row, number), {}
        _add_quote(current, groups, row)
    if current:
        yield line, _with_groups(current, groups)


def _column(cell: str) -> str:
    name = cell.strip().casefold().replace(" ", "_")
    return _NAMES.get(name, name)


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
