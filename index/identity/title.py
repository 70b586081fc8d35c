"""The heading or subject line of a document, and the kind of inspection that it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.identity.reading import head, proven_text
from index.types import BlockKind, CleanText, Framework, Issuer, Kind, Proven, Span

_REACH = 3000
_SERVICES = r"children[^\w\s]?s[^\w\s]?\s+(?:social\s+care\s+)?services"
_TO_SERVICES = (
    rf"(?:to|of)\s+(?:(?:St\.|[^.\n]|\n(?!\s*\n)){{2,110}}?{_SERVICES}|[^.\n]{{3,100}}(?=\n|$))"
)
_NTH = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|final)"
_COVER = re.compile(r"report\s+(?:to|of|by|from)\b", re.I)
_TELLING = re.compile(r"\bOfsted\b|\binspection\b", re.I)
_REPORT = r"(?:Ofsted\s+)?(?:Pilot\s+)?(?:Re-?\s?)?inspection\s+of\s+"
_BOARD = (
    r"(?:,?\s*\d?\s*and\s+(?:Joint\s+)?review\s+of\s+the\s+effectiveness\s+of\s+the\s+"
    r"(?:[\w&,’'-]+\s+){0,6}?Safeguarding\s+Children\s+Boards?)?"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that says what sort of inspection a document is about.

    Attributes:
        framework: the framework whose reports carry this very heading, else None.
    """

    kind: Kind
    framework: Framework | None
    span: Span


def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(words, re.I)


_HEADINGS = (
    (
        Kind.JOINT_INSPECTION,
        Framework.JTAI,
        _pattern(r"Joint\s+targeted\s+area\s+inspections?(?:[^\n.]*)"),
    ),
    (
        Kind.JOINT_INSPECTION,
        None,
        _pattern(
            r"(?:Joint\s+)?(?:local\s+)?area\s+(?:SEND|special\s+educational\s+needs)\s+[^\n.]*"
            r"|Joint\s+inspection\s+of\s+[^\n.]*"
        ),
    ),
    (
        Kind.ASSURANCE_VISIT,
        None,
        _pattern(rf"(?:Ofsted\s+|COVID-19\s+|Focus+ed\s+)*assurance\s+visit\s+{_TO_SERVICES}"),
    ),
    (Kind.FOCUSED_VISIT, None, _pattern(rf"(?:Ofsted\s+)?Focus+ed\s+visit\s+{_TO_SERVICES}")),
    (
        Kind.MONITORING_VISIT,
        None,
        _pattern(rf"(?:Ofsted\s+)?(?:{_NTH}\s+)?Monitoring\s+visit\s+{_TO_SERVICES}"),
    ),
    (
        Kind.INSPECTION_REPORT,
        Framework.SIF,
        _pattern(
            rf"{_REPORT}services\s+for\s+children\s+in\s+need\s+of\s+help\s+and\s+protection"
            rf"(?:,?\s+children\s+looked\s+after\s+and\s+care\s+leavers)?{_BOARD}"
        ),
    ),
    (
        Kind.INSPECTION_REPORT,
        None,
        _pattern(
            rf"{_REPORT}(?:local\s+authority\s+arrangements\s+for\s+the\s+protection\s+of\s+children"
            r"|safeguarding\s+and\s+looked\s+after\s+children(?:[’']s)?\s+services)"
        ),
    ),
    (
        Kind.INSPECTION_REPORT,
        Framework.ILACS,
        _pattern(rf"{_REPORT}(?:(?:St\.|[^.\n]|\n(?!\s*\n)){{2,110}}?\s)?{_SERVICES}"),
    ),
)


def find_heading(clean: CleanText) -> Heading | None:
    """Return the first inspection heading near the top, None where there is none.

    A heading begins with a capital: "the focused visit to …" inside a sentence is none. A page
    header, which may be misprinted, is one only where the document has no other.
    """
    top = head(clean)[:_REACH]
    found = [
        Heading(kind, framework, Span(*match.span()))
        for kind, framework, pattern in _HEADINGS
        for match in pattern.finditer(top)
        if match.group()[0].isupper() and not _in_sentence(top, match.start())
    ]
    furniture = [block for block in clean.blocks if block.kind is BlockKind.FURNITURE]

    def rank(heading: Heading) -> tuple[bool, int]:
        at = heading.span.start
        return any(block.start <= at < block.end for block in furniture), at

    return min(found, key=rank, default=None)


def heading_at(text: str, start: int, end: int) -> Span | None:
    """Return where the inspection heading in ``text[start:end]`` stands, None without one."""
    spans = (pattern.search(text, start, end) for _, _, pattern in _HEADINGS)
    found = [span for span in spans if span and span.group()[0].isupper()]
    first = min(found, key=lambda one: one.start(), default=None)
    return Span(*first.span()) if first else None


def find_title(clean: CleanText, heading: Heading | None, issuer: Issuer) -> Proven[str] | None:
    """Return the title as printed: the inspection heading, else the first heading.

    A council's heading over its own cover ("Report of …") is passed over for what follows; a
    news article's title is its first line.
    """
    text = clean.text
    if heading is not None and issuer is not Issuer.PRESS:
        return proven_text(text, heading.span.start, heading.span.end)
    headings = [block for block in clean.blocks if block.kind is BlockKind.HEADING]
    if issuer is Issuer.PRESS:
        headings = []
    titles = [one for one in headings if not _COVER.match(text, one.start, one.end)]
    telling = [one for one in titles if _TELLING.search(text, one.start, one.end)]
    for block in (*telling[:1], *titles[:1]):
        if issuer is Issuer.COUNCIL or block is titles[0]:
            return proven_text(text, block.start, block.end)
    body = (block.start for block in clean.blocks if block.kind is not BlockKind.FURNITURE)
    line = re.compile(r"\S[^\n]*").search(text, next(body, 0))
    return proven_text(text, *line.span()) if line and len(line.group()) <= 200 else None


def _in_sentence(text: str, at: int) -> bool:
    """Say whether the word before ``at``, on the same line, is one of running text."""
    before = re.search(r"(\S+)[ \t]+$", text[max(0, at - 40) : at])
    return before is not None and (before[1][0].islower() or before[1].endswith(","))
