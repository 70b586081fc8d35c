"""Rows of tables to paragraphs: what is a title, what heads the columns, what stands in which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.loading.grades import GRADE
from index.loading.paras import Cell, Para, Piece, Role
from index.types import BlockKind

LONG_CELL = 60
"""Words: a table with longer cells only lays out a page."""

_GRADE = re.compile(GRADE, re.I)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def table_paras(
    rows: Sequence[Sequence[Cell]], marked: Sequence[bool] | None = None
) -> Iterator[Para]:
    """Turn the rows of a table into paragraphs; rows of empty cells are left out.

    Args:
        rows: cells in order, empty ones included.
        marked: which rows the file says head the columns, None where it says nothing: then the
            first row does, where it reads like it.
    """
    for number, cells in enumerate(rows):
        filled = [cell for cell in cells if cell.text]
        if not filled:
            continue
        heads = marked[number] if marked is not None and any(marked) else heads_table(rows, number)
        if heads and len(filled) > 1:
            yield row_para(cells, Role.COLUMN_ROW)
        elif number == 0 and len(filled) == 1 and len(rows) > 1:
            yield row_para(cells, Role.TITLE_ROW)
        else:
            yield row_para(cells)


def row_para(cells: Sequence[Cell], role: Role = Role.PLAIN) -> Para:
    """Return one row: a heading where it heads columns or is a title, else a row."""
    text = "\t".join(cell.text for cell in cells).strip("\t")
    kind = BlockKind.ROW if role is Role.PLAIN else BlockKind.HEADING
    return Para((Piece(text),), kind=kind, role=role, cells=tuple(cells))


def names_columns(cells: Sequence[Cell]) -> bool:
    """Say whether cells read as column headings: words, or years and quarters; no grades."""
    return not any(_GRADE.fullmatch(cell.text) for cell in cells) and all(
        _YEAR.search(cell.text) or not any(char.isdigit() for char in cell.text) for cell in cells
    )


def lays_out(cells: Sequence[Sequence[Cell]]) -> bool:
    """Say whether a table is there for the page's layout only: long cells, or one column."""
    long = any(len(cell.text.split()) > LONG_CELL for row in cells for cell in row)
    return long or all(len(row) <= 1 for row in cells)


def heads_table(rows: Sequence[Sequence[Cell]], number: int) -> bool:
    """Say whether a row reads as a table's column headings: its first, or the one below a title."""
    before = [cell for row in rows[:number] for cell in row if cell.text]
    return len(before) <= (number > 0) and len(rows) > number + 1 and names_columns(rows[number])
