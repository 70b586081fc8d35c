"""The inspectors that a document names: lead, deputy and team, in the order printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.identity.reading import fold, proven_text
from index.types import CleanText, Proven

_CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
_WORD = rf"(?:(?:(?:{_CAPITAL}|d)[’'])?{_CAPITAL}[\w’'-]+|{_CAPITAL}\.?)"
_STOP = (
    r"(?!(?:Her|His|Senior|HMI|SHMI|OI|Lead|Deputy|Team|Shadow|Judge?ment|Quality|Associate|Ofsted|"
    r"Inspectors?|Inspection|Data|Any|Regional|Executive|Yours|CQC|Age|Published|Report|Reporting|"
    r"Type|Areas|Headline|Overall|The|This|These|Children|Contents|Seconded|Additional|HMICFRS|HMIP|"
    r"Majesty[’']s|Social|Other|Page\s+\d|Local\s+(?i:authority|safeguarding|area)|Area\s+(?i:of|covered)|"
    r"National\s+(?i:director)|Director|Section\s+\d|Visit)\b)"
)
_GAP = r"[^\S\n]+"
_NAME = rf"{_STOP}{_WORD}(?:{_GAP}{_STOP}(?:(?:van|de|der|di|le|la)\b|{_WORD})){{1,3}}"
_HMI = r"(?:(?:Her|His)\s+Majesty[’']s\s+[Ii]nspectors?)"
_TITLE = (
    rf"(?:\s*[,(–-]?\s*(?:Senior\s+|Regional\s+)?(?:{_HMI}|S?HMIs?|OI|Ofsted\s+Inspectors?|"
    r"Associate\s+Inspectors?|(?:Social\s+Care\s+)?Regulatory\s+Inspectors?|Seconded\s+[Ii]nspectors?|"
    r"Inspectors?)(?!\s*:)\)?(?:\s*\([^)\n]{1,40}\))?)*"
)
_POLITE = r"(?:(?:Ms|Mrs|Mr|Miss|Dr)\b\.?\s+)?"
_PERSON = rf"{_POLITE}{_NAME}{_TITLE}"
_ON_A_LINE = rf"\s*\n\s*(?={_PERSON}\s*[,;.]?\s*(?:\n|\Z))"
_PEOPLE = rf"{_PERSON}(?:(?:\s*,?\s+and\s+|\s*,\s*|\s*;\s*|\s*&\s*|{_ON_A_LINE}){_PERSON})*"
_NAMES = re.compile(rf"{_POLITE}(?P<name>{_NAME})")
_LABELLED = re.compile(
    r"(?im:\b(?:(?:joint\s+)?lead|deputy\s+lead|team|shadow|associate|assistant|other|reporting"
    r"|additional|seconded|contributing|ofsted)\s+inspectors?(?:\s*\([^)]*\))?"
    rf"\s*(?::|\s[–-]\s|\t|\n))\s*(?P<people>{_PEOPLE})"
    rf"|(?im:^lead\s+inspectors?)[^\S\n]+(?P<people2>{_PEOPLE})"
)
_TOLD = re.compile(
    rf"(?:{_HMI}|Ofsted\s+inspectors|Inspectors|The\s+inspectors?)"
    rf"(?:\s+\(HMI\))?(?:\s+for\s+this\s+(?:visit|inspection))?,?\s+(?:were|was)\s*:?\s*(?P<people>{_PEOPLE})"
    rf"|(?:carried\s+out|undertaken|conducted)\s+by\s+(?:(?:two|three|four)\s+of\s+)?(?:{_HMI}(?:\s*\(HMI\))?,?\s*:?\s*)?"
    rf"(?P<people2>{_PEOPLE})"
)
_SIGNED = re.compile(
    rf"Yours\s+(?:sincerely|faithfully),?\s+(?P<people>{_POLITE}{_NAME})\s*,?\s*{_HMI}"
)
_OPENING = 5000


def read_inspectors(clean: CleanText) -> tuple[Proven[str], ...]:
    """Return each inspector once, with the first place that names them.

    From labels ("Lead inspector:", "Team inspectors:"), from a letter's "Inspectors for this
    visit were", and from its signature. Data analysts and quality managers are no inspectors.
    """
    named: dict[str, Proven[str]] = {}
    for start, end in _places(clean.text):
        for name in _NAMES.finditer(clean.text, start, end):
            key = fold(name["name"]).casefold()
            named.setdefault(key, proven_text(clean.text, *name.span("name")))
    return tuple(named.values())


def _places(text: str) -> Iterator[tuple[int, int]]:
    opening = min(len(text), _OPENING)
    for found in (*_LABELLED.finditer(text), *_TOLD.finditer(text, 0, opening)):
        yield found.span("people" if found["people"] else "people2")
    for found in _SIGNED.finditer(text):
        yield found.span("people")
