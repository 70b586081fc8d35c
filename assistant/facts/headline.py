"""The paragraphs in which a letter or report sums itself up."""

from __future__ import annotations

from index.types import Block, BlockKind, Document

MOST = 3
_HEADED = ("headline findings", "executive summary", "summary of key findings")
"""What the section that sums up a letter or report is headed, in those that head it."""


def headline_of(document: Document) -> list[Block]:
    """Return the paragraphs that sum up: under their heading, else those before the points."""
    prose = [one for one in document.blocks if one.kind is BlockKind.PARAGRAPH]
    found = [one for one in prose if _is_headline(one)]
    if not found:
        stop = document.sections[0].span.start if document.sections else 0
        first = max((one.span.end for one in document.identity.judgements), default=0)
        found = [one for one in prose if first <= one.start < stop]
    return found[:MOST]


def _is_headline(block: Block) -> bool:
    return bool(block.heading) and block.heading[-1].casefold().strip() in _HEADED
