"""A timeline, comparison, list of changes or brief as a Word or Excel file, with its references."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date

from docx import Document as WordFile
from docx.document import Document as Written
from docx.enum.section import WD_ORIENT
from docx.shared import Pt
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.facts.view import Cell, Table, View
from assistant.rendering.names import day
from assistant.rendering.references import formal_reference
from assistant.types import Citation

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NOT_A_SHEET = re.compile(r"[\\/*?:\[\]]")
_HEADS = ("number", "reference", "words", "link", "document", "start", "end")
_WIDEST, _NARROWEST = 60, 10


def as_word(view: View, base: str, today: date) -> bytes:
    """Return the view as a Word file (docx).

    Args:
        base: address of this server, for the links to the places cited.
    """
    file = WordFile()
    section = file.sections[0]
    if view.wide:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    file.add_heading(_text(view.title), 0)
    if not view.wide:
        _say(view, file)
    for table in view.wide:
        _tabulate(table, view, file)
    for note in view.notes:
        file.add_paragraph(_text(note))
    file.add_heading("References", 1)
    for one in view.draft.citations:
        file.add_paragraph(_text(f"[{one.number}] {formal_reference(one)}: “{_flat(one.quote)}”"))
    file.add_paragraph(_text(f"Saved on {day(today)} from {base}, from the documents held then."))
    return _saved(file)


def as_excel(view: View, base: str, today: date) -> bytes:
    """Return the view as an Excel file (xlsx): a sheet a table, and one of the references."""
    book = Workbook()
    del book["Sheet"]
    cited = {one.number: one for one in view.draft.citations}
    for number, table in enumerate(view.wide or [_lines(view)], start=1):
        sheet = book.create_sheet(_sheet_name(number, table.title))
        _row(sheet, 1, table.columns)
        for at, cells in enumerate(table.rows, start=2):
            for cell, there in zip(cells, _row(sheet, at, [c.text for c in cells]), strict=True):
                if cell.citations:
                    there.hyperlink = _link(cited[cell.citations[0]], base)
        _shape(sheet)
    sheet = book.create_sheet("Notes")
    saved = f"Saved on {day(today)} from {base}, from the documents held then."
    for at, note in enumerate((view.title, *view.notes, saved), start=1):
        _row(sheet, at, [note])
    _shape(sheet)
    _references(book.create_sheet("References"), view.draft.citations, base)
    return _saved(book)


def _references(sheet: Worksheet, citations: Iterable[Citation], base: str) -> None:
    _row(sheet, 1, _HEADS)
    for at, one in enumerate(citations, start=2):
        link = _link(one, base)
        known = (formal_reference(one), _flat(one.quote), link, one.identity.doc_id)
        cells = _row(sheet, at, [str(one.number), *known, str(one.start), str(one.end)])
        cells[3].hyperlink = link
    _shape(sheet)


def _say(view: View, file: Written) -> None:
    group = None
    for one in view.draft.sentences:
        if one.group and one.group != group:
            file.add_heading(_text(one.group), 1)
        group = one.group
        style = "List Bullet" if one.group else None
        file.add_paragraph(_text(one.text + _marks(one.citations)), style)


def _tabulate(table: Table, view: View, file: Written) -> None:
    if table.title != view.title:
        file.add_heading(_text(table.title), 1)
    made = file.add_table(1, len(table.columns), "Table Grid")
    rows = [list(table.columns)]
    rows += [[cell.text + _marks(cell.citations) for cell in row] for row in table.rows]
    for at, row in enumerate(rows):
        cells = made.rows[0].cells if at == 0 else made.add_row().cells
        for there, text in zip(cells, row, strict=True):
            run = there.paragraphs[0].add_run(_text(text))
            run.font.size = Pt(9)
            run.bold = at == 0


def _lines(view: View) -> Table:
    """Return what a view without tables says, as one."""
    rows = tuple(
        (Cell(one.group or ""), Cell(one.text, one.citations)) for one in view.draft.sentences
    )
    return Table(view.title, ("part", "what is said"), rows)


def _row(sheet: Worksheet, at: int, texts: Iterable[str]) -> list[SheetCell]:
    """Write a row of texts, none of which a spreadsheet takes for a formula."""
    made = []
    for column, text in enumerate(texts, start=1):
        cell = sheet.cell(at, column)
        assert isinstance(cell, SheetCell)
        cell.value = _text(text)
        cell.data_type = "s"
        cell.font = Font(bold=at == 1)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        made.append(cell)
    return made


def _shape(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        longest = max(len(str(cell.value or "")) for cell in column)
        width = min(max(longest, _NARROWEST), _WIDEST)
        sheet.column_dimensions[get_column_letter(number)].width = width


def _sheet_name(number: int, title: str) -> str:
    return f"{number} {_NOT_A_SHEET.sub(' ', _text(title))}"[:31].strip()


def _link(citation: Citation, base: str) -> str:
    place = f"?start={citation.start}&end={citation.end}#quote"
    return f"{base}letter/{citation.identity.doc_id}{place}"


def _marks(numbers: tuple[int, ...]) -> str:
    return " " + "".join(f"[{number}]" for number in numbers) if numbers else ""


def _flat(text: str) -> str:
    return " ".join(text.split())


def _text(text: str) -> str:
    return NOT_XML.sub("", text)


def _saved(file: Written | Workbook) -> bytes:
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()
