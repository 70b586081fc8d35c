"""File bytes in, clean text out: the content decides the reader, never the name alone.

A reader and its library are imported when a file needs them: a question reads none.
"""

from __future__ import annotations

from dataclasses import replace

from index.errors import LoadError
from index.loading.cleaning import clean
from index.loading.sniff import EXTENSIONS, Format, sniff
from index.loading.text import read_text
from index.types import CleanText

LOADER_VERSION = "5"
"""Changes whenever the text made from the same bytes would."""

SUPPORTED = frozenset(EXTENSIONS)
"""Endings of the files that are read, in small letters, with the dot."""

MAX_BYTES = 150_000_000
MAX_CHARS = 5_000_000
"""Of text, HTML and Markdown: twenty times the longest report."""


def read(data: bytes, name: str) -> CleanText:
    """Read one file.

    Args:
        data: the whole file.
        name: the file's name or path as the user knows it; its ending must fit the content.

    Raises:
        LoadError: unsupported, mislabelled, encrypted, damaged, scanned without text, empty,
            too large; the reason says which.
    """
    if len(data) > MAX_BYTES:
        raise LoadError(name, f"{len(data)} bytes; at most {MAX_BYTES} are read")
    if not data.strip():
        raise LoadError(name, "empty: the file holds nothing")
    cleaned = _read(data, name)
    if not cleaned.text.strip():
        raise LoadError(name, "empty: the file holds no text")
    return cleaned


def _read(data: bytes, name: str) -> CleanText:
    found, text = sniff(data, name)
    if len(text) > MAX_CHARS:
        raise LoadError(name, f"{len(text)} characters; at most {MAX_CHARS} are read")
    if found is Format.PDF:
        from index.loading.layout import lay_out
        from index.loading.pdf import read_pdf

        lines, pages, unread = read_pdf(data, name)
        return replace(clean(lay_out(lines, pages), pages), unread=unread)
    if found is Format.DOCX:
        from index.loading.docx import read_docx

        paras, unread = read_docx(data, name)
        return replace(clean(paras), unread=unread)
    if found is Format.HTML:
        from index.loading.html import read_html

        return clean(read_html(text, name))
    if found is Format.MARKDOWN:
        from index.loading.markdown import read_markdown

        return clean(read_markdown(text))
    return clean(read_text(text))
