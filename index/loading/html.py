"""HTML pages to paragraphs, with Beautiful Soup over lxml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PreformattedString, Tag

from index.errors import LoadError
from index.loading.characters import take_bullet, take_number, tidy
from index.loading.html_clutter import drop_unseen
from index.loading.paras import Cell, Para, Piece, Role
from index.loading.tables import lays_out, row_para, table_paras
from index.types import BlockKind

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body caption center dd details div dl dt fieldset "
        "figcaption figure h1 h2 h3 h4 h5 h6 header hgroup hr html li main ol p pre "
        "section summary table tbody td tfoot th thead tr ul ",
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_IN_CELLS = ["p", "div", "ul", "ol", *_HEADINGS]
"""Blocks of which a cell of figures holds one at most."""

MAX_SPAN = 100
"""Columns or rows that a cell may reach over: one that reaches further is made to do harm."""

_LEAST_SHARE = 0.4
"""``<main>`` or ``<article>`` stands for the page where it holds this share of its text."""


def read_html(text: str, name: str) -> list[Para]:
    """Read the page's own content in order.

    Raises:
        LoadError: nested too deeply to be a page.
    """
    try:
        soup = BeautifulSoup(text, "lxml")
        drop_unseen(soup)
        walk = _Walk(headed=soup.find(list(_HEADINGS)) is not None)
        walk.visit(_content(soup))
        walk.flush()
        return walk.done
    except RecursionError as error:
        raise LoadError(name, "damaged: its elements are nested too deeply for a page") from error


def _content(soup: BeautifulSoup) -> Tag:
    whole = len(soup.get_text())
    for name in ("main", "article"):
        found = soup.find_all(name)
        if len(found) == 1 and len(found[0].get_text()) >= whole * _LEAST_SHARE:
            return found[0]
    return soup.body or soup


@dataclass
class _Walk:
    """Collects inline text and turns it into a paragraph at each block's edge.

    ``headed``: the page marks its headings, so that no other line is taken for one.
    """

    headed: bool
    done: list[Para] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    depth: int = 0
    item: bool = False
    heading: int = 0

    def visit(self, tag: Tag) -> None:
        """Walk the children of a tag in order."""
        for child in tag.children:
            if isinstance(child, Tag):
                self.enter(child)
            elif isinstance(child, NavigableString) and _prints(child):
                self.parts.append(" ".join(str(child).split("\n")))

    def enter(self, tag: Tag) -> None:
        """Walk one element, keeping apart what it keeps apart."""
        if tag.name == "br":
            self.parts.append("\n")
        elif tag.name == "table" and not tag.find("table") and (rows := _table(tag)):
            self.flush()
            self.done.extend(rows)
        elif tag.name in _BLOCKS:
            self.flush()
            self.block(tag)
            self.flush()
        else:
            self.visit(tag)

    def block(self, tag: Tag) -> None:
        """Walk a block element: a heading, a list, an item or a plain block."""
        depth, item, heading = self.depth, self.item, self.heading
        self.heading = _HEADINGS.get(tag.name, heading)
        self.depth += tag.name in ("ul", "ol")
        if tag.name == "li":
            self.item = True
        self.visit(tag)
        self.flush()
        self.depth, self.item, self.heading = depth, item, heading

    def flush(self) -> None:
        """End the paragraph that is being collected."""
        lines = [tidy(line) for line in "".join(self.parts).split("\n")]
        self.parts.clear()
        pieces = tuple(Piece(line) for line in lines if line)
        if pieces:
            self.done.append(self.typed(pieces))
        if self.item and pieces:
            self.item = False

    def typed(self, pieces: tuple[Piece, ...]) -> Para:
        """Return the paragraph with the kind that its place in the page gives it."""
        if self.heading:
            return Para(pieces, kind=BlockKind.HEADING, level=self.heading)
        bullet, rest = take_bullet(pieces[0].text)
        number, rest = take_number(rest) if bullet is None else (None, rest)
        pieces = (Piece(rest), *pieces[1:])
        if bullet or self.item:
            level = max(self.depth, 1)
            return Para(pieces, BlockKind.ITEM, level, number=number, marker=bullet or "•")
        return Para(pieces, number=number, alone=not self.headed)


def _prints(string: NavigableString) -> bool:
    return not isinstance(string, PreformattedString) or isinstance(string, CData)


def _table(table: Tag) -> Iterator[Para] | None:
    """Return a table's caption, column headings and rows; None where it only lays out the page."""
    rows = table.find_all("tr")
    cells, marked = _cells(rows), [_heads(row) for row in rows]
    blocks = any(len(cell.find_all(_IN_CELLS)) > 1 for cell in table.find_all(["th", "td"]))
    if blocks or lays_out(cells) or table.get("role") in ("presentation", "none"):
        return None
    return _captioned(table, cells, marked)


def _captioned(table: Tag, cells: list[list[Cell]], marked: list[bool]) -> Iterator[Para]:
    caption = table.find("caption")
    if caption and (text := _on_a_line(caption)):
        yield row_para([Cell(text)], Role.TITLE_ROW)
    yield from table_paras(cells, marked)


def _heads(row: Tag) -> bool:
    cells = row.find_all(["th", "td"])
    in_head = row.parent is not None and row.parent.name == "thead"
    return in_head or (len(cells) > 1 and all(cell.name == "th" for cell in cells))


def _cells(rows: Sequence[Tag]) -> list[list[Cell]]:
    """Return the cells of each row; one that reaches down leaves an empty one in the rows below."""
    reach: dict[int, int] = {}
    table = []
    for row in rows:
        cells: list[Cell] = []
        column = 0
        for cell in row.find_all(["th", "td"]):
            while reach.get(column, 0) > 0:
                reach[column] -= 1
                cells.append(Cell(""))
                column += 1
            width = _number(cell, "colspan")
            for one in range(column, column + width):
                reach[one] = _number(cell, "rowspan") - 1
            cells.append(Cell(_on_a_line(cell), width))
            column += width
        table.append(cells)
    return table


def _number(cell: Tag, name: str) -> int:
    written = str(cell.get(name) or "")
    return min(max(int(written), 1), MAX_SPAN) if written.isdecimal() else 1


def _on_a_line(tag: Tag) -> str:
    return " ".join(tidy(tag.get_text(" ")).split())
