"""HTML pages to paragraphs, with Beautiful Soup over lxml; menus, scripts and forms left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PreformattedString, Tag

from index.errors import LoadError
from index.loading.characters import take_bullet, take_number, tidy
from index.loading.paras import Para, Piece, Role
from index.types import BlockKind

_DROPPED = frozenset(
    re.findall(
        r"\w+",
        "script style noscript template nav footer aside form svg iframe button select "
        "input textarea object canvas audio video head dialog ",
    )
)
_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article blockquote body caption center dd details div dl dt fieldset "
        "figcaption figure h1 h2 h3 h4 h5 h6 header hgroup hr html li main ol p pre "
        "section summary table tbody td tfoot th thead tr ul ",
    )
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LEAST_SHARE = 0.4
"""``<main>`` or ``<article>`` stands for the page where it holds this share of its text."""


def read_html(text: str, name: str) -> list[Para]:
    """Read the page's own content in order.

    Raises:
        LoadError: nested too deeply to be a page.
    """
    try:
        soup = BeautifulSoup(text, "lxml")
        for tag in soup.find_all(_is_dropped):
            if not tag.decomposed:
                tag.decompose()
        walk = _Walk(headed=soup.find(list(_HEADINGS)) is not None)
        walk.visit(_content(soup))
        walk.flush()
        return walk.done
    except RecursionError as error:
        raise LoadError(name, "damaged: its elements are nested too deeply for a page") from error


def _is_dropped(tag: Tag) -> bool:
    style = str(tag.get("style") or "").replace(" ", "").lower()
    hidden = tag.has_attr("hidden") or tag.get("aria-hidden") == "true"
    return tag.name in _DROPPED or hidden or "display:none" in style


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
        elif tag.name == "table" and not tag.find("table"):
            self.flush()
            self.done.extend(_rows(tag))
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
        """The paragraph with the kind that its place in the page gives it."""
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


def _rows(table: Tag) -> Iterator[Para]:
    """A table's caption, column headings and rows, cells in order."""
    caption = table.find("caption")
    if caption and tidy(caption.get_text(" ")).strip():
        piece = Piece(" ".join(tidy(caption.get_text(" ")).split()))
        yield Para((piece,), kind=BlockKind.HEADING, role=Role.TITLE_ROW)
    for row in table.find_all("tr"):
        cells = row.find_all(["th", "td"])
        texts = [" ".join(tidy(cell.get_text(" ")).split()) for cell in cells]
        filled = [text for text in texts if text]
        if not filled:
            continue
        heads = len(filled) > 1 and all(cell.name == "th" for cell in cells)
        kind = BlockKind.HEADING if heads else BlockKind.ROW
        role = Role.COLUMN_ROW if heads else Role.PLAIN
        yield Para((Piece("\t".join(filled)),), kind=kind, role=role)
