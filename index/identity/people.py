"""The inspectors that a document names: lead, deputy and team, in the order printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.identity.reading import fold, proven_text
from index.types import CleanText, Proven

_WORD = r"(?:(?:[A-Z][’'])?[A-Z][\w’'-]+|[A-Z]\.?)"
_STOP = (
    r"(?!(?:Her|His|Senior|HMI|SHMI|OI|Lead|Deputy|Team|Shadow|Judge?ment|Quality|Associate|Ofsted|"
    r"Inspectors?|Inspection|Data|Any|Regional|Executive|Yours|CQC|Age|Published|Report|Reporting|"
    r"Local|Type|Area|Areas|Headline|Overall|The|This|These|Children|Contents|Seconded|Additional|"
    r"HMICFRS|HMIP|Majesty[’']s|National|Director|Section|Social|Page|Visit)\b)"
)
_NAME = rf"{_STOP}{_WORD}(?:\s+{_STOP}(?:(?:van|de|der|di|le|la)\b|{_WORD})){{1,3}}"
_HMI = r"(?:Her|His)\s+Majesty[’']s\s+[Ii]nspectors?"
_TITLE = (
    rf"(?:\s*[,(–-]?\s*(?:Senior\s+|Regional\s+)?(?:{_HMI}|S?HMIs?|OI|Ofsted\s+Inspectors?|"
    r"Associate\s+Inspectors?|(?:Social\s+Care\s+)?Regulatory\s+Inspectors?|Seconded\s+Inspectors?|"
    r"Inspectors?)\)?(?:\s*\([^)\n]{1,40}\))?)*"
)
_PEOPLE = rf"{_NAME}{_TITLE}(?:\s*(?:,?\s+and\s+|,\s*|;\s*|&\s*){_NAME}{_TITLE})*"
_NAMES = re.compile(_NAME)
_LABELLED = re.compile(
    rf"(?i:\b(?:(?:joint\s+)?lead|deputy\s+lead|team|shadow|associate|assistant|other)"
    rf"\s+inspectors?(?:\s*\([^)]*\))?\s*:\s*)(?P<people>{_PEOPLE})"
)
_TOLD = re.compile(
    rf"(?:{_HMI}|Ofsted\s+inspectors|Inspectors|The\s+inspectors?)"
    rf"(?:\s+\(HMI\))?(?:\s+for\s+this\s+(?:visit|inspection))?,?\s+(?:were|was)\s*:?\s*(?P<people>{_PEOPLE})"
    rf"|(?:carried\s+out|undertaken|conducted)\s+by\s+(?:(?:two|three|four)\s+of\s+)?(?:{_HMI}(?:\s*\(HMI\))?,?\s*:?\s*)?"
    rf"(?P<people2>{_PEOPLE})"
)
_SIGNED = re.compile(rf"Yours\s+(?:sincerely|faithfully),?\s+(?P<people>{_NAME})\s*,?\s*{_HMI}")
_OPENING = 5000


def read_inspectors(clean: CleanText) -> tuple[Proven[str], ...]:
    """Return each inspector once, with the first place that names them.

    From labels ("Lead inspector:", "Team inspectors:"), from a letter's "Inspectors for this
    visit were", and from its signature. Data analysts and quality managers are no inspectors.
    """
    named: dict[str, Proven[str]] = {}
    for start, end in _places(clean.text):
        for name in _NAMES.finditer(clean.text, start, end):
            key = fold(name.group()).casefold()
            named.setdefault(key, proven_text(clean.text, name.start(), name.end()))
    return tuple(named.values())


def _places(text: str) -> Iterator[tuple[int, int]]:
    for found in _LABELLED.finditer(text):
        yield found.span("people")
    for found in _TOLD.finditer(text, 0, min(len(text), _OPENING)):
        group = "people" if found["people"] else "people2"
        yield found.span(group)
    for found in _SIGNED.finditer(text):
        yield found.span("people")
