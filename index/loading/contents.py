"""Finds a table of contents, which repeats headings without being one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.loading.lines import Line

_TITLE = re.compile(r"^(table of )?contents( page)?$", re.I)
_ENTRY = re.compile(r"^\S.*[\s.…]\d{1,3}$")
_PAGES = 6
"""Contents stand in the first pages."""


def contents_lines(lines: Sequence[Line]) -> frozenset[int]:
    """Return indices of the title "Contents" and of the entries under it, wrapped ones included."""
    for index, line in enumerate(lines):
        if line.page >= _PAGES:
            break
        if _TITLE.match(line.text):
            return frozenset(range(index, _end(lines, index)))
    return frozenset()


def _end(lines: Sequence[Line], title: int) -> int:
    """Return one past the last entry: the last line of the page that ends in a page number."""
    last = title
    for index in range(title + 1, len(lines)):
        if lines[index].page != lines[title].page:
            break
        if _ENTRY.match(lines[index].text):
            last = index
    return last + 1
