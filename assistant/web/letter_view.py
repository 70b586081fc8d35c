"""A document as HTML, with one span of it marked; reads nothing and decides nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup, escape

from assistant.rendering.names import GRADE_NAMES
from assistant.types import Citation
from assistant.web.plain_text import quote_as_text
from assistant.web.templating import render
from assistant.web.view_links import Lead
from index.types import Block, BlockKind, Document, Identity, Issuer, Span

_AROUND_CHARS = 350


@dataclass(frozen=True, slots=True)
class Piece:
    """One block as the templates want it.

    Attributes:
        number: index of the block in ``Document.blocks``; its anchor is ``b<number>``.
        page: number of the page that starts with this block, None inside a page.
        html: the escaped text, with the marked span in ``<mark>``.
        caption: a table's title and columns, on its first row only.
        level: depth of a heading, 1 to 3, outermost 1.
    """

    number: int
    kind: BlockKind
    page: int | None
    paragraph: str | None
    html: Markup
    caption: str
    level: int


def letter_page(
    document: Document, span: Span | None, later: Identity | None, leads: Sequence[Lead] = ()
) -> str:
    """The whole letter as a page of its own, ``span`` marked."""
    return render(
        "letter.html",
        document=document,
        identity=document.identity,
        grades=GRADE_NAMES,
        pieces=pieces(document, range(len(document.blocks)), span),
        span=span,
        later=later,
        leads=leads,
        lists=[(s.heading, block_at(document, s.span.start)) for s in document.sections],
    )


def place_panel(document: Document, span: Span, later: Identity | None, today: date) -> str:
    """The marked span in its surroundings, for the sources panel."""
    return render(
        "place.html",
        document=document,
        identity=document.identity,
        pieces=pieces(document, surroundings(document, span), span, clip=True),
        span=span,
        page=page_of(document, span.start),
        paragraph=document.blocks[block_at(document, span.start)].paragraph,
        copied=copied(document, span),
        later=later,
        age=age(document.identity.dated, today),
    )


def copied(document: Document, span: Span) -> str:
    """Return words of a document with their formal reference, as they are copied."""
    block = document.blocks[block_at(document, span.start)]
    citation = Citation(
        number=0,
        identity=document.identity,
        page=page_of(document, span.start),
        paragraph=block.paragraph,
        heading=block.heading[-1] if block.heading else "",
        start=span.start,
        end=span.end,
        quote=document.text[span.start : span.end],
    )
    return quote_as_text(citation.quote, (citation,))


def pieces(
    document: Document, numbers: Sequence[int], span: Span | None, clip: bool = False
) -> list[Piece]:
    """The blocks of ``document`` with these ``numbers``, ready for a template.

    With ``clip`` a long block is cut to what is near ``span``, so that both are in sight.
    """
    made = []
    above: tuple[str, ...] = ()
    for number in numbers:
        block = document.blocks[number]
        table = block.heading[-2:] if block.kind is BlockKind.ROW else ()
        made.append(
            Piece(
                number=number,
                kind=block.kind,
                page=_page_starting(document, number),
                paragraph=block.paragraph,
                html=_clipped(document.text, block, span)
                if clip and span
                else marked(document.text, block.start, block.end, span),
                caption=" · ".join(table) if table != above else "",
                level=min(max(block.level, 1), 3),
            )
        )
        above = table
    return [piece for piece in made if piece.html or not clip]


def marked(text: str, start: int, end: int, span: Span | None) -> Markup:
    """Escape ``text[start:end]`` and put what of ``span`` lies inside it into ``<mark>``."""
    if span is None or span.start >= end or span.end <= start:
        return escape(text[start:end])
    low, high = max(start, span.start), min(end, span.end)
    tag = Markup('<mark id="quote" tabindex="-1">') if span.start >= start else Markup("<mark>")
    return (
        escape(text[start:low])
        + tag
        + escape(text[low:high])
        + Markup("</mark>")
        + escape(text[high:end])
    )


def _clipped(text: str, block: Block, span: Span) -> Markup:
    low, high = block.start, block.end
    if low < span.start - _AROUND_CHARS:
        until = min(span.start, block.end)
        low = _after_stop(text, span.start - _AROUND_CHARS, until)
    if high > span.end + _AROUND_CHARS:
        high = max(text.rfind(" ", span.end, span.end + _AROUND_CHARS), span.end)
    if low >= high:
        return Markup("")
    before = Markup("… ") if low > block.start else Markup("")
    return before + marked(text, low, high, span) + (" …" if high < block.end else "")


def _after_stop(text: str, start: int, end: int) -> int:
    """Where the first sentence after ``start`` begins, else the first word."""
    stop = text.find(". ", start, end - 1)
    return stop + 2 if stop >= 0 else text.find(" ", start, end) + 1 or end


def surroundings(document: Document, span: Span) -> range:
    """Numbers of the blocks that hold ``span``, with neighbours up to about 350 characters."""
    first, last = block_at(document, span.start), block_at(document, span.end - 1)
    blocks = document.blocks
    low, high = blocks[first].start, blocks[last].end
    while first > 0 and low - blocks[first].start < _AROUND_CHARS:
        first -= 1
    while last < len(blocks) - 1 and blocks[last].end - high < _AROUND_CHARS:
        last += 1
    return range(first, last + 1)


def block_at(document: Document, offset: int) -> int:
    """Number of the block that holds ``offset``, or of the last one before it."""
    before = [n for n, block in enumerate(document.blocks) if block.start <= offset]
    return before[-1] if before else 0


def page_of(document: Document, offset: int) -> int | None:
    """1-based page of ``offset``, None for a document without pages."""
    if len(document.pages) < 2:
        return None
    return sum(start <= offset for start in document.pages)


def _page_starting(document: Document, number: int) -> int | None:
    block: Block = document.blocks[number]
    before = document.blocks[number - 1].start if number else -1
    page = page_of(document, block.start)
    starts = page and any(before < start <= block.start for start in document.pages)
    return page if starts else None


def later_letter(identity: Identity, held: Sequence[Identity]) -> Identity | None:
    """Ofsted's newest document held for the same authority, None when this is the newest."""
    newer = [
        other
        for other in held
        if other.authority_name == identity.authority_name is not None
        and other.issuer.value is Issuer.OFSTED
        and other.dated
        and (identity.dated is None or other.dated > identity.dated)
    ]
    return max(newer, key=lambda i: i.dated or date.min, default=None)


def age(dated: date | None, today: date) -> str:
    """How long ago, roughly: ``over 4 years old``, ``under a year old``; empty if undated."""
    if dated is None:
        return ""
    years = today.year - dated.year - ((today.month, today.day) < (dated.month, dated.day))
    if years < 1:
        return "under a year old"
    return f"over {years} {'year' if years == 1 else 'years'} old"
