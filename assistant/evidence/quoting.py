"""Turns sentences into quotes that do not mislead: never without what turns or explains them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.passages.chunking import page_of
from index.passages.sentences import sentences
from index.types import Block, BlockKind, Document, Passage, Sentence, Span

_TURNS = re.compile(
    r"(?:However|But|Nevertheless|Nonetheless|(?:Despite|In spite of) th(?:is|at|ese|ose)|Yet|"
    r"Conversely|That said|Although this|Even so|Notwithstanding|This practice|"
    r"This (?:has|is|does) not|This remains)\b"
)
_LEANS = re.compile(
    r"(?:However|But|Nevertheless|Nonetheless|Despite th(?:is|at|ese|ose)|Yet|That said|Even so|"
    r"As a result|Consequently|Therefore|Equally|Similarly|Conversely|Also|In addition|"
    r"This|These|Those|That|They|It|Its|Their|Them|He|She|(?:Her|His)(?! Majesty)|Such|"
    r"For (?:these|those|others|a minority|some of these)|"
    r"Some of these|Most of these|The (?:latter|former|majority of these|impact of this))\b"
)
MOST_ITEMS = 12
"""Longest list that a quoted lead-in brings along."""
MAX_CHARS = 900
"""Longest quote that leaning sentences may grow to."""


@dataclass(frozen=True, slots=True)
class Quote:
    """An exact stretch of a document: one sentence, or neighbours that belong together.

    Attributes:
        start, end: offsets in the document's text; ``text`` is exactly what lies between.
        heading: the one above it, or what announces the list that it is an item of.
    """

    doc_id: str
    start: int
    end: int
    text: str
    heading: str
    page: int | None
    paragraph: str | None


class Quoter:
    """Quotes from one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._sentences = sentences(document)
        self._at = {sentence.start: n for n, sentence in enumerate(self._sentences)}

    def quote(self, start: int, belonging: frozenset[int] = frozenset()) -> Quote:
        """The quote around the sentence that begins at ``start``.

        A sentence that leans on the one before ("This practice …", "However …") brings it
        along, and one that the next turns ("However …") brings that; all within a paragraph.

        Args:
            belonging: starts of sentences that go with a quote beside them.
        """
        first, last = self._together(self._at[start], belonging)
        while self._leans(first) and self._length(first - 1, last) <= MAX_CHARS:
            first -= 1
        if self._turned(last) and self._length(first, last + 1) <= MAX_CHARS:
            last += 1
        return self.span(self._sentences[first].start, self._sentences[last].end)

    def beside(self, quote: Quote) -> tuple[Quote | None, Quote | None]:
        """What a quote needs from the paragraphs before and after it under the same heading:
        the sentence that its first leans on, and the one that turns its last.
        """
        inside = [n for n, s in enumerate(self._sentences) if quote.start <= s.start < quote.end]
        if not inside:
            return None, None
        first, last = inside[0], inside[-1]
        leans = self._neighbours(first - 1, first) and _LEANS.match(
            self.text(self._sentences[first])
        )
        turned = self._neighbours(last, last + 1) and _TURNS.match(
            self.text(self._sentences[last + 1])
        )
        return (
            self.quote(self._sentences[first - 1].start) if leans else None,
            self.quote(self._sentences[last + 1].start) if turned else None,
        )

    def items_after(self, lead: Quote) -> list[Quote]:
        """The items of the list that follows ``lead``; none where there are too many to show."""
        items: list[Block] = []
        for block in self._document.blocks:
            if block.start >= lead.end:
                if block.kind is not BlockKind.ITEM:
                    break
                items.append(block)
        return [self.span(b.start, b.end) for b in items] if len(items) <= MOST_ITEMS else []

    def list_around(self, start: int) -> list[Quote]:
        """The items of the list that the sentence at ``start`` stands in; none where it stands in
        no list, or in one with too many items to show.
        """
        items = self._list(start)
        blocks = self._document.blocks[items.start : items.stop]
        return [self.span(b.start, b.end) for b in blocks] if len(blocks) <= MOST_ITEMS else []

    def _announced(self, start: int) -> str:
        """The sentence that announces the list that stands at ``start`` ("…, including:"), without
        which an item may say what nobody found; empty where there is none.
        """
        items = self._list(start)
        before = [s for s in self._sentences if items and s.block == items.start - 1][-1:]
        said = self.text(before[0]).strip() if before else ""
        return said if said.endswith(":") else ""

    def _list(self, start: int) -> range:
        """The numbers of the blocks of the list that stands at ``start``; none where none does."""
        blocks = self._document.blocks
        at = next((n for n, b in enumerate(blocks) if b.start <= start < b.end), None)
        if at is None or blocks[at].kind is not BlockKind.ITEM:
            return range(0)
        first = last = at
        while first > 0 and self._same_list(first - 1, at):
            first -= 1
        while last + 1 < len(blocks) and self._same_list(last + 1, at):
            last += 1
        return range(first, last + 1)

    def _same_list(self, n: int, at: int) -> bool:
        one, other = self._document.blocks[n], self._document.blocks[at]
        return one.kind is BlockKind.ITEM and one.heading == other.heading

    def span(self, start: int, end: int) -> Quote:
        """The quote of an exact span, which must lie in one place of the text."""
        document = self._document
        block = next((b for b in document.blocks if b.start <= start < b.end), document.blocks[0])
        return Quote(
            doc_id=document.doc_id,
            start=start,
            end=end,
            text=document.text[start:end],
            heading=self._announced(start) or _heading(block),
            page=page_of(document, start),
            paragraph=block.paragraph,
        )

    def proofs(self, span: Span) -> list[Quote]:
        """The whole sentence or row that a proving span lies in, or, where it spans several
        blocks, what lies in each: a quote holds nothing that stands between two blocks.
        """
        for sentence in self._sentences:
            if sentence.start <= span.start and span.end <= sentence.end:
                return [self.span(sentence.start, sentence.end)]
        blocks = [b for b in self._document.blocks if b.start < span.end and span.start < b.end]
        return [self.span(max(b.start, span.start), min(b.end, span.end)) for b in blocks]

    def text(self, sentence: Sentence) -> str:
        """The words of a sentence."""
        return self._document.text[sentence.start : sentence.end]

    def _together(self, n: int, belonging: frozenset[int]) -> tuple[int, int]:
        """The first and last of the sentences beside ``n``, in its paragraph, that go with it."""
        first = last = n
        while self._joined(last, last + 1) and self._sentences[last + 1].start in belonging:
            if self._length(first, last + 1) > MAX_CHARS:
                break
            last += 1
        while self._joined(first - 1, first) and self._sentences[first - 1].start in belonging:
            if self._length(first - 1, last) > MAX_CHARS:
                break
            first -= 1
        return first, last

    def _leans(self, n: int) -> bool:
        return self._joined(n - 1, n) and bool(_LEANS.match(self.text(self._sentences[n])))

    def _turned(self, n: int) -> bool:
        return self._joined(n, n + 1) and bool(_TURNS.match(self.text(self._sentences[n + 1])))

    def _joined(self, n: int, m: int) -> bool:
        inside = n >= 0 and m < len(self._sentences)
        return inside and self._sentences[n].block == self._sentences[m].block

    def _neighbours(self, n: int, m: int) -> bool:
        """Whether two sentences end and begin neighbouring paragraphs under one heading."""
        if n < 0 or m >= len(self._sentences):
            return False
        one, other = (self._document.blocks[self._sentences[at].block] for at in (n, m))
        prose = one.kind is BlockKind.PARAGRAPH and other.kind is BlockKind.PARAGRAPH
        return prose and one is not other and one.heading == other.heading

    def _length(self, first: int, last: int) -> int:
        return self._sentences[last].end - self._sentences[first].start


def with_what_it_leans_on(passage: Passage, sentence: Sentence) -> tuple[Sentence, ...]:
    """Return a sentence of a passage behind those of its paragraph that it leans on ("However, this
    remains …"), as it is quoted.
    """
    at = passage.sentences.index(sentence)
    first = at
    while first and _LEANS.match(passage.text_of(passage.sentences[first])):
        before = passage.sentences[first - 1]
        if before.block != sentence.block or sentence.end - before.start > MAX_CHARS:
            break
        first -= 1
    return passage.sentences[first : at + 1]


def overlapping(quote: Quote, others: Sequence[Quote]) -> bool:
    """Whether a quote shares words' places with one of ``others``."""
    return any(
        quote.doc_id == other.doc_id and quote.start < other.end and other.start < quote.end
        for other in others
    )


def _heading(block: Block) -> str:
    """The heading above a block; of a row, with the table's or columns' before it."""
    return " · ".join(block.heading[-2:] if block.kind is BlockKind.ROW else block.heading[-1:])
