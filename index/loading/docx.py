"""Word documents to paragraphs, with python-docx; footers are left out.

Walks the body's XML in order, because content controls, inserted text and text boxes are
not among python-docx's paragraphs. Automatic list numbers are not in the file's text.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from index.errors import LoadError
from index.loading.characters import take_bullet, take_number, tidy
from index.loading.docx_runs import SKIPPED, Runs, headers, notes
from index.loading.paras import Cell, Para, Piece
from index.loading.tables import lays_out, table_paras
from index.types import BlockKind

MAX_UNPACKED = 60_000_000
"""Bytes of XML: a Word file that unpacks to more is a bomb, not a letter."""

MAX_PARTS = 5_000
_DAMAGED = (
    OpcError,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    struct.error,
    KeyError,
    ValueError,
    AttributeError,
    TypeError,
    IndexError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)
"""What python-docx and its parsers raise on damaged files (lxml's are syntax errors)."""

MAX_COLUMNS = 100
"""Columns that a cell may span: a wider one is made to do harm."""


def read_docx(data: bytes, name: str) -> tuple[list[Para], tuple[str, ...]]:
    """Read page headers, the body, table rows and footnotes, in order; and say what is not read.

    Raises:
        LoadError: damaged, cut short, or unpacks to more than ``MAX_UNPACKED`` bytes.
    """
    _guard(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        runs = Runs(document.styles)
        head = headers(document, runs)
        runs.formulas = 0
        walk = _Walk(document, runs)
        paras = [*head, *walk.paras(document.element.body)]
        return paras, _unread(runs.formulas, walk.embedded)
    except _DAMAGED as error:
        raise LoadError(name, "damaged: it cannot be read as a Word document") from error


def _guard(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except _DAMAGED as error:
        raise LoadError(name, "damaged or cut short: it cannot be unpacked") from error
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    whole = sum(part.file_size for part in parts)
    if xml > MAX_UNPACKED or whole > MAX_UNPACKED * 8 or len(parts) > MAX_PARTS:
        raise LoadError(name, f"unpacks to {whole} bytes in {len(parts)} parts: too large to read")


def _unread(formulas: int, embedded: int) -> tuple[str, ...]:
    counts = ((formulas, "formula"), (embedded, "embedded document"))
    return tuple(f"{count} {what}{'s' * (count > 1)}" for count, what in counts if count)


class _Walk:
    """Walks a document's body; knows its styles and footnotes.

    ``headed``: the file marks its headings by style, so that only bold lines can be others.
    ``embedded``: number of other documents embedded in it that were met, which are not read.
    """

    def __init__(self, document: Any, runs: Runs) -> None:
        self.styles = {style.style_id: style.name or "" for style in document.styles}
        self.runs = runs
        self.notes = notes(document, runs)
        self.embedded = 0
        used = document.element.body.iter(qn("w:pStyle"))
        self.headed = any(self.name(style).startswith("heading") for style in used)

    def name(self, style: Any) -> str:
        """Name of a style element in small letters, "" where the file does not define it."""
        return self.styles.get(style.get(qn("w:val")), "").lower()

    def paras(self, element: Any) -> Iterator[Para]:
        """Yield the paragraphs of the body, a cell or a content control."""
        for child in element:
            if child.tag == qn("w:p"):
                yield from self.paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self.table(child)
            elif child.tag == qn("w:altChunk"):
                self.embedded += 1
            elif child.tag not in SKIPPED and isinstance(child.tag, str):
                yield from self.paras(child)

    def paragraph(self, element: Any) -> Iterator[Para]:
        """Yield one paragraph, and the footnotes it refers to."""
        lines = (tidy(line) for line in self.runs.text(element).split("\n"))
        pieces = tuple(Piece(line) for line in lines if line)
        if pieces:
            yield self.typed(element, pieces)
        for tag in ("w:footnoteReference", "w:endnoteReference"):
            for reference in element.iter(qn(tag)):
                if note := self.notes.get((tag, reference.get(qn("w:id"))), ""):
                    yield Para((Piece(note),), kind=BlockKind.FOOTNOTE)

    def typed(self, element: Any, pieces: tuple[Piece, ...]) -> Para:
        """Return what the style, the numbering and the fonts say a paragraph is."""
        properties = element.find(qn("w:pPr"))
        style = self.style(properties)
        if style.startswith(("heading", "title")):
            depth = style.rpartition(" ")[2]
            return Para(pieces, kind=BlockKind.HEADING, level=int(depth) if depth.isdigit() else 1)
        bullet, rest = take_bullet(pieces[0].text)
        number, rest = take_number(rest) if bullet is None else (None, rest)
        pieces = (Piece(rest), *pieces[1:])
        listed = style.startswith("list") or (
            properties is not None and properties.find(qn("w:numPr")) is not None
        )
        if bullet or (listed and number is None):
            level = _list_level(properties, style)
            return Para(pieces, kind=BlockKind.ITEM, level=level, marker=bullet or "•")
        return Para(pieces, number=number, alone=self.bold(element) or not self.headed)

    def bold(self, element: Any) -> bool:
        """Say whether every run with text is bold."""
        runs = [run for run in element.iter(qn("w:r")) if self.runs.text(run).strip()]
        bold = f"{qn('w:rPr')}/{qn('w:b')}"
        return bool(runs) and all(run.find(bold) is not None for run in runs)

    def style(self, properties: Any) -> str:
        """Name of the paragraph style in small letters, "" for none."""
        found = properties.find(qn("w:pStyle")) if properties is not None else None
        return self.name(found) if found is not None else ""

    def table(self, element: Any) -> Iterator[Para]:
        """Yield rows with their cells in order; a table that only lays out gives its paragraphs."""
        rows = list(_within(element, qn("w:tr")))
        inside = [list(_within(row, qn("w:tc"))) for row in rows]
        cells = [[self.cell(cell) for cell in row] for row in inside]
        nested = any(cell.find(f".//{qn('w:tbl')}") is not None for row in inside for cell in row)
        if nested or lays_out(cells):
            for cell in (cell for row in inside for cell in row):
                yield from self.paras(cell)
            return
        marked = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        yield from table_paras(cells, marked)

    def cell(self, element: Any) -> Cell:
        """Return the text of a cell on one line, and how many columns it spans."""
        span = element.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        width = span.get(qn("w:val"), "") if span is not None else ""
        text = tidy(self.runs.text(element).replace("\n", " ").replace("\t", " "))
        return Cell(" ".join(text.split()), min(int(width), MAX_COLUMNS) if width.isdigit() else 1)


def _within(element: Any, tag: str) -> Iterator[Any]:
    """Yield elements of one tag inside another in order, those of nested tables left out."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag != qn("w:tbl"):
            yield from _within(child, tag)


def _list_level(properties: Any, style: str) -> int:
    """Return the depth of a list item, by its numbering or by its style ("List Bullet 2")."""
    found = properties.find(f".//{qn('w:ilvl')}") if properties is not None else None
    if found is not None and found.get(qn("w:val"), "").isdigit():
        return min(int(found.get(qn("w:val"))) + 1, 9)
    depth = style.rpartition(" ")[2]
    return int(depth) if depth.isdigit() else 1
