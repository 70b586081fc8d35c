"""Cuts a document into passages: neighbouring whole sentences that are exact spans.

Size is measured with the embedder's own tokenizer, header included, so that nothing is cut
off silently. It embeds nothing and stores nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from index.passages.ids import passage_id
from index.passages.sentences import sentences
from index.types import BlockKind, Document, Identity, Passage, Sentence

VERSION = "1"
"""Changes when the same settings would cut otherwise."""

LONGEST_HEADING = 200
"""Characters of a heading that the header repeats: a wide table's columns would fill it."""

CountTokens = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class ChunkSettings:
    """How passages are cut.

    Attributes:
        max_tokens: most tokens of header and text together, the model's special ones too.
        join_tokens: neighbouring short paragraphs under one heading are joined up to this.
    """

    max_tokens: int = 260
    join_tokens: int = 160


def settings_for(max_tokens: int) -> ChunkSettings:
    """Return our settings for an embedder that reads ``max_tokens``: it cuts nothing off."""
    ours = ChunkSettings()
    return ChunkSettings(min(ours.max_tokens, max_tokens), min(ours.join_tokens, max_tokens))


def passages(document: Document, count: CountTokens, settings: ChunkSettings) -> list[Passage]:
    """Cut ``document`` into passages.

    Args:
        count: tokens of a text, special tokens included.

    Returns:
        In reading order, not overlapping, covering all text of all blocks. Only a single
        sentence longer than ``max_tokens`` is cut inside, between words where it has any.
    """
    maker = _Maker(document, count, settings)
    return [maker.passage(n, run) for n, run in enumerate(maker.runs())]


def header(identity: Identity, heading: str) -> str:
    """Say in one line whose words follow: what is embedded before a passage's own text.

    Example: ``Stockton-on-Tees, focused visit letter, 31 January 2022: Main findings``.
    """
    parts = [identity.authority_name or "", identity.kind.value.value]
    if identity.dated:
        parts.append(f"{identity.dated.day} {identity.dated:%B %Y}")
    line = ", ".join(part for part in parts if part)
    return f"{line}: {heading[:LONGEST_HEADING]}" if heading else line


def embedded_text(identity: Identity, passage: Passage) -> str:
    """Return what is embedded and indexed for ``passage``: its header, a newline, its text."""
    return f"{header(identity, passage.heading)}\n{passage.text}"


class _Maker:
    """Cuts one document; holds what every step of that needs."""

    def __init__(self, document: Document, count: CountTokens, settings: ChunkSettings) -> None:
        self._document = document
        self._count = count
        self._settings = settings
        self._sizes: dict[tuple[int, int], int] = {}

    def runs(self) -> Iterator[list[Sentence]]:
        """Group sentences into runs, one a passage."""
        run: list[Sentence] = []
        for paragraph in self._paragraphs():
            if run and not self._joins(run, paragraph):
                yield run
                run = []
            run = run + paragraph
            if self._size(run) > self._settings.max_tokens:
                *done, run = self._split(run)
                yield from done
        if run:
            yield run

    def passage(self, number: int, run: list[Sentence]) -> Passage:
        """Make the passage of one run."""
        document = self._document
        start, end = run[0].start, run[-1].end
        body = self._body(run)
        block = document.blocks[body.block]
        return Passage(
            passage_id=passage_id(document.doc_id, number),
            doc_id=document.doc_id,
            source=document.identity.source,
            start=start,
            end=end,
            text=document.text[start:end],
            heading=body.heading,
            page=page_of(document, body.start),
            paragraph=block.paragraph,
            sentences=tuple(run),
        )

    def _paragraphs(self) -> Iterator[list[Sentence]]:
        """Yield sentences block by block."""
        paragraph: list[Sentence] = []
        for sentence in sentences(self._document):
            if paragraph and sentence.block != paragraph[0].block:
                yield paragraph
                paragraph = []
            paragraph.append(sentence)
        if paragraph:
            yield paragraph

    def _joins(self, run: list[Sentence], paragraph: list[Sentence]) -> bool:
        if self._is_heading(run[-1]):
            return True
        first, last = (
            self._document.blocks[paragraph[0].block],
            self._document.blocks[run[-1].block],
        )
        if first.kind is BlockKind.HEADING or last.heading != first.heading:
            return False
        limit = (
            self._settings.max_tokens if first.kind is BlockKind.ROW else self._settings.join_tokens
        )
        return self._size(run + paragraph) <= limit

    def _split(self, run: list[Sentence]) -> list[list[Sentence]]:
        """Cut a run that is too long into pieces of about one size, between sentences."""
        room = max(self._settings.max_tokens - self._header_size(run), 1)
        target = self._size(run) / max(-(-self._size(run) // room), 2)
        out: list[list[Sentence]] = [[]]
        for sentence in (part for s in run for part in self._fit(s)):
            current = out[-1]
            full = current and self._size([*current, sentence]) > self._settings.max_tokens
            even = current and self._size(current) >= target
            if full or (even and not self._is_heading(current[-1])):
                out.append([])
            out[-1].append(sentence)
        return out

    def _fit(self, sentence: Sentence) -> Iterator[Sentence]:
        """Yield the sentence itself, or, where it alone is too long, pieces cut between words."""
        short = sentence.end - sentence.start < 2
        if short or self._size([sentence]) <= self._settings.max_tokens:
            yield sentence
            return
        for start, end in _halves(self._document.text, sentence.start, sentence.end):
            yield from self._fit(replace(sentence, start=start, end=end))

    def _size(self, run: list[Sentence]) -> int:
        key = (run[0].start, run[-1].end)
        if key not in self._sizes:
            text = self._document.text[key[0] : key[1]]
            head = header(self._document.identity, self._body(run).heading)
            self._sizes[key] = self._count(f"{head}\n{text}")
        return self._sizes[key]

    def _header_size(self, run: list[Sentence]) -> int:
        return self._count(header(self._document.identity, self._body(run).heading))

    def _body(self, run: list[Sentence]) -> Sentence:
        """Return the first sentence that is no heading: it gives heading, page and number."""
        return next((s for s in run if not self._is_heading(s)), run[0])

    def _is_heading(self, sentence: Sentence) -> bool:
        return self._document.blocks[sentence.block].kind is BlockKind.HEADING


def _halves(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return two spans of about one size, cut at white space where there is any."""
    middle = (start + end) // 2
    gaps = [match.span() for match in re.finditer(r"\s+", text[start:end])]
    gap = min(gaps, key=lambda span: abs(start + span[0] - middle), default=None)
    if gap is None:
        return (start, middle), (middle, end)
    return (start, start + gap[0]), (start + gap[1], end)


def page_of(document: Document, offset: int) -> int | None:
    """Return the 1-based page that ``offset`` lies on, None for a file without pages."""
    return bisect_right(document.pages, offset) if len(document.pages) > 1 else None
