"""Small readers that every identity rule shares: the head of a document, its sentences, proofs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from index.types import CleanText, Proven, Span

HEAD = 6000
"""Characters in which a document says who it is: page 1 of a report, the opening of a letter."""

_BREAK = re.compile(r"(?<=[.!?])[’”'\")]*\s+(?=(?:[\uf06e■◼▪•●–-]\s*)?[‘“'\"(]*[A-Z0-9])")
_PARAGRAPH = re.compile(r"\n\s*\n")


def fold(text: str) -> str:
    """Return ``text`` on one line, each run of white space one space."""
    return " ".join(text.split())


def proven_text(text: str, start: int, end: int) -> Proven[str]:
    """Return the folded text of a span, proven by that span (white space left out)."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Proven(fold(text[start:end]), Span(start, end))


def head(clean: CleanText) -> str:
    """Return the first ``HEAD`` characters."""
    return clean.text[:HEAD]


def stretches(clean: CleanText) -> list[Span]:
    """Return the blocks' spans, or the paragraphs' where the text comes without blocks."""
    if clean.blocks:
        return [Span(block.start, block.end) for block in clean.blocks]
    bounds = [0, *(m.end() for m in _PARAGRAPH.finditer(clean.text)), len(clean.text)]
    return [Span(a, b) for a, b in pairwise(bounds) if clean.text[a:b].strip()]


def sentences(clean: CleanText) -> Iterator[tuple[Span, Span | None]]:
    """Yield each sentence with the one before it in the same paragraph, None for the first."""
    for stretch in stretches(clean):
        before: Span | None = None
        start = stretch.start
        ends = [m.end() for m in _BREAK.finditer(clean.text, stretch.start, stretch.end)]
        for end in (*ends, stretch.end):
            span = proven_text(clean.text, start, end).span
            if span is not None and span.start < span.end:
                yield span, before
                before = span
            start = end


def first_stretch(clean: CleanText) -> Span:
    """Return the first block: what stands for a document that proves nothing about itself."""
    return next(iter(stretches(clean)), Span(0, max(len(clean.text), 1)))
