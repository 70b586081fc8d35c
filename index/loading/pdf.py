"""PDF bytes to lines, with PDFium; the only module that knows it.

PDFium gives a page's text in one call; position and font are asked once a line, not once a
character, which is what keeps loading fast. It is not thread-safe, hence the lock.
"""

from __future__ import annotations

import ctypes
import math
import re
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from index.errors import LoadError
from index.loading.geometry import WIDE
from index.loading.hyphens import MARK
from index.loading.invisible import drop_invisible
from index.loading.lines import Line
from index.loading.turning import Turn

MAX_PAGES = 3000
MAX_PAGE_CHARS = 500_000
_BOLD = 600
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi", re.I)
_SYMBOL_NAME = re.compile(rb"wingdings|webdings|dingbats|symbol", re.I)
_SYMBOL_LETTERS = frozenset("lnoquvwxüØ§¨ðÞ")
"""What bullets of symbol fonts come out as where the file maps them to letters."""

_NAME_BYTES = 96
_MIN_CHARS_A_PAGE = 16
_TAIL = 4096
"""Bytes at the end of a PDF in which its end mark stands."""

_LOCK = threading.Lock()
_SPACE = re.compile(r"(?<=\S) +(?=\S)")
_BEHIND = re.compile(r"(?<=\S) ?(\d{1,3})(?!\d)")
_NOTHING = "\u200b"
"""Stands for a mark until characters that print nothing are deleted: offsets stay."""

_LEAST_RISE = 0.15
"""Times the font size that a footnote's mark is raised."""

_LOOKED_AT = 7
"""Lines that tell how a page's text is turned."""

_PRINTED_LINE = re.compile(r"[^\r\n]*[^\s][^\r\n]*")
_LINE_HYPHENS = re.compile("[\u0002\u00ad]")
"""Hyphens that are printed, under other names: PDFium's older mark, and the soft hyphen."""

_PASSWORD = 4
"""FPDF_ERR_PASSWORD."""


def read_pdf(data: bytes, name: str) -> tuple[list[Line], int, tuple[str, ...]]:
    """Read the lines of every page, in PDFium's order, and the number of pages.

    Returns:
        The lines, the number of pages, and what was left out, named.

    Raises:
        LoadError: encrypted, damaged, too long, or without text (scanned).
    """
    with _LOCK:
        document = _open(data, name)
        try:
            pages = len(document)
            if pages == 0:
                raise LoadError(name, "this PDF has no pages; it is damaged")
            if pages > MAX_PAGES:
                raise LoadError(name, f"{pages} pages; at most {MAX_PAGES} are read")
            hidden: set[int] = set()
            lines = list(_lines(document, pages, name, hidden))
        finally:
            document.close()
    if sum(len(line.text) for line in lines) < _MIN_CHARS_A_PAGE * min(pages, 3):
        raise LoadError(name, "holds no text (scanned pages?); run text recognition over it first")
    left_out = f"invisible text on {len(hidden)} page{'s' * (len(hidden) > 1)}"
    return lines, pages, (left_out,) * bool(hidden)


def _open(data: bytes, name: str) -> Any:
    if b"%%EOF" not in data[-_TAIL:] and b"startxref" not in data[-_TAIL:]:
        raise LoadError(name, "cut short: the end of this PDF is missing; fetch it again")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise LoadError(name, "encrypted; save a copy without a password") from error
        raise LoadError(name, "damaged or cut short: it cannot be opened as a PDF") from error


def _lines(document: Any, pages: int, name: str, hidden: set[int]) -> Iterator[Line]:
    """Yield the lines of all pages; notes in ``hidden`` the pages of which text was left out."""
    for number in range(pages):
        try:
            page = document[number]
            if drop_invisible(page):
                hidden.add(number)
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise LoadError(name, f"damaged: page {number + 1} cannot be read") from error
        try:
            size = page.get_size()
            size = size[::-1] if page.get_rotation() in (90, 270) else size
            yield from _page_lines(textpage, number, size, name)
        finally:
            textpage.close()
            page.close()


def _page_lines(textpage: Any, number: int, size: tuple[float, float], name: str) -> Iterator[Line]:
    count = textpage.count_chars()
    if count > MAX_PAGE_CHARS:
        raise LoadError(name, f"page {number + 1} holds {count} characters: not a real page")
    if count <= 0:
        return
    text = _LINE_HYPHENS.sub(MARK, textpage.get_text_range())
    probe = _Probe(textpage, shifted=len(text) != count)
    spans = [_stripped(text, *match.span()) for match in _PRINTED_LINE.finditer(text)]
    probe.turn = _turn(probe, text, spans, size)
    for start, end in spans:
        yield probe.line(text, start, end, number)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end


def _turn(
    probe: _Probe, text: str, spans: Sequence[tuple[int, int]], size: tuple[float, float]
) -> Turn:
    """Return how the page's text is turned: as most of its first lines are."""
    looked = [probe.angle(start) for start, end in spans if end - start > 3][:_LOOKED_AT]
    quarters = Counter(round(angle / (math.pi / 2)) % 4 for angle in looked).most_common(1)
    return Turn(quarters[0][0] if quarters else 0, *size)


class _Probe:
    """Asks PDFium where a character stands and in what font.

    ``shifted``: text and character indices differ (characters beyond the BMP, or without a
    Unicode value) and must be translated.
    """

    def __init__(self, textpage: Any, shifted: bool) -> None:
        self.raw = textpage.raw if hasattr(textpage, "raw") else textpage
        self.shifted = shifted
        self.box = tuple(ctypes.c_double() for _ in range(4))
        self.name = ctypes.create_string_buffer(_NAME_BYTES)
        self.flags = ctypes.c_int()
        self.turn = Turn(0, 0.0, 0.0)

    def angle(self, position: int) -> float:
        """Return by how much a character is turned, in radians, with the clock."""
        return float(pdfium.FPDFText_GetCharAngle(self.raw, self.index(position)))

    def edges(self, index: int) -> tuple[float, float]:
        """Return where a character begins and ends on its line."""
        left, right, bottom, top = self.box
        pdfium.FPDFText_GetCharBox(self.raw, index, left, right, bottom, top)
        corners = ((left.value, bottom.value), (right.value, top.value))
        begin, end = sorted(self.turn.upright(x, y)[0] for x, y in corners)
        return begin, end

    def origin(self, index: int) -> tuple[float, float]:
        """Return where a character's base line begins."""
        x, y = self.box[:2]
        pdfium.FPDFText_GetCharOrigin(self.raw, index, x, y)
        return self.turn.upright(x.value, y.value)

    def index(self, position: int) -> int:
        if not self.shifted:
            return position
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self.raw, position))

    def line(self, text: str, start: int, end: int, page: int) -> Line:
        first, last = self.index(start), self.index(end - 1)
        x, y = self.origin(first)
        middle = (start + end) // 2
        middle = self.index(middle - 1 if text[middle].isspace() else middle)
        size = float(pdfium.FPDFText_GetFontSize(self.raw, middle))
        printed = text[start:end]
        if text[start] in _SYMBOL_LETTERS and self.is_symbol(text, start, end):
            printed = f"•{text[start + 1 : end]}"
        wide = self.gaps(text, start, end, size)
        gaps = tuple((at - start, left, right) for at, left, right in wide)
        for begin, stop in self.marks(text, start, end, size):
            before, after = printed[: begin - start], printed[stop - start :]
            filling = _NOTHING * (stop - begin)
            printed = before + (filling[1:] + " " if after[:1].isalnum() else filling) + after
        return Line(
            text=printed.rstrip(_NOTHING),
            page=page,
            left=x,
            right=self.edges(last)[1],
            y=y,
            y_end=self.origin(last)[1] if MARK in printed else y,
            height=self.turn.height,
            size=size,
            first_size=pdfium.FPDFText_GetFontSize(self.raw, first),
            bold=self.bold(middle),
            gaps=gaps,
        )

    def gaps(
        self, text: str, start: int, end: int, size: float
    ) -> Iterator[tuple[int, float, float]]:
        """Find spaces that are too wide to be between two words: position, begin and end."""
        for space in _SPACE.finditer(text, start, end):
            left = self.edges(self.index(space.start() - 1))[1]
            right = self.edges(self.index(space.end()))[0]
            if right - left > size * WIDE:
                yield space.start(), left, right

    def marks(self, text: str, start: int, end: int, size: float) -> Iterator[tuple[int, int]]:
        """Find raised figures behind a word or figure: the marks of footnotes."""
        for digits in _BEHIND.finditer(text, start + 1, end):
            base = self.origin(self.index(digits.start() - 1))[1]
            at = digits.end()
            while at > digits.start(1):
                rise = self.origin(self.index(at - 1))[1] - base
                if not size * _LEAST_RISE < rise < size:
                    break
                at -= 1
            if at < digits.end():
                yield at, digits.end()

    def bold(self, index: int) -> bool:
        """By the font's weight, or by its name where the file gives no true weight."""
        if pdfium.FPDFText_GetFontWeight(self.raw, index) >= _BOLD:
            return True
        return _BOLD_NAME.search(self.font(index)) is not None

    def is_symbol(self, text: str, start: int, end: int) -> bool:
        """Say whether the line opens with a lone character of a symbol font: a bullet."""
        lone = end - start == 1 or text[start + 1].isspace()
        return lone and _SYMBOL_NAME.search(self.font(self.index(start))) is not None

    def font(self, index: int) -> bytes:
        """Return the name of a character's font, empty where the file gives none."""
        size = pdfium.FPDFText_GetFontInfo(self.raw, index, self.name, _NAME_BYTES, self.flags)
        return bytes(self.name.raw[: max(0, min(size, _NAME_BYTES))])
