"""Who signed a document, to whom it is addressed, and which of a series of visits it tells of.

Reads the head and the foot of a letter, and the head of a council's report, as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.identity.reading import fold, proven_text, sentences
from index.types import CleanText, Proven, Span

_ORDINALS = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_NUMBERED = re.compile(
    rf"\bthis\s+(?:was|is)\s+the\s+(?P<number>{'|'.join(_ORDINALS)})\b(?:\s+[\w-]+){{0,3}}?\s+visit\b",
    re.I,
)
_CARDINALS = (
    *("one", "two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
)
_COUNTS = {word: n for n, word in enumerate(_CARDINALS, start=1)}
_NUMBER = rf"(?P<number>\d{{1,2}}|{'|'.join(_COUNTS)})"
_TEAM = re.compile(
    rf"\bteam\s+(?:consisted\s+of|comprised(?:\s+of)?|included)\s+(?:in\s+total\s+(?:of\s+)?)?"
    rf"{_NUMBER}\s+(?:of\s+)?(?:(?:Her|His)\s+Majesty[’']s\s+)?Inspectors\b"
    rf"(?:[^.]{{0,40}}?\band\s+(?P<others>{'|'.join(_COUNTS)})\s+Ofsted\s+Inspectors\b)?",
    re.I,
)
_LEAD = re.compile(
    r"(?<!deputy )\b(?:joint\s+)?lead\s+inspectors?\s*(?::|\n|\s[–-]\s)\s*(?P<line>[^\n]+)", re.I
)
_SIGNED = re.compile(
    r"Yours\s+(?:sincerely|faithfully),?\s+"
    r"(?P<who>(?P<name>[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)+?)"
    r"(?:\s*,?\s*\**(?P<office>(?:Her|His)\s+Majesty['’]s\s+Inspector|HMI)\b)?)"
    r"(?=\**\s*(?:$|\n|,|\Z))",
    re.M,
)
_OFFICER = re.compile(
    r"Contact Officer:?\s*(?P<name>[^\n]+)(?:\n+Post Title:?\s*(?P<office>[^\n]+))?"
)
_OFFICE = r"(?:Interim |Executive |Corporate |Strategic |Acting |Statutory )*Directors?\b[^\n]*?"
_ADDRESSED = re.compile(
    rf"^(?P<name>(?:(?:Ms|Mrs|Mr|Miss|Dr)\.? )?[A-Z][a-z'’-]+(?: [A-Z][\w'’-]+){{1,3}}?),?\s+"
    rf"(?P<office>{_OFFICE})"
    r"(?=\s+(?:\d|[A-Z][a-z]+ (?:Council|Buildings|House|Centre|Hall))|\s*\n)",
    re.M,
)
_BOARD = re.compile(
    r"^\W*(?:REPORT TO|Report to):?\W+(?P<name>[A-Z][^*]{3,80}?)\W*\n\s*\n\W*"
    r"(?P<office>\d{1,2}(?:st|nd|rd|th)? [A-Za-z]+ (?:19|20)\d\d)?",
    re.M,
)
_COPIED = re.compile(
    r"\b(?:am|are)\s+copying\s+this\s+(?:letter|report)\s+to\s+(?P<who>[^.]{3,300}?)\s*(?=\.|\n\s*\n|\Z)",
    re.I,
)
_DEAR = re.compile(r"\bDear\s")
_HEAD = 3000


def read_signatory(clean: CleanText, council: bool) -> Proven[str] | None:
    """Return who signed a letter, or the contact officer of a council's report."""
    found = (_OFFICER if council else _SIGNED).search(clean.text)
    return _named(found) if found else None


def read_addressee(clean: CleanText, council: bool) -> Proven[str] | None:
    """Return the name and office at a letter's head, or the board a council's report went to."""
    dear = _DEAR.search(clean.text, 0, _HEAD)
    stop = _HEAD if council else dear.start() if dear else 0
    found = (_BOARD if council else _ADDRESSED).search(clean.text, 0, stop)
    return _named(found) if found else None


def read_copied_to(clean: CleanText) -> Proven[str] | None:
    """Return whom a letter is copied to ("I am copying this letter to …"), as it names them."""
    found = _COPIED.search(clean.text)
    return proven_text(clean.text, *found.span("who")) if found else None


def read_visit_number(clean: CleanText) -> Proven[int] | None:
    """Return which of a series the visit was ("This was the third monitoring visit since …")."""
    for span, match in _matching(clean, _NUMBERED):
        return Proven(_ORDINALS.index(match["number"].casefold()) + 1, span)
    return None


def read_team_size(clean: CleanText) -> Proven[int] | None:
    """Return how many inspectors a sentence says that the team had."""
    for span, match in _matching(clean, _TEAM):
        said = match["number"].casefold()
        others = _COUNTS[match["others"].casefold()] if match["others"] else 0
        return Proven((_COUNTS.get(said) or int(said)) + others, span)
    return None


def read_leads(clean: CleanText, people: tuple[Proven[str], ...]) -> tuple[Proven[str], ...]:
    """Return those of ``people`` that stand on a line labelled "Lead inspector"."""
    lines = [match.span("line") for match in _LEAD.finditer(clean.text)]
    return tuple(
        one
        for one in people
        if one.span and any(start <= one.span.start < end for start, end in lines)
    )


def _matching(clean: CleanText, pattern: re.Pattern[str]) -> Iterator[tuple[Span, re.Match[str]]]:
    for span, _ in sentences(clean):
        if match := pattern.search(clean.text[span.start : span.end]):
            yield span, match


def _named(found: re.Match[str]) -> Proven[str]:
    office = found["office"]
    value = ", ".join(fold(part).strip("* ") for part in (found["name"], office) if part)
    return Proven(value, Span(found.start("name"), found.end("office" if office else "name")))
