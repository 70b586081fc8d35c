"""Takes text that is drawn invisibly off a PDF's page, where no reader sees it.

Text recognition draws what it read invisibly over the picture of a page: of a page without other
text, or one that a picture covers, it stays. Text in the colour of the paper, or behind something,
is not known as such.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import c_float
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

_SCANNED = 0.5
"""Share of a page that its pictures cover where it is one that was scanned."""

_DEEPEST = 8
"""How far forms stand in forms; those of damaged files stand in themselves."""


@dataclass(frozen=True, slots=True)
class _Object:
    """Something drawn on a page, and the form that it belongs to, None for the page itself."""

    raw: Any
    kind: int
    form: Any | None


def drop_invisible(page: Any) -> bool:
    """Take off a page the invisible text that a reader does not see; say whether there was any.

    What was asked of the page's text before still holds it: call this first.
    """
    drawn = list(_objects(page.raw))
    texts = [one for one in drawn if one.kind == pdfium.FPDF_PAGEOBJ_TEXT]
    unseen = [one for one in texts if _is_invisible(one.raw)]
    if not unseen or len(unseen) == len(texts) or _is_scanned(page, drawn):
        return False
    for one in unseen:
        if one.form is None:
            pdfium.FPDFPage_RemoveObject(page.raw, one.raw)
        else:
            pdfium.FPDFFormObj_RemoveObject(one.form, one.raw)
        pdfium.FPDFPageObj_Destroy(one.raw)
    return True


def _objects(page: Any) -> Iterator[_Object]:
    for number in range(pdfium.FPDFPage_CountObjects(page)):
        raw = pdfium.FPDFPage_GetObject(page, number)
        yield from _with_inner(_Object(raw, pdfium.FPDFPageObj_GetType(raw), None), 0)


def _with_inner(one: _Object, depth: int) -> Iterator[_Object]:
    yield one
    if one.kind != pdfium.FPDF_PAGEOBJ_FORM or depth == _DEEPEST:
        return
    for number in range(pdfium.FPDFFormObj_CountObjects(one.raw)):
        raw = pdfium.FPDFFormObj_GetObject(one.raw, number)
        yield from _with_inner(_Object(raw, pdfium.FPDFPageObj_GetType(raw), one.raw), depth + 1)


def _is_invisible(text: Any) -> bool:
    mode = pdfium.FPDFTextObj_GetTextRenderMode(text)
    return bool(mode == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)


def _is_scanned(page: Any, drawn: list[_Object]) -> bool:
    """Whether pictures cover most of the page; one inside a form counts as large as it says."""
    covered = sum(_area(one.raw) for one in drawn if one.kind == pdfium.FPDF_PAGEOBJ_IMAGE)
    width, height = page.get_size()
    return bool(covered > _SCANNED * width * height)


def _area(raw: Any) -> float:
    left, bottom, right, top = (c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(raw, left, bottom, right, top)
    return (right.value - left.value) * (top.value - bottom.value)
