"""When a document was published, and when the visit or inspection that it tells of took place."""

from __future__ import annotations

import re
from datetime import date

from index.identity.dates import Run, runs
from index.identity.reading import head, stretches
from index.identity.title import Heading
from index.types import CleanText, Issuer, Kind, Proven

_PUBLISHED = re.compile(
    r"(?:^\s*|\b)(?:report\s+)?(?:date\s+)?(?:published|publication(?:\s+date)?|posted)(?:\s+on)?\s*:\s*"
    r"|^\s*(?:report\s+published|published|posted)(?:\s+on)?\s+|^\s*date\s*:\s*",
    re.I | re.M,
)
_REPORT_OUT = re.compile(r"\bdate\s+of\s+publication\b\s*:?\s*", re.I)
_LABEL = re.compile(
    r"(?:(?:inspection|visit|fieldwork|on-?site)\s+dates?|dates?\s+of\s+(?:the\s+)?(?:inspection|visit))"
    r"\s*:?\s+(?:(?:from|between)\s+)?",
    re.I,
)
_DEAR = re.compile(r"\bDear\s+[A-Z]")
_TOOK_PLACE = re.compile(
    r"\b(?:visit|inspection|inspectors|inspected|visited|undertook|conducted|carried\s+out|took\s+place)\b",
    re.I,
)
_DID = re.compile(r"\b(?:undertook|conducted|carried\s+out|visited|inspected)\b", re.I)
_ON = re.compile(r"\b(?:on|between|from|during|dated?|place|inspection|visit)\s*[:(]?\s*$", re.I)
_OTHER = re.compile(r"\b(?:last|previous|earlier|next|future|published|dated)\b", re.I)
_OPENING = 4000
_TOP = 1500


def read_published(
    clean: CleanText, issuer: Issuer, kind: Kind, heading: Heading | None
) -> Proven[date] | None:
    """Return the document's own printed date, None where it prints none.

    A label says so ("Report published:"). Without one, a letter's date is the first before
    "Dear", and another document's is a line of its own near the top. An inspection report is
    only believed with a label: the days in its running header are the inspection's.
    """
    top = head(clean)
    for label in _PUBLISHED.finditer(top):
        run = next(runs(top, label.end(), label.end() + 40), None)
        if run and run.span.start == label.end():
            return Proven(run.end, run.span)
    if kind is Kind.INSPECTION_REPORT:
        return None
    dear = _DEAR.search(top)
    if issuer is Issuer.OFSTED and (dear or heading):
        stop = dear.start() if dear else heading.span.start if heading else 0
        return _own(next((run for run in runs(top, 0, stop) if run.start == run.end), None))
    return _own(_line_of_its_own(clean))


def read_report_published(clean: CleanText) -> Proven[date] | None:
    """Return when Ofsted's report came out, as a table in somebody else's document says it."""
    for label in _REPORT_OUT.finditer(clean.text):
        run = next(runs(clean.text, label.end(), label.end() + 40), None)
        if run and run.span.start == label.end():
            return Proven(run.end, run.span)
    return None


def _own(run: Run | None) -> Proven[date] | None:
    return Proven(run.end, run.span) if run else None


def _line_of_its_own(clean: CleanText) -> Run | None:
    for stretch in stretches(clean):
        if stretch.start > _TOP:
            return None
        lines = clean.text[stretch.start : stretch.end].splitlines(keepends=True)
        at = stretch.start
        for line in lines:
            run = next(runs(clean.text, at, at + len(line)), None)
            rest = line.strip() if run is None else re.sub(r"(?i)date|on|[\s:]", "", line)
            if run and run.start == run.end and len(rest) <= _printed_length(clean, run):
                return run
            at += len(line)
    return None


def _printed_length(clean: CleanText, run: Run) -> int:
    return len(re.sub(r"\s", "", clean.text[run.span.start : run.span.end]))


def read_visit(clean: CleanText, kind: Kind) -> Run | None:
    """Return the days of the visit or inspection, None where they are not printed.

    After a label ("Inspection dates:"), else in the first sentence of the opening that tells of
    a visit. A council's report or an article has no visit of its own: it gets the days of the
    inspection that it tells of, where it prints them.
    """
    text = clean.text
    for label in _LABEL.finditer(text, 0, min(len(text), _OPENING)):
        run = next(runs(text, label.end(), label.end() + 80), None)
        if run and run.span.start == label.end():
            return run
    if kind is Kind.INSPECTION_REPORT:
        return None
    dear = _DEAR.search(text, 0, _OPENING)
    start = dear.start() if dear else 0
    for run in runs(text, start, min(len(text), start + _OPENING)):
        if _is_of_a_visit(text, start, run):
            return run
    return None


def _is_of_a_visit(text: str, floor: int, run: Run) -> bool:
    """Read the sentence of the days: that it tells of a visit, and of no other one."""
    before = text[max(floor, run.span.start - 420) : run.span.start]
    sentence = re.split(r"[.!?]\s+(?=[A-Z])|\n\s*\n", before)[-1]
    after = re.split(r"[.!?]\s", text[run.span.end : run.span.end + 240])[0]
    told = _TOOK_PLACE.search(sentence) or _DID.search(after)
    return bool(_ON.search(sentence) and told and not _OTHER.search(sentence[-60:]))
