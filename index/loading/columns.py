"""Columns that a page is set in: figures become rows of cells, and two columns of text follow
one another.

PDFium gives what stands on one base line as one line, whatever lies between. A gutter is a strip
that stays free of ink over several lines; what stands on either side of it are cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index.loading.grades import GRADE, STARTS_ROW
from index.loading.lines import Line

_LEAST_LINES = 3
"""Lines over which a gutter runs at least: two may have a wide space by chance."""

_LEAST_WIDTH = 0.8
"""Times the font size that a gutter is wide."""

_MOST_PITCH = 4.0
"""Times the font size that lines of one region are apart."""

_FIGURE = re.compile(
    rf"[-–—(£<>+~]*\d[\d,.\s/:]*(?:%|per cent|pp|k|m|days?|weeks?)?\)?|[-–—*]|n/?a|nil|{GRADE}",
    re.I,
)
_WORDS = 3
"""Words that a line of a column of text has on average."""

_SENTENCE_ENDS = re.compile(r"[a-z)][.?!]['’”]?(?:\s|$)")


@dataclass(frozen=True, slots=True)
class _Gutter:
    """A free strip and the lines that it runs over: ``first`` to one past the last."""

    left: float
    right: float
    first: int
    end: int


def arrange(lines: Sequence[Line]) -> list[Line]:
    """Split the lines of tables and of columns of text, and leave all others as they are."""
    done: list[Line] = []
    index = 0
    while index < len(lines):
        end = max(_region(lines, index), index + 1)
        begun = done[-1:] if end > index + 1 and _begins_row(done, lines[index]) else []
        if begun:
            done.pop()
        done += _arranged(lines[index:end], begun) if end > index + 1 else lines[index:end]
        index = end
    return done


def _begins_row(done: Sequence[Line], line: Line) -> bool:
    """Say whether the line above a table is the first line of a judgement's name in it."""
    above = done[-1] if done else None
    close = above is not None and _follows(above, line) and not above.cells
    return close and bool(STARTS_ROW.match(done[-1].text)) and line.text[0].islower()


def _region(lines: Sequence[Line], first: int) -> int:
    """Return one past the last line that a gutter of the line ``first`` runs over."""
    return max((gutter.end for gutter in _gutters(lines, first)), default=first)


def _gutters(lines: Sequence[Line], first: int) -> Iterator[_Gutter]:
    """Yield the gutters that begin in the line ``first``."""
    for _, left, right in lines[first].gaps:
        end, crossed = first + 1, 1
        while end < len(lines) and _follows(lines[end - 1], lines[end]):
            line = lines[end]
            gap = next((gap for gap in line.gaps if gap[1] < right and left < gap[2]), None)
            if gap is not None:
                left, right = max(left, gap[1]), min(right, gap[2])
                crossed += 1
            elif line.left < right and line.right > left:
                break
            if right - left < line.size * _LEAST_WIDTH:
                break
            end += 1
        if crossed >= _LEAST_LINES and right - left >= lines[first].size * _LEAST_WIDTH:
            yield _Gutter(left, right, first, end)


def _follows(above: Line, line: Line) -> bool:
    return above.page == line.page and 0 < above.y_end - line.y < line.size * _MOST_PITCH


def _arranged(lines: Sequence[Line], begun: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of one region as rows, as columns one after the other, or as they were.

    Args:
        begun: the line above, where it belongs to the first row.
    """
    edges = sorted({(gutter.left, gutter.right) for gutter in _gutters(lines, 0)})
    rows = [_pieces(line, edges) for line in (*begun, *lines)]
    cells = [piece for row in rows for piece in row[1:] if piece]
    if sum(bool(_FIGURE.fullmatch(piece.text)) for piece in cells) * 2 >= len(cells):
        return [_row(row) for row in _joined(rows)]
    if len(edges) == 1 and all(_is_text([row[side] for row in rows]) for side in (0, 1)):
        return [row[side] for side in (0, 1) for row in rows if row[side]]  # type: ignore[misc]
    return [*begun, *lines]


Pieces = list[Line | None]


def _pieces(line: Line, edges: Sequence[tuple[float, float]]) -> Pieces:
    """Return what of a line stands in each column, None for nothing."""
    pieces: Pieces = [None] * (len(edges) + 1)
    cuts = [
        gap for gap in line.gaps if any(gap[1] < right and left < gap[2] for left, right in edges)
    ]
    starts = [(0, line.left), *((at, right) for at, _, right in cuts)]
    ends = [*((at, left) for at, left, _ in cuts), (len(line.text), line.right)]
    for (start, left), (end, right) in zip(starts, ends, strict=True):
        text = line.text[start:end].strip()
        column = sum(left >= edge - 1 for _, edge in edges)
        held = pieces[column]
        if held is not None:
            text, left = f"{held.text} {text}", held.left
        pieces[column] = replace(line, text=text, left=left, right=right, gaps=())
    return pieces


def _joined(rows: Sequence[Pieces]) -> Iterator[Pieces]:
    """Yield rows with the lines that their cells wrap into."""
    open_row: Pieces | None = None
    for row in rows:
        if open_row is not None and _goes_on(open_row, row):
            open_row = [_wrapped(above, piece) for above, piece in zip(open_row, row, strict=True)]
            continue
        if open_row is not None:
            yield open_row
        open_row = row
    if open_row is not None:
        yield open_row


def _goes_on(above: Pieces, row: Pieces) -> bool:
    """Say whether a line holds what goes on of the cells above: small letters, or a free cell."""
    first = next(piece for piece in row if piece)
    return first.text[0].islower() and all(
        piece is None or piece.text[0].islower() or (over is None and piece is not first)
        for over, piece in zip(above, row, strict=True)
    )


def _wrapped(above: Line | None, piece: Line | None) -> Line | None:
    if above is None or piece is None:
        return above or piece
    return replace(above, text=f"{above.text} {piece.text}", y_end=piece.y_end)


def _row(row: Pieces) -> Line:
    held = [piece for piece in row if piece]
    cells = tuple(piece.text if piece else "" for piece in row)
    return replace(
        held[0],
        text="\t".join(cells).strip("\t"),
        right=held[-1].right,
        y_end=held[-1].y_end,
        cells=cells,
    )


def _is_text(column: Sequence[Line | None]) -> bool:
    """Say whether a column holds running text: sentences, several words a line."""
    held = [piece.text for piece in column if piece]
    words = sum(len(text.split()) for text in held)
    return (
        len(held) >= _LEAST_LINES
        and words >= _WORDS * len(held)
        and bool(_SENTENCE_ENDS.search(" ".join(held)))
    )
