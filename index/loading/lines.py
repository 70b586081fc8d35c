"""A printed line with where it stands on its page: what the PDF reader hands to the layout."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page, stripped, never empty. Lengths in points, from the bottom left.

    Attributes:
        page: 0-based.
        left, right: where its first and last visible characters start and end.
        y: height of its base line above the foot of the page.
        y_end: the same at its last character; lower where PDFium has joined several printed
            lines at a hyphen.
        height: height of the page.
        size: font size of a character in the middle of the line.
        first_size: font size of its first character; smaller than ``size`` in a footnote.
        gaps: wide spaces inside it: offset in the text, and where each begins and ends.
        cells: what stands in each column of a table's row, "" for nothing; empty for others.
    """

    text: str
    page: int
    left: float
    right: float
    y: float
    y_end: float
    height: float
    size: float
    first_size: float
    bold: bool
    gaps: tuple[tuple[int, float, float], ...] = ()
    cells: tuple[str, ...] = ()
