"""Plain text to paragraphs: blank lines, wrapped lines, bullets, numbers and tabbed tables."""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.loading.characters import take_bullet, take_number, tidy
from index.loading.paras import Cell, Para, Piece, Role
from index.loading.tables import names_columns, row_para
from index.types import BlockKind

_GRADE_LINE = re.compile(
    r"^(outstanding|good|adequate|inadequate|requires improvement( to be good)?)$", re.I
)
_FINAL = re.compile(r"[.!?:;]['’\"”)\]]*$")
_HASHES = re.compile(r"^(#{1,6})\s+(?=\S)")
_WRAP_WIDTH = (45, 110)
"""Characters: hard-wrapped text has most of its lines in this range, and none much longer."""

_LOOK = 200
"""Characters looked at on either side of a mark, so that one endless line costs no more."""

_LEAST_TO_HEAL = 30
"""Characters that a cut paragraph has at least; shorter lines are labels and addresses."""


def read_text(text: str) -> list[Para]:
    """Turn plain text into paragraphs in reading order, none of them empty."""
    groups = list(_groups(_split_bold(text.replace("\r\n", "\n").replace("\r", "\n"))))
    wrapped = _is_wrapped(groups)
    paras = [para for group in groups for para in _paras_of(group, wrapped)]
    return heal(paras)


def _split_bold(text: str) -> str:
    """Delete ``**`` marks; one inside a line becomes a line end, so no quote spans it.

    A mark in the middle of a sentence, with words on both sides, is left as it is.
    """
    text = re.sub(r"\*\*([^*]{1,2000}?)\*\*", _unbold, text)
    return re.sub(r"^\*\*(?=\S)|(?<=\S)\*\*$", "", text, flags=re.M)


def _unbold(match: re.Match[str]) -> str:
    whole, inner = match.string, " ".join(match.group(1).split())
    before = whole[max(0, match.start() - _LOOK) : match.start()].rpartition("\n")[2].strip()
    after = whole[match.end() : match.end() + _LOOK].partition("\n")[0].strip()
    if before and after:
        return match.group()
    return ("\n\n" if before else "") + inner + ("\n\n" if after else "")


def _groups(text: str) -> Iterator[list[str]]:
    """Yield runs of lines without a blank one between them."""
    group: list[str] = []
    for line in text.split("\n"):
        if tidy(line).strip():
            group.append(line.rstrip())
        elif group:
            yield group
            group = []
    if group:
        yield group


def _is_wrapped(groups: Sequence[Sequence[str]]) -> bool:
    """Say whether line ends are wrapping: inner lines of groups all have about one length."""
    inner = [len(line) for group in groups for line in group[:-1]]
    if len(inner) < 6:
        return False
    shortest, longest = _WRAP_WIDTH
    return shortest <= statistics.median(inner) and max(inner) <= longest + 20


def _paras_of(group: Sequence[str], wrapped: bool) -> list[Para]:
    """Return the paragraphs of one group of lines."""
    if any("\t" in line.strip() for line in group):
        return list(_rows(group))
    if len(group) == 2 and _GRADE_LINE.match(tidy(group[1])):
        name, grade = (tidy(line) for line in group)
        cells = (Cell(name), Cell(grade))
        return [Para((Piece(f"{name}\n{grade}"),), kind=BlockKind.ROW, cells=cells)]
    paras: list[Para] = []
    for line in group:
        para = _line(line, alone=len(group) == 1)
        goes_on = para.kind is None and para.number is None and paras
        if goes_on and (wrapped or _continues(paras[-1], para)):
            paras[-1] = replace(paras[-1], pieces=paras[-1].pieces + para.pieces)
        else:
            paras.append(para)
    return paras


def _line(line: str, alone: bool) -> Para:
    """Return one line with its bullet, number or heading mark taken off."""
    hashes = _HASHES.match(line)
    if hashes:
        text = tidy(line[hashes.end() :].rstrip("# "))
        return Para((Piece(text),), kind=BlockKind.HEADING, level=len(hashes.group(1)))
    bullet, rest = take_bullet(line)
    number, rest = take_number(rest)
    kind = BlockKind.ITEM if bullet or (number and not number.endswith(".")) else None
    return Para((Piece(tidy(rest)),), kind=kind, number=number, marker=bullet, alone=alone)


def _rows(group: Sequence[str]) -> Iterator[Para]:
    """Read tabbed lines: a table's title (one cell), its column headings, or a row.

    Two tabs in a row are an empty cell only where each row has as many cells as the headings.
    """
    split = [[Cell(tidy(cell)) for cell in line.split("\t")] for line in group]
    widths = {len(cells) for cells in split if sum(bool(cell.text) for cell in cells) > 1}
    headed = False
    for cells in split:
        filled = [cell for cell in cells if cell.text]
        kept = cells if len(widths) == 1 else filled
        first = not headed and names_columns(filled)
        if len(filled) == 1:
            yield row_para(filled, Role.TITLE_ROW)
        elif len(filled) > 2 and (first or not any(cell.text[:1].isdigit() for cell in filled)):
            headed = True
            yield row_para(kept, Role.COLUMN_ROW)
        else:
            headed = True
            yield row_para(kept)


def _continues(before: Para, para: Para) -> bool:
    """Say whether a paragraph goes on in the next: unfinished, and a small letter follows."""
    if before.kind not in (None, BlockKind.ITEM) or para.kind is not None or para.number:
        return False
    text = before.text
    return len(text) >= _LEAST_TO_HEAL and not _FINAL.search(text) and para.text[:1].islower()


def heal(paras: Sequence[Para]) -> list[Para]:
    """Join paragraphs that blank lines have cut inside a sentence."""
    healed: list[Para] = []
    for para in paras:
        if healed and _continues(healed[-1], para):
            healed[-1] = replace(healed[-1], pieces=healed[-1].pieces + para.pieces)
        else:
            healed.append(para)
    return healed
