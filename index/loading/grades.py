"""Finds the judgement table of a report's first pages, whose cells PDFium gives as lines.

The rows are found by their words, not by rules drawn on the page: a row is a judgement's name
and a grade. Rows keep the order in which PDFium gives the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.loading.lines import Line

GRADE = r"(?:outstanding|good|adequate|inadequate|requires improvement(?: to be good)?)"
_NAME = (
    r"(?:the )?(?:overall effectiveness|impact of leaders|effectiveness of leaders"
    r"|experiences? and progress|children (?:who need|looked after|in care)|care leavers"
    r"|adoption performance|graded judgement|leadership(?:,? management| and governance)"
    r"|local safeguarding|effectiveness of|quality of practice)"
)
STARTS_ROW = re.compile(rf"^(?:\d(?:\.\d)?\.?\s+)?{_NAME}\b[^.:;]*$", re.I)
_ROW = re.compile(rf"^(?:\d(?:\.\d)?\.?\s+)?{_NAME}\b[^.:;]*?\s{GRADE}$", re.I)
_COLUMNS = re.compile(r"^Judgements?\s+Grades?$", re.I)
_GOES_ON = re.compile(r"^(?:improvement(?: to be good)?|to be good|be good|to be|good)$", re.I)
_MAX_LINES = 6
_PAGES = 3
"""Tables stand in the first pages, in older reports in the last."""

_CLOSE = 1.35
"""Times the font size: lines of one paragraph are set no further apart."""


@dataclass(frozen=True, slots=True)
class Table:
    """Which lines are column headings and which make a row together.

    Attributes:
        columns: indices of "Judgement Grade" lines.
        rows: first index of a row → one past its last.
    """

    columns: frozenset[int]
    rows: dict[int, int]


def judgement_rows(lines: Sequence[Line], pages: int) -> Table:
    """Find the rows among the lines of the first and the last pages."""
    columns = set()
    rows: dict[int, int] = {}
    index = 0
    while index < len(lines):
        end = None
        if not _PAGES <= lines[index].page < pages - _PAGES:
            if _COLUMNS.match(lines[index].text):
                columns.add(index)
            end = _row_end(lines, index)
        if end:
            rows[index] = end
        index = end or index + 1
    return Table(frozenset(columns), rows)


def _wraps_into(lines: Sequence[Line], index: int) -> bool:
    """Say whether the line above runs on into this one, as text does and a table's rows do not."""
    above, line = lines[index - 1], lines[index]
    if index == 0 or above.page != line.page:
        return False
    close = 0 < above.y_end - line.y < line.size * _CLOSE
    return close and not re.search(rf"([.:;?!]|\b{GRADE}|grades?)$", above.text, re.I)


def _row_end(lines: Sequence[Line], start: int) -> int | None:
    """Return one past the last line of the row that starts here, or None."""
    first = lines[start]
    if not STARTS_ROW.match(first.text) or first.text[0].islower() or _wraps_into(lines, start):
        return None
    text = ""
    for index in range(start, min(start + _MAX_LINES, len(lines))):
        line = lines[index]
        if line.page != first.page or abs(line.size - first.size) > 1:
            return None
        text = f"{text} {line.text}".strip()
        follows = index + 1 < len(lines) and _GOES_ON.match(lines[index + 1].text)
        if _ROW.match(text) and not follows:
            return index + 1
        if re.search(r"[.:;]\s", re.sub(r"^\d(\.\d)?\.?\s", "", text)):
            return None
    return None


_CELLS = re.compile(rf"\s+(?=(?:{GRADE}|grades?)$)", re.I)


def split_row(text: str) -> str:
    """Set a tab between the two cells of a row."""
    return _CELLS.sub("\t", text, count=1)
