"""PDF bytes to lines, with PDFium; the only module that knows it.

PDFium gives a page's text in one call; position and font are asked once a line, not once a
character, which is what keeps loading fast. It is not thread-safe, hence the lock.
"""

from __future__ import annotations

import ctypes
import re
import threading
import time
from collections.abc import Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from index.errors import LoadError
from index.loading.hyphens import MARK
from index.loading.lines import Line

MAX_PAGES = 3000
MAX_PAGE_CHARS = 500_000
MAX_SECONDS = 120.0
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
_PRINTED_LINE = re.compile(r"[^\r\n]*[^\s][^\r\n]*")
_LINE_HYPHENS = re.compile("[\u0002\u00ad]")
"""Hyphens that are printed, under other names: PDFium's older mark, and the soft hyphen."""

_PASSWORD = 4
"""FPDF_ERR_PASSWORD."""


def read_pdf(data: bytes, name: str) -> tuple[list[Line], int]:
    """Read the lines of every page, in PDFium's order, and the number of pages.

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
            lines = list(_lines(document, pages, name))
        finally:
            document.close()
    if sum(len(line.text) for line in lines) < _MIN_CHARS_A_PAGE * min(pages, 3):
        raise LoadError(name, "holds no text (scanned pages?); run text recognition over it first")
    return lines, pages


def _open(data: bytes, name: str) -> Any:
    if b"%%EOF" not in data[-_TAIL:] and b"startxref" not in data[-_TAIL:]:
        raise LoadError(name, "cut short: the end of this PDF is missing; fetch it again")
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise LoadError(name, "encrypted; save a copy without a password") from error
        raise LoadError(name, "damaged or cut short: it cannot be opened as a PDF") from error


def _lines(document: Any, pages: int, name: str) -> Iterator[Line]:
    deadline = time.monotonic() + MAX_SECONDS
    for number in range(pages):
        if time.monotonic() > deadline:
            raise LoadError(name, f"takes longer than {MAX_SECONDS:.0f} seconds to read")
        try:
            page = document[number]
            textpage = page.get_textpage()
        except pypdfium2.PdfiumError as error:
            raise LoadError(name, f"damaged: page {number + 1} cannot be read") from error
        try:
            yield from _page_lines(textpage, number, page.get_height(), name)
        finally:
            textpage.close()
            page.close()


def _page_lines(textpage: Any, number: int, height: float, name: str) -> Iterator[Line]:
    count = textpage.count_chars()
    if count > MAX_PAGE_CHARS:
        raise LoadError(name, f"page {number + 1} holds {count} characters: not a real page")
    if count <= 0:
        return
    text = _LINE_HYPHENS.sub(MARK, textpage.get_text_range())
    probe = _Probe(textpage, shifted=len(text) != count)
    for match in _PRINTED_LINE.finditer(text):
        start, end = match.span()
        while text[start].isspace():
            start += 1
        while text[end - 1].isspace():
            end -= 1
        yield probe.line(text, start, end, number, height)


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

    def index(self, position: int) -> int:
        if not self.shifted:
            return position
        return int(pdfium.FPDFText_GetCharIndexFromTextIndex(self.raw, position))

    def line(self, text: str, start: int, end: int, page: int, height: float) -> Line:
        left, right, bottom, top = self.box
        first, last = self.index(start), self.index(end - 1)
        pdfium.FPDFText_GetCharBox(self.raw, last, left, right, bottom, top)
        edge = right.value
        pdfium.FPDFText_GetCharOrigin(self.raw, first, left, bottom)
        y = y_end = bottom.value
        x = left.value
        if MARK in text[start:end]:
            pdfium.FPDFText_GetCharOrigin(self.raw, last, left, bottom)
            y_end = bottom.value
        middle = (start + end) // 2
        middle = self.index(middle - 1 if text[middle].isspace() else middle)
        symbol = text[start] in _SYMBOL_LETTERS and self.is_symbol(text, start, end)
        return Line(
            text=f"•{text[start + 1 : end]}" if symbol else text[start:end],
            page=page,
            left=x,
            right=edge,
            y=y,
            y_end=y_end,
            height=height,
            size=pdfium.FPDFText_GetFontSize(self.raw, middle),
            first_size=pdfium.FPDFText_GetFontSize(self.raw, first),
            bold=self.bold(middle),
        )

    def bold(self, index: int) -> bool:
        """By the font's weight, or by its name where the file gives no true weight."""
        if pdfium.FPDFText_GetFontWeight(self.raw, index) >= _BOLD:
            return True
        return _BOLD_NAME.search(self.font(index)) is not None

    def is_symbol(self, text: str, start: int, end: int) -> bool:
        """Whether the line opens with a lone character of a symbol font: a bullet."""
        lone = end - start == 1 or text[start + 1].isspace()
        return lone and _SYMBOL_NAME.search(self.font(self.index(start))) is not None

    def font(self, index: int) -> bytes:
        """The name of a character's font, empty where the file gives none."""
        size = pdfium.FPDFText_GetFontInfo(self.raw, index, self.name, _NAME_BYTES, self.flags)
        return bytes(self.name.raw[: max(0, min(size, _NAME_BYTES))])
