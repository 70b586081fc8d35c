"""The block of fields on top of a Markdown file, between two lines of dashes: front matter."""

from __future__ import annotations

import re

from index.loading.characters import tidy
from index.loading.paras import Para, Piece
from index.types import BlockKind

_FRONT = re.compile(r"\ufeff?---[ \t]*\r?\n(.{0,20000}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.S)
_FIELD = re.compile(r"(\w[\w -]*):[ \t]*(.*)")
_QUOTES = "\"'"


def front_matter(text: str) -> tuple[list[Para], str]:
    """Split the fields on top from the rest: the title as a heading, the others as furniture.

    A text that opens with a line of dashes and no fields has none.
    """
    found = _FRONT.match(text)
    if found is None or not any(_FIELD.match(line) for line in found[1].splitlines()):
        return [], text
    paras = [_para(line) for line in found[1].splitlines() if tidy(line)]
    return paras, text[found.end() :]


def _para(line: str) -> Para:
    field = _FIELD.match(line)
    if field and field[1].lower() == "title" and (title := tidy(field[2].strip(_QUOTES))):
        return Para((Piece(title),), kind=BlockKind.HEADING, level=1)
    return Para((Piece(tidy(line)),), kind=BlockKind.FURNITURE)
