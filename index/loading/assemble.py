"""Typed paragraphs become one text with blocks, pages and sections; decides nothing."""

from __future__ import annotations

from collections.abc import Sequence

from index.loading.hyphens import glue, mend
from index.loading.paras import Para, Piece
from index.loading.sections import sections
from index.types import Block, BlockKind, CleanText

_TIGHT = (BlockKind.ROW, BlockKind.ITEM, BlockKind.FURNITURE)


class _Writer:
    """The text so far; the only state of loading."""

    def __init__(self, words: frozenset[str]) -> None:
        self.words = words
        self.parts: list[str] = []
        self.length = 0
        self.page_starts: dict[int, int] = {}

    def write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def write_pieces(self, pieces: Sequence[Piece], page_start: int) -> None:
        """Write one paragraph's pieces; ``page_start`` is where its number stands."""
        for position, piece in enumerate(pieces):
            start = self.length if position else page_start
            self.page_starts.setdefault(piece.page, start)
            text = mend(piece.text, self.words)
            if position + 1 < len(pieces):
                text = glue(text, pieces[position + 1].text, self.words)
            self.write(text)


def assemble(paras: Sequence[Para], pages: int, words: frozenset[str] = frozenset()) -> CleanText:
    """Write the paragraphs one after the other.

    Args:
        paras: in reading order, with kinds and headings.
        pages: how many pages the file has, 1 for a file without pages.
        words: words that wrapping has split, for ``hyphens``.
    """
    writer = _Writer(words)
    blocks: list[Block] = []
    for para in paras:
        if blocks:
            tight = para.kind in _TIGHT and blocks[-1].kind == para.kind
            writer.write("\n" if tight else "\n\n")
        page_start = writer.length
        if para.number:
            writer.write(para.number + " ")
        start = writer.length
        writer.write_pieces(para.pieces, page_start)
        blocks.append(
            Block(
                kind=para.kind or BlockKind.PARAGRAPH,
                start=start,
                end=writer.length,
                heading=para.heading,
                paragraph=para.number,
                level=para.level,
                table_title=para.table_title,
                columns=para.columns,
                cells=_cells(para, start, words),
            )
        )
    text = "".join(writer.parts)
    starts = _page_starts(writer.page_starts, pages, len(text))
    return CleanText(text, starts, tuple(blocks), sections(text, blocks))


def _cells(para: Para, start: int, words: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """Where each column's cell stands in the text; empty cells before the first stand there."""
    spans: list[tuple[int, int]] = []
    at, begun = start, False
    for cell in para.cells:
        text = mend(cell.text, words)
        at += bool(begun)
        spans += [(at, at + len(text))] * cell.width
        at += len(text)
        begun = begun or bool(text)
    last = max((end for begin, end in spans if end > begin), default=start)
    return tuple((min(begin, last), min(end, last)) for begin, end in spans)


def _page_starts(found: dict[int, int], pages: int, end: int) -> tuple[int, ...]:
    """Return the offsets by page; a page without text starts where the next one does."""
    starts: list[int] = []
    following = end
    for page in reversed(range(pages)):
        following = min(found.get(page, following), following)
        starts.append(following)
    starts[-1] = 0
    return tuple(reversed(starts))
