"""Markdown to paragraphs, with markdown-it-py: CommonMark and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.loading.characters import take_bullet, take_number, tidy
from index.loading.front import front_matter
from index.loading.paras import Cell, Para, Piece, Role
from index.loading.tables import row_para
from index.types import BlockKind


def read_markdown(text: str) -> list[Para]:
    """Read headings, paragraphs, list items and table rows in order."""
    front, body = front_matter(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    walk = _Walk(headed=any(token.type == "heading_open" for token in tokens))
    for token in tokens:
        walk.take(token)
    return [*front, *walk.done]


@dataclass
class _Walk:
    """Turns the parser's flat list of tokens into paragraphs.

    ``headed``: the file marks its headings, so that no other line is taken for one.
    """

    headed: bool
    done: list[Para] = field(default_factory=list)
    heading: int = 0
    depth: int = 0
    item: bool = False
    number: str | None = None
    cells: list[str] | None = None
    in_head: bool = False

    def take(self, token: Token) -> None:
        """Take one token: remember where we are, or add what it holds."""
        if token.type in ("heading_open", "heading_close"):
            self.heading = int(token.tag[1]) if token.nesting > 0 else 0
        elif token.type in _LISTS:
            self.depth += token.nesting
        elif token.type == "list_item_open":
            self.item = True
            self.number = f"{token.info}{token.markup}" if token.info else None
        elif token.type in ("thead_open", "thead_close"):
            self.in_head = token.nesting > 0
        elif token.type == "tr_open":
            self.cells = []
        elif token.type == "tr_close":
            self.row()
        else:
            self.content(token)

    def content(self, token: Token) -> None:
        """Add what prints."""
        if token.type == "inline" and self.cells is not None:
            self.cells.append(" ".join(_inline(token.children or [])))
        elif token.type == "inline":
            for part in _parts(token.children or []):
                self.add(_inline(part))
        elif token.type in ("fence", "code_block"):
            self.add(token.content.splitlines())
        elif token.type == "html_block":
            self.add(BeautifulSoup(token.content, "lxml").get_text("\n").splitlines())

    def add(self, lines: Sequence[str]) -> None:
        """Add one paragraph of the kind that its place gives it."""
        lines = [tidy(line) for line in lines]
        note = _NOTE.match(lines[0]) if lines and not self.heading else None
        if note:
            lines[0] = lines[0][note.end() :]
        pieces = tuple(Piece(line) for line in lines if line)
        if not pieces:
            return
        if note:
            self.done.append(Para(pieces, kind=BlockKind.FOOTNOTE))
            return
        if self.heading:
            self.done.append(Para(pieces, kind=BlockKind.HEADING, level=self.heading))
            return
        bullet, rest = take_bullet(pieces[0].text)
        number, rest = take_number(rest) if bullet is None else (None, rest)
        kind = BlockKind.ITEM if self.item or bullet else None
        if self.number and self.depth == 1 and self.number.endswith("."):
            kind = None
        marker = bullet or ("•" if kind else None)
        pieces = (Piece(rest), *pieces[1:])
        level = self.depth if kind else 0
        number = self.number or number
        alone = not self.headed
        self.done.append(Para(pieces, kind, level, number=number, marker=marker, alone=alone))
        self.item, self.number = False, None

    def row(self) -> None:
        """Add a table row, or a table's column headings."""
        cells = [Cell(tidy(cell)) for cell in self.cells or []]
        self.cells = None
        if any(cell.text for cell in cells):
            self.done.append(row_para(cells, Role.COLUMN_ROW if self.in_head else Role.PLAIN))


_NOTE = re.compile(r"\[\^[^\]\s]{1,40}\]:\s*")
_MARKS = re.compile(r"\[\^[^\]\s]{1,40}\](?!:)|^\[[ xX]\]\s+")
"""A footnote's reference, and the box of a task."""

_LISTS = ("bullet_list_open", "bullet_list_close", "ordered_list_open", "ordered_list_close")


def _parts(children: Sequence[Token]) -> list[Sequence[Token]]:
    """Split a line before a bold name at its end, as in a signature, so no quote spans both."""
    children = [child for child in children if child.type != "text" or child.content]
    if not children or children[-1].type != "strong_close" or children[0].type == "strong_open":
        return [children]
    start = max(i for i, child in enumerate(children) if child.type == "strong_open")
    before = "".join(child.content for child in children[:start]).rstrip()
    inside = [child for child in children[:start] if child.type == "softbreak"]
    if inside or not before[-1:].isalnum():
        return [children]
    return [children[:start], children[start:]]


def _inline(children: Sequence[Token]) -> list[str]:
    """Return the printed lines of inline content, without marks of emphasis, links and pictures."""
    lines, struck = [""], 0
    for child in children:
        if child.type in ("s_open", "s_close"):
            struck += child.nesting
        elif struck:
            continue
        elif child.type == "text":
            lines[-1] += _MARKS.sub("", child.content)
        elif child.type == "code_inline":
            lines[-1] += child.content
        elif child.type == "softbreak":
            lines[-1] += " "
        elif child.type == "hardbreak":
            lines.append("")
    return lines
