"""Deletes what is printed on page after page: running headers, footers, page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from index.loading.lines import Line

_MARGIN = 0.13
"""Share of the page's height, at its head and at its foot, in which running lines stand."""

_LEAST_PAGES = 0.4
"""A running line stands on at least this share of the pages (front and end pages lack it)."""

_LEAST_SIZE = 7.2
"""Points."""

_PAGE_NUMBER = re.compile(r"^[-–—|\s]*(page\s*)?\d{1,4}(\s*(of|/)\s*\d{1,4})?[-–—|\s]*$", re.I)
_DIGITS = re.compile(r"\d+")
_TRAILING = re.compile(r"(\s*(page|of|[-–—|/]|#))+$", re.I)


def drop_running(lines: Sequence[Line], pages: int) -> list[Line]:
    """Delete running lines and page numbers, keeping the order of the rest."""
    by_pattern: dict[str, set[int]] = defaultdict(set)
    edges = {id(line) for line in _edge_lines(lines)}
    for line in lines:
        if id(line) in edges:
            by_pattern[_pattern(line.text)].add(line.page)
    least = max(2, round(pages * _LEAST_PAGES))
    running = {pattern for pattern, on in by_pattern.items() if pattern and len(on) >= least}
    return [
        line
        for line in lines
        if id(line) not in edges or not (_is_page_number(line) or _pattern(line.text) in running)
    ]


def _is_page_number(line: Line) -> bool:
    """A lone figure in the margin; one in very small print is a footnote's mark."""
    return bool(_PAGE_NUMBER.match(line.text)) and line.size >= _LEAST_SIZE


def _edge_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines in the margins, short ones only."""
    return [
        line
        for line in lines
        if not _MARGIN < line.y / max(line.height, 1.0) < 1 - _MARGIN and len(line.text) < 200
    ]


def _pattern(text: str) -> str:
    """A line without its figures, so that "11 July 2022 2" and "11 July 2022" are one."""
    return _TRAILING.sub("", _DIGITS.sub("#", " ".join(text.split()))).casefold()
