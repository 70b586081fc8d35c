"""What is usual on the pages of one PDF: size of body text, line pitch, right margin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from index.loading.lines import Line

WIDE = 1.2
"""Times the font size: a wider space is none between two words."""

_RAISED = 0.8
"""A footnote's mark is set this much smaller than its text, or more."""


@dataclass(frozen=True, slots=True)
class Measure:
    """Usual lengths of a file, in points.

    Attributes:
        body: size in which most characters are set.
        pitch: distance of the base lines inside a paragraph.
        right: where nine lines of ten have ended.
    """

    body: float
    pitch: float
    right: float


def measure(lines: Sequence[Line]) -> Measure:
    """Measure the lines of a file, running lines left out."""
    body = body_size(lines)
    gaps: Counter[float] = Counter()
    rights = sorted(line.right for line in lines)
    for above, line in pairwise(lines):
        gap = above.y_end - line.y
        if above.page == line.page and body * 0.9 < gap < body * 2 and line.size >= body - 0.6:
            gaps[round(gap * 2) / 2] += 1
    pitch = gaps.most_common(1)[0][0] if gaps else body * 1.2
    right = rights[len(rights) * 9 // 10] if rights else 0.0
    return Measure(body, min(pitch, body * 1.5), right)


def body_size(lines: Sequence[Line]) -> float:
    """Return the font size, in points, in which most characters are set; 0 without lines."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def without_false_weight(lines: Sequence[Line]) -> Sequence[Line]:
    """Take no line for bold where most are: then the weight says nothing about headings."""
    bold = sum(len(line.text) for line in lines if line.bold)
    if bold * 2 <= sum(len(line.text) for line in lines):
        return lines
    return [replace(line, bold=False) for line in lines]


def merge_cells(lines: Sequence[Line]) -> list[Line]:
    """Join pieces of one printed line: a bullet or number apart from its text, table cells."""
    merged: list[Line] = []
    for line in lines:
        before = merged[-1] if merged else None
        if before is not None and _is_mark(before, line):
            merged[-1] = replace(before, right=line.right)
        elif before is not None and _beside(before, line):
            shift = len(before.text) + 1
            moved = tuple((at + shift, left, right) for at, left, right in line.gaps)
            gap = (len(before.text), before.right, line.left)
            wide = (gap,) if line.left - before.right > line.size * WIDE else ()
            larger = before if before.size >= line.size else line
            merged[-1] = replace(
                line,
                text=f"{before.text} {line.text}",
                left=before.left,
                y=larger.y,
                y_end=larger.y,
                size=larger.size,
                first_size=before.first_size,
                gaps=(*before.gaps, *wide, *moved),
            )
        else:
            merged.append(line)
    return merged


def _is_mark(before: Line, line: Line) -> bool:
    """Say whether a line is the mark of a footnote that stands raised after the one before."""
    raised = before.size * 0.15 < line.y - before.y_end < before.size
    small = line.size < before.size * _RAISED
    return line.text.isdigit() and raised and small and _beside(before, line)


def _beside(before: Line, line: Line) -> bool:
    """Say whether a line stands on the base line of the one before, or is raised small print."""
    if before.page != line.page or line.left < before.right - 1:
        return False
    rise = abs(before.y_end - line.y)
    sizes = sorted((before.first_size, before.size, line.first_size, line.size))
    small = sizes[0] < sizes[-1] * _RAISED
    return rise < 1.5 or (small and rise < 6 and line.left < before.right + 8)
