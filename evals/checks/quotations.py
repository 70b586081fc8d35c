"""Quotations as such: exact, whole, each once, and of evidence rather than furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.evidence.verbatim import fold, locate
from evals.checks.seen import Finding, Held, Seen
from index.types import BlockKind

_CONTACT = re.compile(
    r"\b0\d{2,4}[ \d]{6,}|\b[\w.]+@[\w.]+\b|\bwww\.|https?://|"
    r"\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b|Piccadilly Gate|Textphone|Crown copyright|"
    r"Yours sincerely",
    re.IGNORECASE,
)
_APART = (BlockKind.FURNITURE, BlockKind.HEADING, BlockKind.FOOTNOTE)
_ALIKE = 0.8
"""Share of words that two quotes of a document have in common when they say the same."""


def inexact(seen: Seen) -> Iterator[Finding]:
    """Yield a quote that is not, word for word, the place that it cites."""
    for citation in seen.answer.citations:
        held = seen.shelf.get(citation.doc_id)
        if held is None:
            yield seen.finding("inexact", citation.quote, "its document is not held")
        elif held.document.text[citation.start : citation.end] != citation.quote:
            yield seen.finding("inexact", citation.quote, "is not what stands at its place")
        elif citation.exact is False:
            yield seen.finding("inexact", citation.quote, "is not in the file's own text")
    for line in seen.answer.sentences:
        quoted = [fold(c.quote) for n in line.citations if (c := seen.citations.get(n))]
        if line.role == "quote" and fold(line.text) not in quoted:
            yield seen.finding("inexact", line.text, "is none of the quotes that it cites")


def joined(seen: Seen) -> Iterator[Finding]:
    """Yield quotes over what stands between their sentences, or that no place holds whole."""
    for line, citation, held in seen.quotes():
        between = held.within(citation.start, citation.end)
        kinds = {held.block(held.sentences[n]).kind for n in between}
        if len(between) > 1 and kinds & set(_APART) and kinds - set(_APART):
            yield seen.finding("joined", line.text, "a heading, footnote or footer stands inside")
        if not locate(held.document.text, line.text):
            pieces = [p for p in line.text.split("[…]") if p.strip()]
            if not all(locate(held.document.text, piece) for piece in pieces):
                yield seen.finding("joined", line.text, "no place of the document holds it whole")


def furniture(seen: Seen) -> Iterator[Finding]:
    """Yield addresses, footers and signatures as a quote; as the proof of a name they may stand."""
    for line in seen.answer.sentences:
        if line.role not in ("quote", "answer"):
            continue
        for citation, held in seen.cited(line):
            if _CONTACT.search(citation.quote):
                yield seen.finding("furniture", citation.quote, "holds an address or contact line")
            elif line.role == "quote" and _is_furniture(citation.start, citation.end, held):
                yield seen.finding("furniture", citation.quote, "is furniture of its page")


def repeated(seen: Seen) -> Iterator[Finding]:
    """Yield the same words, or the same place, of one document twice."""
    told: list[tuple[str, int, int, str]] = []
    for line, citation, held in seen.quotes():
        words = fold(line.text).lower()
        for doc_id, start, end, other in told:
            if doc_id != held.document.doc_id:
                continue
            if words == other:
                yield seen.finding("repeated", line.text, "the same words twice")
            elif start < citation.end and citation.start < end:
                yield seen.finding("repeated", line.text, "overlaps another quote")
            elif _alike(words, other):
                yield seen.finding("repeated", line.text, f"says the same as “{other}”")
        told.append((held.document.doc_id, citation.start, citation.end, words))


def _is_furniture(start: int, end: int, held: Held) -> bool:
    touched = (held.block(held.sentences[n]) for n in held.within(start, end))
    return any(block.kind is BlockKind.FURNITURE for block in touched)


def _alike(one: str, other: str) -> bool:
    left, right = set(re.findall(r"\w+", one)), set(re.findall(r"\w+", other))
    return len(left & right) >= _ALIKE * len(left | right)
