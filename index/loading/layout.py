"""Lines of a PDF to paragraphs: by gaps, indents, bullets and numbers.

Decides where a paragraph starts and whether it goes on over a page break. Footnotes are set
aside and follow the paragraph during which they are printed, so that a sentence that crosses
the page break stays whole: a foot of the page is not a place in the order of reading.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.loading.characters import BULLETS, take_bullet, take_number
from index.loading.columns import arrange
from index.loading.contents import contents_lines
from index.loading.draft import Draft
from index.loading.geometry import Measure, measure, merge_cells, without_false_weight
from index.loading.grades import judgement_rows, split_row
from index.loading.lines import Line
from index.loading.page_edges import drop_running
from index.loading.paras import Cell, Para, Role
from index.loading.styles import INDENT, INSPECTORS, LABEL, type_paras
from index.loading.tables import heads_table
from index.types import BlockKind

_FINAL = re.compile(r"[.!?:;]['’\"”)\]]*\d{0,2}$")
_FOOTNOTE = re.compile(r"^\d{1,2}(\s|$)")
_COUNTED = re.compile(r"^\d{1,3}\.?$")
_BARE = re.compile(r"^(\d{1,3})\s+(?=[A-Z])")
_CONNECTOR = re.compile(r"\b(and|of|the|for|to|in|or|with)$")
_JOINS = re.compile(r"([,;&:]|\band)$")
"""What a line of names ends in when the next line goes on with it."""

_FULL = 0.6
"""Share of the usual right margin that a line reaches when the next word did not fit."""

_GAP = 1.3
"""Times the usual line pitch: a larger gap starts a paragraph (bullets are set at 1.4)."""

_TITLE_OF_INSPECTOR = re.compile(r"^(Her|His) Majesty[’']s Inspectors?\b")


def lay_out(lines: Sequence[Line], pages: int) -> list[Para]:
    """Turn the lines of a PDF into paragraphs in reading order."""
    rest, running = drop_running(lines, pages)
    kept = _arranged(merge_cells(without_false_weight(rest)))
    table, contents = judgement_rows(kept, pages), contents_lines(kept)
    builder = _Builder(measure(kept))
    for line in running:
        builder.row([line], BlockKind.FURNITURE)
    index = 0
    while index < len(kept):
        end = index + 1
        if kept[index].cells:
            end = _table_end(kept, index)
            builder.table(kept[index:end])
        elif index in contents:
            builder.row(kept[index:end], BlockKind.FURNITURE)
        elif index in table.columns:
            builder.row(kept[index:end], BlockKind.HEADING, Role.COLUMN_ROW)
        elif index in table.rows:
            end = table.rows[index]
            builder.row(kept[index:end], BlockKind.ROW)
        elif builder.is_footnote(kept[index]):
            builder.footnote(kept[index])
        else:
            builder.line(kept[index])
        index = end
    builder.close()
    return type_paras(builder.done, builder.measure.body)


def _arranged(lines: Sequence[Line]) -> list[Line]:
    """Set columns and tables apart, but not the page numbers of the contents."""
    contents = contents_lines(lines)
    start, end = min(contents, default=0), max(contents, default=-1) + 1
    return [*arrange(lines[:start]), *lines[start:end], *arrange(lines[end:])]


def _table_end(lines: Sequence[Line], start: int) -> int:
    """Return one past the last row of the table that starts here."""
    width, page = len(lines[start].cells), lines[start].page
    end = start
    while end < len(lines) and (len(lines[end].cells), lines[end].page) == (width, page):
        end += 1
    return end


class _Builder:
    """Takes lines in order; holds the paragraph that is open and the notes set aside."""

    def __init__(self, usual: Measure) -> None:
        self.measure = usual
        self.done: list[Draft] = []
        self.open: Draft | None = None
        self.notes: list[Draft] = []
        self.counted = 0

    def close(self) -> None:
        """End the open paragraph; the notes printed during it follow it."""
        if self.open is not None:
            self.done.append(self.open)
            self.open = None
        self.done.extend(self.notes)
        self.notes = []

    def row(self, lines: Sequence[Line], kind: BlockKind, role: Role = Role.PLAIN) -> None:
        """Add lines that make one table row, the table's column headings, or an entry."""
        self.close()
        text = " ".join(line.text for line in lines)
        number, text = (None, text) if kind is BlockKind.FURNITURE else take_number(text)
        row = Draft([lines[0]], number=number, kind=kind, role=role, texts=[split_row(text)])
        self.done.append(row)

    def table(self, rows: Sequence[Line]) -> None:
        """Add the rows of a table, its column headings among them."""
        self.close()
        cells = [[Cell(cell) for cell in line.cells] for line in rows]
        for number, line in enumerate(rows):
            heads = heads_table(cells, number)
            kind, role = (
                (BlockKind.HEADING, Role.COLUMN_ROW) if heads else (BlockKind.ROW, Role.PLAIN)
            )
            self.done.append(Draft([line], kind=kind, role=role, texts=[line.text]))

    def is_footnote(self, line: Line) -> bool:
        """Small print low on a page: it starts with a mark, or goes on with one that does."""
        body = self.measure.body
        if line.size > body - 0.9 and line.first_size > body - 3:
            return False
        if self.notes and self.notes[-1].last.page == line.page:
            return True
        low = line.y < line.height * 0.5
        return low and bool(_FOOTNOTE.match(line.text)) and line.first_size < body - 1.5

    def footnote(self, line: Line) -> None:
        """Set a line of small print aside."""
        if _FOOTNOTE.match(line.text) or not self.notes:
            self.notes.append(Draft([line], kind=BlockKind.FOOTNOTE, texts=[line.text]))
        else:
            self.notes[-1].add(line, line.text)

    def line(self, line: Line) -> None:
        """Add a line of body text to the open paragraph, or start the next one with it."""
        bullet, number, rest = self._opening(line)
        if bullet is None and number is None and self.open and self._continues(self.open, line):
            self.open.add(line, "\n" + rest if self._breaks(self.open, line) else rest)
            return
        self.close()
        if number and _COUNTED.match(number):
            self.counted = int(number.rstrip("."))
        kind = BlockKind.ITEM if bullet else None
        self.open = Draft([line], number=number, marker=bullet, kind=kind, texts=[rest])

    def _opening(self, line: Line) -> tuple[str | None, str | None, str]:
        """Return the bullet or number that a line opens a paragraph with, and the rest of it.

        A dash or a figure inside a sentence, where a line wraps, opens nothing.
        """
        bullet, rest = take_bullet(line.text)
        if bullet is not None:
            inside = self.open and bullet[0] not in BULLETS and self._runs_on(self.open, line)
            return (None, None, line.text) if inside else (bullet, None, rest)
        number, rest = self._number(line.text)
        if number and self.open and not self._starts_number(self.open, line, number):
            return None, None, line.text
        return None, number, rest

    def _number(self, text: str) -> tuple[str | None, str]:
        """Take off a paragraph number; one without its dot only where it is the next."""
        number, rest = take_number(text)
        bare = _BARE.match(text) if number is None else None
        if bare and int(bare.group(1)) == self.counted + 1:
            return bare.group(1), text[bare.end() :]
        return number, rest

    def _runs_on(self, para: Draft, line: Line) -> bool:
        return not _FINAL.search(para.last.text) and self._continues(para, line)

    def _starts_number(self, para: Draft, line: Line, number: str) -> bool:
        """Say whether a figure at a line's start is a paragraph number, not part of a sentence."""
        final = bool(_FINAL.search(para.last.text))
        if para.last.page != line.page:
            return final or (
                bool(_COUNTED.match(number)) and int(number.rstrip(".")) == self.counted + 1
            )
        apart = para.last.y_end - line.y > self.measure.pitch * _GAP
        outdented = line.left < para.last.left - INDENT
        return apart or outdented or final or abs(line.left - para.first.left) < INDENT

    def _breaks(self, para: Draft, line: Line) -> bool:
        """Say whether a line of inspectors' names ended before it was full: one name a line."""
        if not INSPECTORS.match(para.first.text) or _JOINS.search(para.last.text):
            return False
        word, width = line.text.split()[0], line.right - line.left
        room = self.measure.right - para.last.right
        return room > width * (len(word) + 2) / len(line.text)

    def _continues(self, para: Draft, line: Line) -> bool:
        """Say whether a line goes on with the open paragraph."""
        if LABEL.match(para.first.text) and _TITLE_OF_INSPECTOR.match(line.text):
            return True
        if INSPECTORS.match(para.first.text) and para.last.text.endswith(":"):
            return not LABEL.match(line.text)
        if LABEL.match(line.text) or abs(para.last.size - line.size) > 0.9:
            return False
        small = line.text[:1].islower()
        joined = small or bool(_CONNECTOR.search(para.last.text))
        if para.last.bold != line.bold and not joined:
            return False
        if para.last.page != line.page:
            return self._continues_over_page(para, line, joined)
        return self._continues_below(para, line, small, joined)

    def _continues_below(self, para: Draft, line: Line, small: bool, joined: bool) -> bool:
        """Return the same on one page, by gap, indent and the length of the line above."""
        final = bool(_FINAL.search(para.last.text))
        gap = para.last.y_end - line.y
        limit = self.measure.pitch * max(line.size / max(self.measure.body, 1.0), 1.0) * _GAP
        if gap < -2:  # the next column
            return small and not final
        if gap > limit:
            return small and gap < limit * 2 and not final
        margin = para.hang
        if margin is None and not (para.number or para.marker):
            margin = para.first.left
        if margin is not None and abs(line.left - margin) > INDENT:
            return joined
        short = para.last.right < self.measure.right * 0.75
        return small or not (short and final)

    def _continues_over_page(self, para: Draft, line: Line, joined: bool) -> bool:
        """A sentence that is not finished goes on; a finished one only under a hanging indent."""
        hanging = para.hang is not None and para.hang > para.first.left + INDENT
        margin = para.hang if para.hang is not None else para.first.left
        aligned = abs(line.left - margin) < INDENT
        if _FINAL.search(para.last.text):
            return hanging and aligned
        return joined or (aligned and para.last.right > self.measure.right * _FULL)
