"""Drafts to typed paragraphs: which fonts make a heading, how deep, and how deep items are.

Sizes and weights are ranked for each file; no font name and no size is known beforehand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.loading.characters import tidy
from index.loading.draft import Draft
from index.loading.grades import GRADE
from index.loading.paras import Cell, Para, Piece, Role
from index.loading.sections import section_kind
from index.types import BlockKind

INSPECTORS = re.compile(
    r"^((joint |deputy )?lead |team |shadow |associate |additional |seconded |reporting |ofsted "
    r"|other )?inspectors?\b.*:",
    re.I,
)
"""A line that names inspectors, with more of them in the lines below."""

LABEL = re.compile(
    rf"{INSPECTORS.pattern}|^(inspection dates?|dates? of (the )?(inspection|visit)s?"
    r"|report published|published|previous inspection|visit dates?|date"
    r"|senior data analyst|quality assurance manager)\b.*:",
    re.I,
)
"""A line that names a fact about the inspection; it may be bold, but is no heading."""

INDENT = 6.0
"""Points by which a line must stand out to be indented."""

_GRADE = re.compile(rf"^{GRADE}$", re.I)
_ENDS_IN_GRADE = re.compile(rf"\b{GRADE}\.$", re.I)
_FINDING = re.compile(
    rf"\b(is|are|was|were)\b.*\b{GRADE}\.?$|\b(?-i:requires?) improvement( to be good)?\.?$", re.I
)
"""A heading that is a sentence, and so can be quoted; "Requires improvement" with a capital is
a label."""
_JUDGEMENT = re.compile(
    r"^(the )?(graded )?(experiences? and progress|impact of leaders|overall effectiveness"
    r"|leadership, management)\b",
    re.I,
)
_LARGER = 0.9
"""Points above body text from which on a line is set larger."""

_MAX_WORDS = 40


def type_paras(drafts: Sequence[Draft], body: float) -> list[Para]:
    """Give every draft that holds text its kind and level."""
    held = [draft for draft in drafts if any(_texts(draft))]
    styles = _heading_styles(held, body)
    levels = _ItemLevels()
    return _raise_judgements(_join_grades([_typed(draft, styles, levels) for draft in held]))


@dataclass(frozen=True, slots=True)
class _Styles:
    """The styles in which headings are set, and how deep each is.

    Attributes:
        body: size of body text, points.
        levels: (size, bold) → level from 1; larger before smaller, bold before plain.
    """

    body: float
    levels: dict[tuple[int, bool], int]


def _heading_styles(drafts: Sequence[Draft], body: float) -> _Styles:
    """Rank the styles of all headings of a file."""
    styles = {_style(draft, body) for draft in drafts if _is_heading(draft, body)}
    ranked = sorted(styles, key=lambda style: (-style[0], not style[1]))
    return _Styles(body, {style: min(level, 6) for level, style in enumerate(ranked, start=1)})


def _style(draft: Draft, body: float) -> tuple[int, bool]:
    """Size, and weight only where size does not set the heading apart."""
    return round(draft.first.size), draft.first.bold or draft.first.size > body + _LARGER


def _is_heading(draft: Draft, body: float) -> bool:
    """Say whether every line is bold or larger than body text, and it reads as a heading."""
    if draft.kind is not None or draft.number:
        return False
    if not all(line.bold or line.size > body + _LARGER for line in draft.lines):
        return False
    text = draft.text
    ends = text.endswith((".", ",", ";")) and not _ENDS_IN_GRADE.search(text)
    if ends or len(text.split()) > _MAX_WORDS or LABEL.match(text):
        return False
    return any(char.isalpha() for char in text)


def _typed(draft: Draft, styles: _Styles, levels: _ItemLevels) -> Para:
    """Return a paragraph with the kind that bullet, place or font give; None where they do not."""
    texts = zip(_texts(draft), draft.lines, strict=True)
    kind, level, role = draft.kind, levels.of(draft), draft.role
    if _is_heading(draft, styles.body):
        level = styles.levels[_style(draft, styles.body)]
        finding = ":" not in draft.text and _FINDING.search(draft.text)
        kind = BlockKind.PARAGRAPH if finding else BlockKind.HEADING
        role = Role.SUBJECT if finding else role
    tabbed = kind is BlockKind.ROW or role is Role.COLUMN_ROW
    cells = draft.first.cells or (draft.texts[0].split("\t") if tabbed else ())
    return Para(
        tuple(Piece(text, line.page) for text, line in texts if text),
        kind=kind,
        level=level,
        number=draft.number,
        marker=draft.marker,
        alone=len(draft.lines) == 1 and not styles.levels,
        role=role,
        cells=tuple(Cell(tidy(cell)) for cell in cells),
    )


def _texts(draft: Draft) -> list[str]:
    return ["\t".join(tidy(cell) for cell in text.split("\t")) for text in draft.texts]


def _join_grades(paras: Sequence[Para]) -> list[Para]:
    """Join a grade that stands as a heading of its own to the heading that it belongs to."""
    joined: list[Para] = []
    for para in paras:
        before = joined[-1] if joined else None
        heads = para.kind is BlockKind.HEADING and before and before.kind is BlockKind.HEADING
        if before and heads and _GRADE.match(para.text):
            joined[-1] = replace(before, pieces=before.pieces + para.pieces)
        else:
            joined.append(para)
    return joined


def _raise_judgements(paras: Sequence[Para]) -> list[Para]:
    """Set a judgement's heading no deeper than the typed lists, in whatever font it is set."""
    typed = [para.level for para in paras if _heads(para) and section_kind(para.text)]
    if not typed:
        return list(paras)
    most = max(typed[0], 1)
    return [
        replace(para, level=min(para.level, most))
        if _heads(para) and _JUDGEMENT.match(para.text)
        else para
        for para in paras
    ]


def _heads(para: Para) -> bool:
    plain = para.kind is BlockKind.HEADING and para.role is Role.PLAIN
    return plain or para.role is Role.SUBJECT


class _ItemLevels:
    """Depth of list items by their indent, anew for each list."""

    def __init__(self) -> None:
        self.lefts: list[float] = []

    def of(self, draft: Draft) -> int:
        """Return 1 for the outermost items of a list; 0, and end the list, for other kinds."""
        if draft.kind is not BlockKind.ITEM:
            if draft.kind is not BlockKind.FOOTNOTE:
                self.lefts = []
            return 0
        left = draft.first.left
        while self.lefts and left < self.lefts[-1] - INDENT:
            self.lefts.pop()
        if not self.lefts or left > self.lefts[-1] + INDENT:
            self.lefts.append(left)
        return len(self.lefts)
