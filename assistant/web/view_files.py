"""A timeline, comparison, list of changes, brief or count as a Word or Excel file, with its
references.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import date

from docx import Document as WordFile
from docx.document import Document as Written
from docx.enum.section import WD_ORIENT
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from assistant.facts.view import Cell, Table, View
from assistant.rendering.dates import day
from assistant.rendering.grammar import listed
from assistant.rendering.references import formal_reference
from assistant.types import Citation
from assistant.web.plain_text import located
from assistant.web.word_footnotes import Footnotes

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
    if view.lead:
        file.add_paragraph(_text(view.lead))
    body = _Body(file, view)
    if not view.wide:
        body.say()
    for table in view.wide:
        body.tabulate(table)
    for note in view.notes:
        file.add_paragraph(_text(note))
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
                if len(cell.citations) > 1:
                    there.comment = _places(cell)
        _shape(sheet)
    sheet = book.create_sheet("Notes")
    saved = f"Saved on {day(today)} from {base}, from the documents held then."
    said = filter(None, (view.title, view.lead, *view.notes, saved))
    for at, note in enumerate(said, start=1):
        _row(sheet, at, [note])
    _shape(sheet)
    _references(book.create_sheet("References"), view.draft.citations, base)
    return _saved(book)


def _places(cell: Cell) -> Comment:
    """Return a comment that names every place of a cell, which can lead to the first alone."""
    numbers = listed([str(number) for number in cell.citations])
    said = f"This rests on {len(cell.citations)} places: numbers {numbers} of the sheet References."
    return Comment(said, "References", height=60 + len(said) // 3)


def _references(sheet: Worksheet, citations: Iterable[Citation], base: str) -> None:
    _row(sheet, 1, _HEADS)
    for at, one in enumerate(citations, start=2):
        link = _link(one, base)
        known = (formal_reference(one), _flat(one.quote), link, one.identity.doc_id)
        cells = _row(sheet, at, [str(one.number), *known, str(one.start), str(one.end)])
        cells[3].hyperlink = link
    _shape(sheet)


class _Body:
    """What a view says, written into a Word file; each number is a footnote."""

    def __init__(self, file: Written, view: View) -> None:
        self._file, self._view = file, view
        self._notes = Footnotes(file)
        self._cited = {one.number: one for one in view.draft.citations}

    def say(self) -> None:
        """Write the sentences under their headings."""
        group = None
        for one in self._view.draft.sentences:
            if one.group and one.group != group:
                self._file.add_heading(_text(one.group), 1)
            group = one.group
            style = "List Bullet" if one.group else None
            self._write(self._file.add_paragraph(style=style), one.text, one.citations)

    def tabulate(self, table: Table) -> None:
        """Write a table, under its title where it is not the view's."""
        if table.title != self._view.title:
            self._file.add_heading(_text(table.title), 1)
        made = self._file.add_table(1, len(table.columns), "Table Grid")
        heads = [Cell(name) for name in table.columns]
        for at, row in enumerate((heads, *table.rows)):
            cells = made.rows[0].cells if at == 0 else made.add_row().cells
            for there, cell in zip(cells, row, strict=True):
                run = self._write(there.paragraphs[0], cell.text, cell.citations)
                run.font.size = Pt(9)
                run.bold = at == 0

    def _write(self, paragraph: Paragraph, text: str, numbers: Iterable[int]) -> Run:
        run = paragraph.add_run(_text(text))
        cited = (located(self._cited[number], with_words=True) for number in numbers)
        self._notes.add(paragraph, *map(_text, cited))
        return run


def _lines(view: View) -> Table:
    """Return what a view without tables says, as one."""
    rows = [(Cell(one.group or ""), Cell(one.text, one.citations)) for one in view.draft.sentences]
    lead = [(Cell(""), Cell(view.lead))] if view.lead else []
    return Table(view.title, ("part", "what is said"), (*lead, *rows))


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


def _flat(text: str) -> str:
    return " ".join(text.split())


def _text(text: str) -> str:
    return NOT_XML.sub("", text)


def _saved(file: Written | Workbook) -> bytes:
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()
