"""Marks what frames a letter and is never evidence: addresses, contact lines, signatures.

Marks only; running headers and page numbers, which are deleted, are ``page_edges``' work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.loading.paras import Para, Role
from index.types import BlockKind

_CONTACT = re.compile(
    r"^,?\s*(T|F|E|W|Tel|Telephone|Textphone|Fax|Phone|Mobile|E-?mail|Web|Website|Direct)\b"
    r"(\s*(No\b|number|address|tel|line|dial)\.?)*[\s.:]*(\(?\+?\d[\d\s()]{4}|\S+@\S|www\.|https?:)"
    r"|^(Name of )?Contact (Officer|Name|Us)\b|^Post Title:|^Telephone No|^E-?mail( Address)?:"
    r"|^www\.\S+$|^https?://\S+$|^\S+@\S+\.\S+$|enquiries@ofsted",
    re.I,
)
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b")
_PHONE = re.compile(r"\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b")
_DATE = re.compile(
    r"^(\w+day,? )?\d{1,2}(st|nd|rd|th)? (January|February|March|April|May|June|July|August"
    r"|September|October|November|December) \d{4}$"
)
_SALUTATION = re.compile(r"^Dear\b")
_CLOSING = re.compile(r"^Yours (sincerely|faithfully|truly)\b", re.I)
_SUBJECT = re.compile(r"\b(visit|inspection|review|assessment|letter)s? (to|of|on|for|in)\b", re.I)
_BOILERPLATE = re.compile(
    r"^The Office for Standards in Education, Children|Ofsted\) (inspects|regulates)"
    r"|Open Government Licen[cs]e|© Crown copyright|© Ofsted|Crown copyright 20"
    r"|like a (copy|version) of this (document|report)|in an alternative format"
    r"|^You may (use and re-?use|reuse|copy) |^This (document|publication|report) is available at"
    r"|^Interested in our work|subscribe to our|^Piccadilly Gate|publications/?\.?$"
    r"|^Any complaints about the inspection",
    re.I,
)
_END_SHARE = 0.75
"""Boilerplate in the last quarter of a file starts its end page, which runs to the end."""

_ADDRESS_WORDS = 20
_OPENING_PARAS = 40
_OPENING_WORDS = 200
"""A letter's head is short: "Dear …" further down is not its salutation."""


def mark_furniture(paras: Sequence[Para]) -> list[Para]:
    """Mark as furniture the letterhead, contact lines, signature and end pages."""
    marked = _mark(paras, [is_contact(para.text) for para in paras])
    marked = _mark(marked, _opening(marked))
    marked = _mark(marked, _closing(marked))
    ends = _end_page(marked)
    return _mark(marked, ends) if ends and ends[-1] else _mark(_mark(marked, ends), _tail(marked))


def _mark(paras: Sequence[Para], which: Sequence[bool]) -> list[Para]:
    return [
        replace(para, kind=BlockKind.FURNITURE, level=0, role=Role.PLAIN) if yes else para
        for para, yes in zip(paras, which, strict=True)
    ]


def is_contact(text: str) -> bool:
    """Say whether a line is an address, a telephone, mail or web line."""
    words = len(text.split())
    if words > _ADDRESS_WORDS:
        return False
    if _CONTACT.search(text):
        return True
    ends = text.rstrip().endswith((".", "?"))
    return not ends and bool(_POSTCODE.search(text) or (_PHONE.search(text) and words < 12))


def _opening(paras: Sequence[Para]) -> list[bool]:
    """Return everything before "Dear …", and the salutation, but for the subject of the letter."""
    which = [False] * len(paras)
    words = 0
    for index, para in enumerate(paras[:_OPENING_PARAS]):
        if words > _OPENING_WORDS:
            break
        words += len(para.text.split())
        if _SALUTATION.match(para.text) and len(para.text.split()) <= 12:
            for before in range(index):
                text = paras[before].text
                which[before] = len(text.split()) <= 30 and not _SUBJECT.search(text)
            which[index] = True
            break
    return which


def _closing(paras: Sequence[Para]) -> list[bool]:
    """Take what stands from "Yours sincerely" on, as long as the lines are short."""
    which = [False] * len(paras)
    closings = [i for i, para in enumerate(paras) if _CLOSING.match(para.text)]
    if closings:
        for index in range(closings[-1], len(paras)):
            if len(paras[index].text.split()) > _ADDRESS_WORDS:
                break
            which[index] = True
    return which


def _end_page(paras: Sequence[Para]) -> list[bool]:
    """Return the publisher's last page: from its first known sentence to the end of the file."""
    sizes = [len(para.text) for para in paras]
    total, before = sum(sizes), 0
    for index, para in enumerate(paras):
        if before >= total * _END_SHARE and _BOILERPLATE.search(para.text):
            return [i >= index for i in range(len(paras))]
        before += sizes[index]
    return [bool(_BOILERPLATE.search(para.text)) for para in paras]


def _tail(paras: Sequence[Para]) -> list[bool]:
    """Find unpunctuated lines at the very end, where one of them is a contact line."""
    start = len(paras)
    while start and _is_tail_line(paras[start - 1]):
        start -= 1
    contact = any(para.kind is BlockKind.FURNITURE for para in paras[start:])
    return [contact and i >= start for i in range(len(paras))]


def _is_tail_line(para: Para) -> bool:
    if para.kind is BlockKind.FURNITURE:
        return True
    plain = para.kind in (None, BlockKind.HEADING)
    return plain and not para.text.endswith((".", "?", "!", ":", "”"))
