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
_WORD = re.compile(r"[^\W\d_]{3,}")
_DIGITS = re.compile(r"\d+")
_TRAILING = re.compile(r"(\s*(page|of|[-–—|/]|#))+$", re.I)


def drop_running(lines: Sequence[Line], pages: int) -> tuple[list[Line], list[Line]]:
    """Delete running lines and page numbers, keeping the order of the rest.

    Returns:
        The rest; and of the running lines that say what stands nowhere else, the first of each.
    """
    by_pattern: dict[str, set[int]] = defaultdict(set)
    edges = {id(line) for line in _edge_lines(lines)}
    for line in lines:
        if id(line) in edges:
            by_pattern[_pattern(line.text)].add(line.page)
    least = max(2, round(pages * _LEAST_PAGES))
    running = {pattern for pattern, on in by_pattern.items() if pattern and len(on) >= least}
    dropped = [
        line
        for line in lines
        if id(line) in edges and (_is_page_number(line) or _pattern(line.text) in running)
    ]
    gone = {id(line) for line in dropped}
    kept = [line for line in lines if id(line) not in gone]
    return kept, _said_nowhere_else(dropped, kept)


def _said_nowhere_else(dropped: Sequence[Line], kept: Sequence[Line]) -> list[Line]:
    """Return the first of each running line that names (with a capital) what the rest does not."""
    said = {word for line in kept for word in _WORD.findall(line.text)}
    first: dict[str, Line] = {}
    for line in dropped:
        names = [word for word in _WORD.findall(line.text) if word[0].isupper()]
        if not said.issuperset(names):
            first.setdefault(_pattern(line.text), line)
    return list(first.values())


def _is_page_number(line: Line) -> bool:
    """Return a lone figure in the margin; one in very small print is a footnote's mark."""
    return bool(_PAGE_NUMBER.match(line.text)) and line.size >= _LEAST_SIZE


def _edge_lines(lines: Sequence[Line]) -> list[Line]:
    """Return lines in the margins, short ones only."""
    return [
        line
        for line in lines
        if not _MARGIN < line.y / max(line.height, 1.0) < 1 - _MARGIN and len(line.text) < 200
    ]


def _pattern(text: str) -> str:
    """Return a line without its figures, so that "11 July 2022 2" and "11 July 2022" are one."""
    return _TRAILING.sub("", _DIGITS.sub("#", " ".join(text.split()))).casefold()
