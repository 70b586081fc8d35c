"""Half-quoted pairs: a finding without what turns it, or a sentence without what it points to.

The lists of words are the checks' own, wider than the answerer's: what checks itself finds
nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.checks.seen import Finding, Held, Seen
from evals.run.record import Cited, Line
from index.types import BlockKind, Sentence

_TURNS = re.compile(
    r"(?:However|But|Nevertheless|Nonetheless|Notwithstanding|Conversely|Yet|Unfortunately|"
    r"Despite (?:this|these|that|such)|In spite of (?:this|these|that)|Even so|That said|"
    r"(?:By|In) contrast|On the other hand|Having said (?:this|that)|"
    r"(?:Although|While|Whilst|Though) (?:this|these|that|those|it|they))\b"
    r"|(?:[\w’'-]+ ){1,6}?[\w’'-]+, however\b",
    re.IGNORECASE,
)
_POINTS = re.compile(
    r"(?:However|But|Nevertheless|Nonetheless|Despite (?:this|these|that)|Although this|That said|"
    r"Even so|(?:This|That|These|Those|Such)\b(?! (?:visit|inspection|letter|report|monitoring|"
    r"focused|local authority|authority|council|judgement|was the (?:\w+ )?(?:monitoring|focused)))"
    r"|(?:It|They|He|She|Its|Their|His|Her|Them)\b(?! Majesty))"
)
ACROSS = ", over a paragraph's end"
"""Counted apart: a paragraph that begins with "However" may turn a whole page."""
_RUNNING = (BlockKind.PARAGRAPH, BlockKind.ITEM)


def unturned(seen: Seen) -> Iterator[Finding]:
    """Yield a finding quoted without the next sentence, which turns it."""
    for line, citation, held in seen.quotes():
        touched = held.within(citation.start, citation.end)
        after = touched.stop
        if not touched or after >= len(held.sentences):
            continue
        following = held.sentences[after]
        if not _follows(held.sentences[after - 1], following, held):
            continue
        if _TURNS.match(held.text(following)) and not _told(following, line, citation, seen):
            name = f"unturned{_apart(touched[-1], after, held)}"
            yield seen.finding(name, line.text, f"it goes on: {held.text(following)}")


def unpointed(seen: Seen) -> Iterator[Finding]:
    """Yield a sentence that points back ("This practice …") quoted without what it points to."""
    for line, citation, held in seen.quotes():
        touched = held.within(citation.start, citation.end)
        if not touched or touched.start == 0:
            continue
        before = held.sentences[touched.start - 1]
        first = held.sentences[touched.start]
        if not _POINTS.match(held.text(first)) or not _follows(before, first, held):
            continue
        if not _told(before, line, citation, seen):
            name = f"unpointed{_apart(touched.start - 1, touched.start, held)}"
            yield seen.finding(name, line.text, f"before it stands: {held.text(before)}")


def _follows(before: Sentence, after: Sentence, held: Held) -> bool:
    """Say whether two sentences follow each other in running text, even over a paragraph's end."""
    one, other = held.block(before), held.block(after)
    if before.block == after.block:
        return True
    return one.kind in _RUNNING and other.kind in _RUNNING and one.heading == other.heading


def _apart(one: int, other: int, held: Held) -> str:
    """Added to a check's name where a paragraph's end stands between two sentences."""
    same = held.sentences[one].block == held.sentences[other].block
    return "" if same else ACROSS


def _told(sentence: Sentence, line: Line, citation: Cited, seen: Seen) -> bool:
    """Say whether the answer quotes ``sentence`` too, no deeper folded away than ``line``."""
    return any(
        held.document.doc_id == citation.doc_id
        and other.start <= sentence.start
        and sentence.end <= other.end
        and (line.more or not quote.more)
        for quote, other, held in seen.quotes()
    )
