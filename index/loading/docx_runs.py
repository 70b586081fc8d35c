"""The text of a Word document's runs as it is printed, its notes and its page headers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from index.loading.characters import tidy
from index.loading.paras import Para, Piece
from index.types import BlockKind

SKIPPED = {
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    qn("w:del"),
    qn("w:pPr"),
    qn("w:rPr"),
    qn("w:moveFrom"),
    qn("w:instrText"),
}
"""What is not printed."""

_CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_UNSEEN = ("w:vanish", "w:webHidden", "w:strike", "w:dstrike")
_OFF = ("0", "false", "off")


class Runs:
    """Text as a reader sees it: what is deleted, struck through or hidden is left out.

    Raised figures are marks of footnotes and left out too: "94³ per cent" is not 943.

    Args:
        styles: the document's styles.

    Attributes:
        formulas: number of formulas that were met, which are not read.
    """

    def __init__(self, styles: Any) -> None:
        self.formulas = 0
        unseen = [style.style_id for style in styles if _unseen(style.element.find(qn("w:rPr")))]
        self._unseen = frozenset(unseen)

    def text(self, element: Any) -> str:
        """Return the text inside an element, tabs and breaks kept."""
        return "".join(self._parts(element))

    def _parts(self, element: Any) -> Iterator[str]:
        for child in element:
            if child.tag == qn("m:oMath"):
                self.formulas += 1
            elif child.tag == qn("w:r"):
                yield self._run(child)
            elif child.tag in _CHARACTERS:
                yield _CHARACTERS[child.tag]
            elif child.tag == qn("w:t"):
                yield child.text or ""
            elif child.tag == qn("w:p"):
                yield self.text(child) + "\n"
            elif child.tag not in SKIPPED and isinstance(child.tag, str):
                yield from self._parts(child)

    def _run(self, run: Any) -> str:
        properties = run.find(qn("w:rPr"))
        if properties is None:
            return self.text(run)
        style = properties.find(qn("w:rStyle"))
        styled = style is not None and style.get(qn("w:val")) in self._unseen
        if styled or _unseen(properties):
            return ""
        raised = properties.find(qn("w:vertAlign"))
        text = self.text(run)
        is_raised = raised is not None and raised.get(qn("w:val")) == "superscript"
        return "" if is_raised and text.strip().isdigit() else text


def _unseen(properties: Any) -> bool:
    """Say whether a run's properties hide it or strike it through."""
    marks = [properties.find(qn(tag)) for tag in _UNSEEN] if properties is not None else []
    return any(mark is not None and mark.get(qn("w:val")) not in _OFF for mark in marks)


def _part(document: Any, kind: str) -> Iterator[Any]:
    """Yield the roots of the parts of one kind, those that python-docx does not open."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith(f"/{kind}") and not relation.is_external:
            yield parse_xml(relation.target_part.blob)


def notes(document: Any, runs: Runs) -> dict[tuple[str, str], str]:
    """Read the texts of footnotes and endnotes, by the tag that refers to them and their id."""
    return {
        (f"w:{kind}Reference", note.get(qn("w:id"))): tidy(runs.text(note).replace("\n", " "))
        for kind in ("footnote", "endnote")
        for root in _part(document, f"{kind}s")
        for note in root.iter(qn(f"w:{kind}"))
        if note.get(qn("w:type")) is None
    }


def headers(document: Any, runs: Runs) -> list[Para]:
    """Read what page headers say and the body does not, as furniture that stands before it."""
    body = " ".join(runs.text(document.element.body).split())
    lines = [
        " ".join(tidy(line).split())
        for root in _part(document, "header")
        for line in runs.text(root).split("\n")
    ]
    new = dict.fromkeys(line for line in lines if line and line not in body)
    return [Para((Piece(line),), kind=BlockKind.FURNITURE) for line in new]
