"""Who speaks, in what kind of document, under which framework."""

from __future__ import annotations

import re

from index.identity.reading import first_stretch, head
from index.identity.title import Heading
from index.types import CleanText, Framework, Issuer, Kind, Proven, Span

_LETTER = (
    r"This\s+letter\s+(?:to\b.{0,90}?)?(?:summari[sz]es|sets\s+out|outlines)\b"
    r"|(?:Her|His)\s+Majesty[’']s\s+Inspectors?\s+for\s+this\s+(?:visit|inspection)"
    r"|I\s+am\s+writing\s+to\s+(?:summari[sz]e|confirm)\s+the\s+findings"
)
_OFSTED = re.compile(
    r"Inspection\s+dates?(?:\s*:|\s+\d)|Report\s+published\s*:|Lead\s+inspectors?\s*:"
    r"|Piccadilly\s+Gate"
    r"|^\W*Ofsted\s*(?:\n|Piccadilly|Agora|Clive|Aviation|Freshford)"
    r"|Ofsted\s+produces\s+this\s+report"
    rf"|\bDear\s+(?-i:[A-Z])(?=.{{0,3000}}?(?:{_LETTER}))",
    re.I | re.S,
)
_IMPRINT = re.compile(
    r"The\s+Office\s+for\s+Standards\s+in\s+Education,\s+Children[’']?s\s+Services\s+and\s+Skills"
    r"\s+\(Ofsted\)\s+(?:regulates|inspects)"
)
_LAST = 6000
"""Characters at the end of a report in which its imprint stands."""

_WRITTEN = re.compile(_LETTER, re.I | re.S)
_COUNCIL = re.compile(
    r"\breport\s+(?:of|to|by|from)\s+(?:the\s+)?(?:[\w’'&-]+\s+){0,5}?"
    r"(?:director|cabinet|board|committee|panel|council|executive|officer|member)\b"
    r"|\bagenda\s+item\b|\bwards?\s+affected\b|\bportfolio\s+holder\b|\breport\s+author\b"
    r"|\bpurpose\s+of\s+(?:the\s+)?report\b|\bminutes\s+of\s+(?:the|a)\b"
    r"|\bscrutiny\s+(?:committee|panel)\b|\bdecision\s+maker\b",
    re.I,
)
_TOLD = re.compile(
    r"Ofsted\s+(?:has\s+|have\s+|also\s+)?(?:said|warned|found|praised|criticised|rated|recommends|revealed)"
    r"|(?:the\s+)?report\s+(?:said|says|stated|states|highlighted|found|warned|concluded|added)"
    r"|said\s+(?:the|Ofsted[’']s)\s+report"
    r"|(?:was|were|been)\s+rated\s+as\b|\bAs\s+reported\b|\bthe\s+letter\s+(?:says|said|states)"
    r"|inspectors\s+(?:said|say|highlighted|praised|warned|graded|rated|criticised)",
    re.I,
)
_INSPECTION = re.compile(r"Inspection\s+dates?\s*:.{0,300}?Lead\s+inspectors?\s*:", re.I | re.S)
_VISITS = re.compile(
    r"findings\s+of\s+(?:the|our|a)\s+(?:\w+\s+)?(focus+ed|monitoring|assurance)\s", re.I
)
_SAID = (
    (Framework.JTAI, re.compile(r"joint\s+targeted\s+area\s+inspection|\bJTAI\b", re.I)),
    (Framework.SIF, re.compile(r"single\s+inspection\s+framework|\bSIF\b", re.I)),
    (
        Framework.ILACS_STANDARD,
        re.compile(r"this\s+(?:was\s+a\s+)?standard\s+inspection|\bILACS\s+standard\b", re.I),
    ),
    (
        Framework.ILACS_SHORT,
        re.compile(r"this\s+(?:was\s+a\s+)?short\s+inspection|\bILACS\s+short\b", re.I),
    ),
    (Framework.ILACS, re.compile(r"\bILACS\b")),
)


def _proof(found: re.Match[str]) -> Span:
    return Span(found.start(), found.end())


def read_issuer(clean: CleanText) -> Proven[Issuer]:
    """Tell who speaks: by the first mark near the top, else by how Ofsted is spoken of.

    A council's cover over an inspection report makes it the council's document, so the earliest
    mark decides; a letter is marked by its "Dear", which a newspaper that prints it leaves out.
    Without a mark there, the imprint of a report's last page tells.
    Twice "Ofsted has warned", "the report said" without any mark is the press.
    """
    top = head(clean)
    marks = [
        (found.start(), issuer, found)
        for issuer, pattern in ((Issuer.OFSTED, _OFSTED), (Issuer.COUNCIL, _COUNCIL))
        if (found := pattern.search(top))
    ]
    if marks:
        _, issuer, found = min(marks, key=lambda mark: mark[0])
        return Proven(issuer, _proof(found))
    if found := _IMPRINT.search(clean.text, max(0, len(clean.text) - _LAST)):
        return Proven(Issuer.OFSTED, _proof(found))
    told = list(_TOLD.finditer(clean.text))
    if len(told) >= 2:
        return Proven(Issuer.PRESS, _proof(told[0]))
    if found := _WRITTEN.search(top):
        return Proven(Issuer.OFSTED, _proof(found))
    return Proven(Issuer.OTHER, first_stretch(clean))


def read_kind(clean: CleanText, issuer: Proven[Issuer], heading: Heading | None) -> Proven[Kind]:
    """Tell the kind from who speaks and the heading, else from the opening sentence."""
    if issuer.value is Issuer.COUNCIL:
        return Proven(Kind.COUNCIL_REPORT, issuer.span)
    if issuer.value is Issuer.PRESS:
        return Proven(Kind.NEWS_ARTICLE, issuer.span)
    if issuer.value is Issuer.OTHER:
        return Proven(Kind.OTHER, issuer.span)
    if heading is not None:
        return Proven(heading.kind, heading.span)
    if found := _VISITS.search(head(clean)):
        word = found[1].casefold()
        kinds = {"m": Kind.MONITORING_VISIT, "a": Kind.ASSURANCE_VISIT}
        return Proven(kinds.get(word[0], Kind.FOCUSED_VISIT), _proof(found))
    if found := _INSPECTION.search(head(clean)):
        return Proven(Kind.INSPECTION_REPORT, _proof(found))
    return Proven(Kind.OTHER, issuer.span)


def read_framework(
    clean: CleanText, kind: Kind, heading: Heading | None, visit_days: tuple[int, Span] | None
) -> Proven[Framework] | None:
    """Tell the framework from the heading or from words that name it, else None.

    An ILACS report prints neither "standard" nor "short"; the framework itself fixes the
    fieldwork at two weeks for the one and one week for the other, so the printed dates tell.

    Args:
        clean: the document.
        kind: what it is.
        heading: its inspection heading, None without one.
        visit_days: days from the first to the last of the visit, and where that is printed.
    """
    own = (
        heading.framework
        if heading and kind not in (Kind.COUNCIL_REPORT, Kind.NEWS_ARTICLE)
        else None
    )
    if heading and own is Framework.ILACS and visit_days:
        days, span = visit_days
        if days <= 7:
            return Proven(Framework.ILACS_SHORT, span)
        return Proven(Framework.ILACS_STANDARD if days <= 14 else Framework.ILACS, span)
    if heading and own:
        return Proven(own, heading.span)
    found = [(m.start(), name, m) for name, said in _SAID if (m := said.search(clean.text))]
    if not found or kind is Kind.INSPECTION_REPORT:
        return None
    _, name, match = min(found, key=lambda one: one[0])
    return Proven(name, _proof(match))
