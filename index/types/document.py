"""A document's text and the parts it is cut into, from blocks and sections down to sentences."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.types.identity import Identity, Span


class BlockKind(StrEnum):
    """What a block is; ``FURNITURE`` (addresses, footers, signatures) is never evidence."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or table row.

    Attributes:
        start, end: the block's span, without surrounding white space; a printed paragraph
            number ("12.") stands before ``start``.
        heading: the headings above it, outermost first; for a row the table's title and its
            column headings ("Adoption performance", "Judgement | Count | %").
        paragraph: the printed paragraph number, None where there is none.
        level: depth of a heading (1 outermost) or of a list item; 0 otherwise.
        table_title: what stands above a row's table, None for nothing.
        columns: headings of the columns of a row's table, one a column ("" for none); empty
            where the table has none, or not as many as the row has cells.
        cells: of a row, the [start, end) of what stands in each column; empty cells start where
            they end, and a cell over several columns stands for each of them.
    """

    kind: BlockKind
    start: int
    end: int
    heading: tuple[str, ...] = ()
    paragraph: str | None = None
    level: int = 0
    table_title: str | None = None
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()


class SectionKind(StrEnum):
    """The lists that readers ask for first, complete."""

    IMPROVEMENT = "what needs to improve"
    RECOMMENDATIONS = "recommendations"
    PRIORITY_ACTION = "areas for priority action"


@dataclass(frozen=True, slots=True)
class Section:
    """A typed list of a document.

    Attributes:
        heading: as printed.
        span: heading and items together.
        items: the list items in order, each complete.
    """

    kind: SectionKind
    heading: str
    span: Span
    items: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class CleanText:
    """What loading makes of a file's bytes, before anyone asks who wrote it.

    Attributes:
        text, pages, blocks, sections, unread: as in ``Document``.
    """

    text: str
    pages: tuple[int, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A file, cleaned once, with its identity.

    Attributes:
        text: cleaned text; cleaning only deletes furniture and changes white space.
        pages: offset where each page starts, ascending, first 0; one entry for a file
            without pages.
        blocks: in order, not overlapping; together they cover all of ``text`` but white
            space and paragraph numbers.
        sections: the typed lists found.
        loader_version: version of the loading code that made ``text``.
        unread: what of the file is not in ``text`` and a reader would see ("a formula").
    """

    identity: Identity
    text: str
    pages: tuple[int, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    loader_version: str
    unread: tuple[str, ...] = ()

    @property
    def doc_id(self) -> str:
        """The identity's ``doc_id``."""
        return self.identity.doc_id


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, list item or table row: the smallest thing that can be quoted.

    Attributes:
        heading: innermost heading, or a row's table title and columns.
        block: index of the block in ``Document.blocks`` that it belongs to.
        quotable: False for headings and footnotes, which frame evidence but are none.
        kind: what its block is.
        table_title, columns, cells: of a row, as in ``Block``.
    """

    start: int
    end: int
    heading: str
    block: int
    quotable: bool = True
    kind: BlockKind = BlockKind.PARAGRAPH
    table_title: str | None = None
    columns: tuple[str, ...] = ()
    cells: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: neighbouring whole sentences of one document.

    Invariant: ``text == document.text[start:end]``.

    Attributes:
        page: 1-based page of ``start``, None for a file without pages.
        paragraph: printed number of the paragraph at ``start``, None where there is none.
        sentences: the sentences inside, in order.
    """

    passage_id: str
    doc_id: str
    source: str
    start: int
    end: int
    text: str
    heading: str
    page: int | None
    paragraph: str | None
    sentences: tuple[Sentence, ...]

    def text_of(self, sentence: Sentence) -> str:
        """Return the words of one of its sentences."""
        return self.text[sentence.start - self.start : sentence.end - self.start]
