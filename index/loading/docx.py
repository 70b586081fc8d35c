"""Word documents to paragraphs, with python-docx; headers and footers are left out.

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
from docx.oxml.parser import parse_xml

from index.errors import LoadError
from index.loading.characters import take_bullet, take_number, tidy
from index.loading.paras import Para, Piece, Role
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

_SKIPPED = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    qn("w:del"),
    qn("w:pPr"),
    qn("w:rPr"),
    qn("w:moveFrom"),
    qn("w:instrText"),
}
_LONG_CELL = 60
"""Words: a table with longer cells, or with several paragraphs in one, only lays out a page."""


def read_docx(data: bytes, name: str) -> list[Para]:
    """Read the body, table rows and footnotes, in order.

    Raises:
        LoadError: damaged, cut short, or unpacks to more than ``MAX_UNPACKED`` bytes.
    """
    _guard(data, name)
    try:
        document = docx.Document(io.BytesIO(data))
        notes = _footnotes(document)
        return list(_Walk(document, notes).paras(document.element.body))
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


def _footnotes(document: Any) -> dict[str, str]:
    """Footnote texts by id, from the part that python-docx does not open."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes") and not relation.is_external:
            root = parse_xml(relation.target_part.blob)
            return {
                note.get(qn("w:id")): tidy(_text(note).replace("\n", " "))
                for note in root.iter(qn("w:footnote"))
                if note.get(qn("w:type")) is None
            }
    return {}


def _text(element: Any) -> str:
    """The text inside an element as printed: tabs and breaks kept, deleted text left out."""
    parts: list[str] = []
    for child in element:
        if child.tag in _SKIPPED or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:t"):
            parts.append(child.text or "")
        elif child.tag == qn("w:tab"):
            parts.append("\t")
        elif child.tag in (qn("w:br"), qn("w:cr")):
            parts.append("\n")
        elif child.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        else:
            parts.append(_text(child))
    return "".join(parts)


class _Walk:
    """Walks a document's body; knows its styles and footnotes.

    ``headed``: the file marks its headings by style, so that only bold lines can be others.
    """

    def __init__(self, document: Any, notes: dict[str, str]) -> None:
        self.styles = {style.style_id: style.name or "" for style in document.styles}
        self.notes = notes
        used = document.element.body.iter(qn("w:pStyle"))
        self.headed = any(self.name(style).startswith("heading") for style in used)

    def name(self, style: Any) -> str:
        """Name of a style element in small letters, "" where the file does not define it."""
        return self.styles.get(style.get(qn("w:val")), "").lower()

    def paras(self, element: Any) -> Iterator[Para]:
        """The paragraphs of the body, a cell or a content control."""
        for child in element:
            if child.tag == qn("w:p"):
                yield from self.paragraph(child)
            elif child.tag == qn("w:tbl"):
                yield from self.table(child)
            elif child.tag not in _SKIPPED and isinstance(child.tag, str):
                yield from self.paras(child)

    def paragraph(self, element: Any) -> Iterator[Para]:
        """One paragraph, and the footnotes it refers to."""
        pieces = tuple(Piece(tidy(line)) for line in _text(element).split("\n") if tidy(line))
        if pieces:
            yield self.typed(element, pieces)
        for reference in element.iter(qn("w:footnoteReference")):
            note = self.notes.get(reference.get(qn("w:id")), "")
            if note:
                yield Para((Piece(note),), kind=BlockKind.FOOTNOTE)

    def typed(self, element: Any, pieces: tuple[Piece, ...]) -> Para:
        """What the style, the numbering and the fonts say a paragraph is."""
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
        return Para(pieces, number=number, alone=_bold(element) or not self.headed)

    def style(self, properties: Any) -> str:
        """Name of the paragraph style in small letters, "" for none."""
        found = properties.find(qn("w:pStyle")) if properties is not None else None
        return self.name(found) if found is not None else ""

    def table(self, element: Any) -> Iterator[Para]:
        """Rows with their cells in order; a table that only lays out gives its paragraphs."""
        rows = [list(row.iter(qn("w:tc"))) for row in element.iter(qn("w:tr"))]
        cells = [[_cell(cell) for cell in row] for row in rows]
        if _lays_out(rows, cells):
            for row in rows:
                for cell in row:
                    yield from self.paras(cell)
            return
        for position, row_cells in enumerate(cells):
            filled = [cell for cell in row_cells if cell]
            if filled:
                yield _row(filled, first=position == 0 and len(cells) > 1)


def _row(cells: list[str], first: bool) -> Para:
    piece = (Piece("\t".join(cells)),)
    words = not any(char.isdigit() for cell in cells for char in cell)
    if first and len(cells) > 1 and words:
        return Para(piece, kind=BlockKind.HEADING, role=Role.COLUMN_ROW)
    if first and len(cells) == 1:
        return Para(piece, kind=BlockKind.HEADING, role=Role.TITLE_ROW)
    return Para(piece, kind=BlockKind.ROW)


def _cell(element: Any) -> str:
    return " ".join(tidy(_text(element).replace("\n", " ").replace("\t", " ")).split())


def _lays_out(rows: list[list[Any]], cells: list[list[str]]) -> bool:
    """Whether a table is there for the page's layout only."""
    long = any(len(cell.split()) > _LONG_CELL for row in cells for cell in row)
    nested = any(cell.find(qn("w:tbl")) is not None for row in rows for cell in row)
    return long or nested or all(len(row) <= 1 for row in rows)


def _list_level(properties: Any, style: str) -> int:
    """Depth of a list item, by its numbering or by its style ("List Bullet 2")."""
    found = properties.find(f".//{qn('w:ilvl')}") if properties is not None else None
    if found is not None and found.get(qn("w:val"), "").isdigit():
        return min(int(found.get(qn("w:val"))) + 1, 9)
    depth = style.rpartition(" ")[2]
    return int(depth) if depth.isdigit() else 1


def _bold(element: Any) -> bool:
    """Whether every run with text is bold."""
    runs = [run for run in element.iter(qn("w:r")) if _text(run).strip()]
    return bool(runs) and all(run.find(f"{qn('w:rPr')}/{qn('w:b')}") is not None for run in runs)
