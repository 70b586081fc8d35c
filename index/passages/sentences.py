"""Cuts a document's blocks into sentences, the smallest things that can be quoted.

It knows English punctuation only, not meaning. A table row, a list item without a full stop
inside and a heading are one sentence each. No library is used: those we tried do not give
exact character offsets of unchanged text, which every citation rests on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.types import Block, BlockKind, CleanText, Document, Sentence

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "prof",
        "rev",
        "st",
        "e.g",
        "i.e",
        "eg",
        "ie",
        "vs",
        "v",
        "approx",
        "cf",
        "inc",
        "ltd",
        "co",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)
_BEFORE_NUMBER = frozenset(["no", "nos", "para", "paras", "sec", "art", "fig", "p", "pp"])
"""Abbreviations only before a number: "the answer was no." ends a sentence."""
_LONGEST_WORD = 40
_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s)")
_NEXT = re.compile(r"\s+[\"'“‘(\[]*[A-Z0-9£]")
_GRADE = re.compile(
    r"\b(outstanding|good|requires improvement|requiring improvement|adequate|inadequate)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"[(\[]\w+(?: \w+){0,2}[)\]]\.?")
"""A cross-reference such as "(Recommendation)", which says nothing alone."""


def sentences(document: Document | CleanText) -> tuple[Sentence, ...]:
    """Cut ``document`` into sentences.

    Returns:
        In reading order, not overlapping; each lies inside one block, without surrounding
        white space. Together they cover every block.
    """
    return tuple(
        Sentence(
            start=start,
            end=end,
            heading=_heading(block),
            block=number,
            quotable=_quotable(document.text, block, start, end),
            kind=block.kind,
            table_title=block.table_title,
            columns=block.columns,
            cells=block.cells,
        )
        for number, block in enumerate(document.blocks)
        for start, end in _spans(document.text, block)
    )


def split(text: str) -> list[tuple[int, int]]:
    """Return spans of the sentences of running ``text``, without surrounding white space."""
    cuts = [0, *_cuts(text), len(text)]
    spans = []
    for start, end in pairwise(cuts):
        piece = text[start:end]
        if piece.strip():
            lead = len(piece) - len(piece.lstrip())
            spans.append((start + lead, start + len(piece.rstrip())))
    return spans


def _spans(text: str, block: Block) -> Iterator[tuple[int, int]]:
    if block.kind in (BlockKind.HEADING, BlockKind.ROW):
        yield block.start, block.end
        return
    for start, end in split(text[block.start : block.end]):
        yield block.start + start, block.start + end


def _cuts(text: str) -> Iterator[int]:
    last = 0
    for match in _END.finditer(text):
        after = _NEXT.match(text, match.end())
        if after and not _goes_on(text, last, match, after.group()[-1]):
            last = match.end()
            yield last


def _goes_on(text: str, last: int, stop: re.Match[str], following: str) -> bool:
    """Say whether ``stop`` belongs to an abbreviation, an initial or a list number."""
    before = text[max(last, stop.start() - _LONGEST_WORD) : stop.start()].split()
    if not before or not stop.group().startswith("."):
        return False
    word = before[-1].lower().lstrip("(\"'“‘[")
    alone = len(before) == 1
    return (
        word in _ABBREVIATIONS
        or (len(word) == 1 and word.isalpha())
        or (word in _BEFORE_NUMBER and following.isdigit())
        or (alone and word.isdigit() and len(word) < 4)
    )


def _heading(block: Block) -> str:
    if block.kind is BlockKind.ROW:
        return " · ".join(block.heading[-2:])
    return block.heading[-1] if block.heading else ""


def _quotable(text: str, block: Block, start: int, end: int) -> bool:
    if block.kind is BlockKind.HEADING:
        return bool(_GRADE.search(text, block.start, block.end))
    framing = block.kind in (BlockKind.FURNITURE, BlockKind.FOOTNOTE)
    return not framing and not _ASIDE.fullmatch(text, start, end)
