"""Finds files that hold several letters: what one says must not be quoted as another's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.identity.authorities import authorities
from index.identity.dates import runs
from index.identity.title import heading_at
from index.types import CleanText, Span

_OPENS = re.compile(
    r"\bInspection\s+dates?\s*:|\bVisit\s+dates?\s*:|\bLead\s+inspector\s*:|\bDear\s+[A-Z]"
    r"|\bThis\s+letter\s+(?:summari[sz]es|sets\s+out|outlines)\b"
)
"""What a letter or report says under its own heading, and an article or a list does not."""

_REACH = 1500
"""Characters under a heading in which it is said."""


def letters_in(clean: CleanText) -> list[str]:
    """Return what each letter in a file is about, by its heading; the same letter once.

    A heading that stands again (a running header, an annex) opens no other letter: its
    authority and its first day must differ.
    """
    found: dict[tuple[str, object], str] = {}
    starts = list(_headings(clean))
    ends = (*(span.start for span in starts[1:]), len(clean.text))
    for span, end in zip(starts, ends, strict=False):
        stop = min(end, span.end + _REACH)
        named = authorities().find(clean.text[span.start : span.end])
        if len(named) == 1 and named[0].certain and _OPENS.search(clean.text, span.end, stop):
            day = next((run.start for run in runs(clean.text, span.end, stop)), None)
            words = " ".join(clean.text[span.start : span.end].split())
            found.setdefault((named[0].names[0], day), words)
    return list(found.values())


def _headings(clean: CleanText) -> Iterator[Span]:
    """Yield the blocks that are an inspection's heading and nothing else."""
    for block in clean.blocks:
        heading = heading_at(clean.text, block.start, block.end)
        if heading is not None and heading.start == block.start:
            yield Span(block.start, block.end)
