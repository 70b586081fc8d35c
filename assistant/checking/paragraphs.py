"""The paragraphs of a Markdown or Word file, as a reader sees them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile

from index.errors import UsageError

_BREAKS = {"softbreak": "\n", "hardbreak": "\n"}
_ENTRY = re.compile(r"\n(?=\[\d+\] )")
_OFF = "[not(@w:val='0' or @w:val='false' or @w:val='off')]"
_UNSEEN = " or ".join(
    f"ancestor::w:r/w:rPr/w:{name}{_OFF}" for name in ("vanish", "strike", "dstrike")
)
"""Struck out is not said; what is hidden nobody reads."""
_MARK = ".//w:footnoteReference[not(ancestor::w:del or ancestor::w:moveFrom)]"
_SHOWN = (
    f".//w:t[not(ancestor::w:moveFrom or {_UNSEEN})] | .//w:tab | .//w:br | .//w:noBreakHyphen"
    f" | {_MARK}[not({_UNSEEN})]"
)
_MARKED = f"{_MARK}/@w:id"
_MARKS = {"noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    Attributes:
        text: without markup, white space folded.
        level: of a heading, 0 for the file's title; None for what is no heading.
        item: whether it stands in a bulleted list.
        note: whether it is a footnote, which begins with its number in brackets.
    """

    text: str
    level: int | None = None
    item: bool = False
    note: bool = False


def of_markdown(text: str) -> list[Paragraph]:
    """Return the paragraphs of CommonMark; a list of sources may have an entry a line."""
    from markdown_it import MarkdownIt

    found: list[Paragraph] = []
    level: int | None = None
    items = 0
    for token in MarkdownIt("commonmark", {"html": False}).parse(text):
        if token.type == "heading_open":
            level = int(token.tag[1:]) - 1
        elif token.type in ("list_item_open", "list_item_close"):
            items += token.nesting
        elif token.type in ("inline", "fence", "code_block"):
            shown = (_BREAKS.get(c.type, c.content) for c in token.children or ())
            said = "".join(shown) if token.type == "inline" else token.content
            parts = _ENTRY.split(said)
            found += [Paragraph(_folded(part), level, items > 0) for part in parts if part.strip()]
            level = None
    return found


def of_word(data: bytes) -> list[Paragraph]:
    """Return the paragraphs of a Word file, tracked changes taken as accepted.

    Each footnote follows the paragraph that has its mark, with the number that Word shows.

    Raises:
        UsageError: it is not a Word file.
    """
    from docx import Document as WordFile
    from docx.opc.exceptions import PackageNotFoundError

    try:
        part = WordFile(io.BytesIO(data)).part
        notes = dict(_footnotes(part))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        raise UsageError("the file is a packed one, but not a Word file (.docx)") from error
    return list(_of_body(part.element.body, notes))


def _footnotes(part: Any) -> Iterator[tuple[str, str]]:
    """Yield each footnote's id and text."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn

    for relation in part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FOOTNOTES and not relation.is_external:
            for note in parse_xml(relation.target_part.blob).iter(qn("w:footnote")):
                lines = [_text(paragraph, {}) for paragraph in note.iter(qn("w:p"))]
                yield note.get(qn("w:id")), " ".join(lines)


def _of_body(body: Any, notes: Mapping[str, str]) -> Iterator[Paragraph]:
    from docx.oxml.ns import qn

    marked = body.xpath(_MARKED)
    numbers = {known: number for number, known in enumerate(dict.fromkeys(marked), start=1)}
    for element in body.iter(qn("w:p")):
        text, style = _text(element, numbers), str(element.style or "").lower()
        if text:
            yield Paragraph(text, _level(style), "list" in style)
        for known in element.xpath(_MARKED):
            said = notes.get(known, "")
            yield Paragraph(f"[{numbers[known]}] {said}", note=True)


def _text(paragraph: Any, numbers: Mapping[str, int]) -> str:
    """Return what a paragraph shows, the marks of footnotes as their numbers in brackets."""
    from docx.oxml.ns import qn

    shown = []
    for part in paragraph.xpath(_SHOWN):
        name = part.tag.rpartition("}")[2]
        if name == "footnoteReference":
            number = numbers.get(part.get(qn("w:id")))
            shown.append(f" [{number}]" if number else "")
        else:
            shown.append(str(part.text or "") if name == "t" else _MARKS.get(name, " "))
    return _folded("".join(shown))


def _level(style: str) -> int | None:
    if style == "title":
        return 0
    number = style.removeprefix("heading").strip()
    return int(number) if style.startswith("heading") and number.isdigit() else None


def _folded(text: str) -> str:
    return " ".join(text.split())
