"""Reads tables that staff keep as CSV, in whatever form a spreadsheet saved them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from index.loading.sniff import decode

MAX_BYTES = 50_000_000
_SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?\s*$", re.I)


def csv_rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a file with the line that each ends on, the header first.

    Commas, semicolons or tabs, as the header or a line ``sep=;`` before it says; UTF-8, UTF-16 or
    Windows-1252. Only line ends end a row: U+2028 in a cell does not.

    Raises:
        ValueError: it is no text or no such table, or larger than ``MAX_BYTES``; says why.
        OSError: it cannot be read.
    """
    if path.stat().st_size > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES} bytes")
    text = decode(path.read_bytes())
    if text is None:
        raise ValueError("not text: save it as CSV")
    lines = io.StringIO(text, newline="")
    first = lines.readline()
    told = _SEPARATOR.match(first)
    skipped = 1 if told else 0
    if not told:
        lines.seek(0)
    delimiter = told[1] if told else max(",;\t", key=first.count)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in reader:
            yield reader.line_num + skipped, cells
    except csv.Error as error:
        raise ValueError(f"line {reader.line_num + skipped}: {error}") from error


def column_name(cell: str) -> str:
    """Return a column's heading as it is looked up: in small letters, ``_`` for spaces."""
    return cell.strip().strip("\ufeff").casefold().replace(" ", "_")
