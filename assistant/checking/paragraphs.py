"""The paragraphs of a Markdown or Word file, as a reader sees them."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
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
_SHOWN = f".//w:t[not(ancestor::w:moveFrom or {_UNSEEN})] | .//w:tab | .//w:br | .//w:noBreakHyphen"
_MARKS = {"noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph.

    Attributes:
        text: without markup, white space folded.
        level: of a heading, 0 for the file's title; None for what is no heading.
        item: whether it stands in a bulleted list.
    """

    text: str
    level: int | None = None
    item: bool = False


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

    Raises:
        UsageError: it is not a Word file.
    """
    from docx import Document as WordFile
    from docx.opc.exceptions import PackageNotFoundError

    try:
        body = WordFile(io.BytesIO(data)).element.body
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError) as error:
        raise UsageError("the file is a packed one, but not a Word file (.docx)") from error
    return list(_of_body(body))


def _of_body(body: Any) -> Iterator[Paragraph]:
    from docx.oxml.ns import qn

    for element in body.iter(qn("w:p")):
        shown = (_word(part) for part in element.xpath(_SHOWN))
        text, style = _folded("".join(shown)), str(element.style or "").lower()
        if text:
            yield Paragraph(text, _level(style), "list" in style)


def _word(part: Any) -> str:
    name = part.tag.rpartition("}")[2]
    return str(part.text or "") if name == "t" else _MARKS.get(name, " ")


def _level(style: str) -> int | None:
    if style == "title":
        return 0
    number = style.removeprefix("heading").strip()
    return int(number) if style.startswith("heading") and number.isdigit() else None


def _folded(text: str) -> str:
    return " ".join(text.split())
