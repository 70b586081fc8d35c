"""Whose words and whose grades: second hand is labelled so, and a recalled grade as recalled."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evals.checks.seen import Finding, Held, Seen
from evals.run.record import Cited, Line
from index.types import Issuer

_SAYS = re.compile(
    r"\b(?:ofsted|inspectors?|hmi)(?:['’]s)?\s+(?:\w+\s+){0,2}?(?:found|finds?|said|says?|noted?|"
    r"judged|reported|identified|wrote|writes?|concluded|observed|stated?|saw|told|mention(?:ed)?)",
    re.IGNORECASE,
)
_OWNED = re.compile(
    r"\b(?:council|director|article|news|press|second hand|not ofsted['’]s own|unknown origin|"
    r"telling of|tells? of)\b",
    re.IGNORECASE,
)
_RECALLS = re.compile(
    r"\b(?:recall(?:s|ed)?|earlier|previous(?:ly)?|last (?:\w+ )?inspection|at that time|since)\b",
    re.IGNORECASE,
)
_GRADE = re.compile(r"\b(?:outstanding|good|requires? improvement|adequate|inadequate)\b", re.I)


def second_hand(seen: Seen) -> Iterator[Finding]:
    """Yield a council's or a newspaper's words without saying whose they are."""
    framed = _framed_as_inspectors(seen)
    for line in seen.answer.sentences:
        if line.role not in ("quote", "answer") or not line.supported:
            continue
        others = [c for c, held in seen.cited(line) if held.second_hand]
        if not others:
            continue
        said = f"{line.group or ''} {line.text if line.role == 'answer' else ''}"
        if not _OWNED.search(said):
            yield seen.finding("second hand", line.text, "does not say whose words they are")
        elif line.role == "answer" and _SAYS.search(line.text) and not _OWNED.search(line.text):
            yield seen.finding("second hand", line.text, "gives them as the inspectors' words")
        elif framed:
            yield seen.finding("second hand", line.text, f"stands under “{framed}”")


def recalled(seen: Seen) -> Iterator[Finding]:
    """Yield a grade of an earlier inspection as the letter's own."""
    for line in seen.answer.sentences:
        if line.role != "answer" or not _GRADE.search(line.text):
            continue
        cited = list(seen.cited(line))
        if not cited or not all(_recalls(citation, held) for citation, held in cited):
            continue
        if not _RECALLS.search(line.text) and not _by_others(line, cited):
            yield seen.finding("recalled", line.text, f"proved by “{cited[0][0].quote[:200]}”")


def _framed_as_inspectors(seen: Seen) -> str:
    """Return a frame that gives everything below it to the inspectors, empty where none does."""
    frames = (s.text for s in seen.answer.sentences if s.role == "frame")
    return next((text for text in frames if _SAYS.search(text) and not _OWNED.search(text)), "")


def _recalls(citation: Cited, held: Held) -> bool:
    identity = held.document.identity
    own = any(
        j.span.start < citation.end and citation.start < j.span.end for j in identity.judgements
    )
    told = any(
        r.span.start < citation.end and citation.start < r.span.end
        for r in identity.reported_judgements
    )
    return told and not own


def _by_others(line: Line, cited: list[tuple[Cited, Held]]) -> bool:
    """Say whether a document that only ever tells of others' grades is named as what it is."""
    tellers = all(held.document.identity.issuer.value is not Issuer.OFSTED for _, held in cited)
    return tellers and bool(_OWNED.search(line.group or ""))
