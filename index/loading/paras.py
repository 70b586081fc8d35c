"""What readers hand to the cleaner: paragraphs with what the format says about them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from index.types import BlockKind


class Role(StrEnum):
    """What a paragraph does for those below it, beside being a block."""

    PLAIN = "plain"
    TITLE_ROW = "table title"
    COLUMN_ROW = "column headings"
    SUBJECT = "a sentence that stands as the heading of what follows"


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a paragraph that lies on one page.

    Attributes:
        page: 0-based.
    """

    text: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table's row; ``text`` is empty where nothing stands in it.

    Attributes:
        width: columns that it spans.
    """

    text: str
    width: int = 1


@dataclass(frozen=True, slots=True)
class Para:
    """One paragraph, heading, list item or table row before it has its place in the text.

    Attributes:
        pieces: in reading order, never empty; joined as ``hyphens.glue`` says.
        kind: None where the format does not say.
        level: depth of a heading (1 outermost) or list item, 0 where unknown.
        number: printed paragraph number ("12.", "(3)"), taken off the text.
        marker: the bullet or number style of a list item ("●", "1)"), None for others.
        alone: stands between blank lines or gaps, as headings do.
        cells: of a table's row, in order, empty ones included; its text is theirs between tabs.
        table_title: what stands above a row's table, None for nothing.
        columns: the headings of the columns of a row's table, one a column.
    """

    pieces: tuple[Piece, ...]
    kind: BlockKind | None = None
    level: int = 0
    number: str | None = None
    marker: str | None = None
    alone: bool = True
    role: Role = Role.PLAIN
    heading: tuple[str, ...] = ()
    cells: tuple[Cell, ...] = ()
    table_title: str | None = None
    columns: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The pieces joined by single spaces: good for looking at, not for offsets."""
        return " ".join(piece.text for piece in self.pieces)
