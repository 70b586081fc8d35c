"""What a visit looked at, in the letter's own words; a full inspection looks at everything."""

from __future__ import annotations

import re

from index.identity.reading import proven_text
from index.types import BlockKind, CleanText, Kind, Proven

_AT = r"looked\s+(?:closely\s+)?at|reviewed|evaluated|(?:was\s+)?focus+ed\s+on|concentrated\s+on"
_DIVE = r"included\s+a\s+[‘']deep\s+dive[’']\s+(?:focus\s+)?(?:on|into)"
_LOOKED = re.compile(
    rf"(?:\bthe\s+focus\s+of\s+(?:the|this|our)\s+(?:\w+\s+)?(?:visit|inspection)\s+was"
    rf"|\binspectors\s+(?:also\s+)?(?:{_AT})"
    rf"|\b(?:this|the)\s+(?:visit|inspection)\s+(?:{_AT}|considered|examined|{_DIVE}))"
    r"\s+(?!(?:a\s+)?(?:wide\s+)?(?:range|variety)\s+of|evidence)",
    re.I,
)
_END = re.compile(r"(?<!\bSt)(?<!\bNo)(?:\.|:)(?=\s|$)|\n\s*\n")
_JOINT = re.compile(
    r"multi-agency\s+response\s+to\s+[^\n.]{5,160}?(?=\s+in\s+[A-Z]|\s*[\n.])", re.I
)
_ITEM = re.compile(r"\s*(?:[-–•■◼▪●o*]|[^\w\s“‘'\"(])\s*(?P<item>[^\n]+)")
_VISITS = (Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.ASSURANCE_VISIT)
_OPENING = 5000


def read_scope(clean: CleanText, kind: Kind) -> Proven[str] | None:
    """Return what the visit looked at, None for other documents and where it is not said.

    Where the sentence ends in a colon, the list after it is what was looked at.
    """
    text = clean.text
    stop = min(len(text), _OPENING)
    if kind is Kind.JOINT_INSPECTION and (joint := _JOINT.search(text, 0, stop)):
        return proven_text(text, *joint.span())
    if kind not in (*_VISITS, Kind.JOINT_INSPECTION):
        return None
    looked = _LOOKED.search(text, 0, stop)
    if looked is None:
        return None
    end = _END.search(text, looked.end())
    finish = end.start() if end else len(text)
    if end and end.group() == ":":
        return _list_after(clean, end.end()) or proven_text(text, looked.end(), finish)
    return proven_text(text, looked.end(), finish)


def _list_after(clean: CleanText, at: int) -> Proven[str] | None:
    """Return the list that starts at ``at``, from its first item to the end of its last."""
    items = []
    for block in clean.blocks:
        if block.start >= at and block.kind is BlockKind.ITEM:
            items.append(block)
        elif block.start >= at:
            break
    if items:
        return proven_text(clean.text, items[0].start, items[-1].end)
    first = item = _ITEM.match(clean.text, at)
    while item and (following := _ITEM.match(clean.text, item.end())):
        item = following
    return proven_text(clean.text, first.start("item"), item.end()) if first and item else None
