"""Write footnotes into a Word file, which python-docx has no calls for (ECMA-376, 17.11)."""

from __future__ import annotations

from typing import Any

from docx.document import Document as Written
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_LINES = ("separator", "continuationSeparator")
"""The lines that stand above footnotes; they take the first ids."""


class Footnotes:
    """The footnotes of one file, which Word numbers from 1 in the order of their marks."""

    def __init__(self, file: Written) -> None:
        """Give the file a part for its footnotes, and styles for their texts and marks."""
        text = file.styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.base_style, text.font.size = file.styles["Normal"], Pt(9)
        text.paragraph_format.space_after = Pt(2)
        mark = file.styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        mark.font.superscript = True
        self._text, self._mark = text.style_id, mark.style_id
        self._notes = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        named = OxmlElement("w:footnotePr")
        for kind in _LINES:
            named.append(OxmlElement("w:footnote", {qn("w:id"): str(len(self._notes))}))
            line = self._paragraph({qn("w:type"): kind})
            line.add_r().append(OxmlElement(f"w:{kind}"))
        file.settings.element.find(qn("w:compat")).addprevious(named)
        uri, kind = PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES
        part = XmlPart(uri, kind, self._notes, file.part.package)
        file.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    def add(self, paragraph: Paragraph, *texts: str) -> None:
        """Put a mark for each footnote at the end of what the paragraph says so far."""
        for number, text in enumerate(texts):
            if number:
                self._marked(paragraph._p).text = " "
            known = {qn("w:id"): str(len(self._notes))}
            self._marked(paragraph._p).append(OxmlElement("w:footnoteReference", known))
            note = self._paragraph()
            note.style = self._text
            self._marked(note).append(OxmlElement("w:footnoteRef"))
            note.add_r().text = f" {text}"

    def _marked(self, paragraph: Any) -> Any:
        run = paragraph.add_r()
        run.style = self._mark
        return run

    def _paragraph(self, kind: dict[str, str] | None = None) -> Any:
        """Return the only paragraph of a new footnote."""
        note = OxmlElement("w:footnote", {**(kind or {}), qn("w:id"): str(len(self._notes))})
        self._notes.append(note)
        paragraph = OxmlElement("w:p")
        note.append(paragraph)
        return paragraph
