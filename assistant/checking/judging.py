"""Compares what a saved answer claims with the documents held, word for word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from assistant.checking.claims import Claim, Reference
from assistant.checking.provenance import wrong
from assistant.evidence.verbatim import fold, locate
from index.errors import NotFound
from index.ports import PassageStore
from index.types import Document, Span

_SLACK = 8
"""Characters by which a place may reach past its quote: white space was healed since."""
_SHOWN = 4
"""Words shown on each side where a quote leaves its document."""


class Verdict(StrEnum):
    """What became of one quote; the first three are good."""

    IN_PLACE = "in place"
    ELSEWHERE = "elsewhere in the same document"
    UNPLACED = "in the document, no place named"
    NOT_FOUND = "not in the document"
    CUT_SHORT = "not all of the place cited"
    NOT_HELD = "document not held"
    OTHER_NAME = "document is not the one named"
    NO_REFERENCE = "no reference"
    NO_SOURCE = "its number is not among the sources"
    UNREADABLE = "not a citation"

    @property
    def good(self) -> bool:
        """Whether the quote is exact and in the named document."""
        return self in (Verdict.IN_PLACE, Verdict.ELSEWHERE, Verdict.UNPLACED)


@dataclass(frozen=True, slots=True)
class Checked:
    """One claim of a saved answer.

    Attributes:
        answer: the answer's id where it has one, else its number from 1.
        number: the citation's own number, None where it has none.
        start, end: where the quote stands now, None where it does not.
        why: what was found instead, empty for a good verdict.
    """

    answer: str
    number: int | None
    doc_id: str
    source: str
    quote: str
    verdict: Verdict
    start: int | None = None
    end: int | None = None
    why: str = ""


def judge(claims: Iterable[Claim], store: PassageStore) -> list[Checked]:
    """Judge claims in order; a repeated quote is told of only where it fails, and once."""
    found: list[Checked] = []
    failed: set[tuple[str, str]] = set()
    for claim in claims:
        checked = _judged(claim, store)
        told = (claim.answer, fold(claim.words))
        if claim.listed or (not checked.verdict.good and told not in failed):
            found.append(checked)
        if not checked.verdict.good:
            failed.add(told)
    return found


def _judged(claim: Claim, store: PassageStore) -> Checked:
    if not claim.words.strip():
        return _bare(claim, Verdict.UNREADABLE, "there are no words to compare")
    if not claim.numbers:
        return _bare(claim, Verdict.NO_REFERENCE, "no number of a source stands beside it")
    known = [number for number in claim.numbers if number in claim.references]
    if not known:
        given = ", ".join(f"[{number}]" for number in claim.numbers)
        return _bare(claim, Verdict.NO_SOURCE, f"{given} is not in the list of sources")
    judged = [_against(claim, number, store) for number in known]
    return next((one for one in judged if one.verdict.good), judged[0])


def _bare(claim: Claim, verdict: Verdict, why: str) -> Checked:
    number = claim.numbers[0] if claim.numbers else None
    return Checked(claim.answer, number or None, "", "", claim.words, verdict, why=why)


def _against(claim: Claim, number: int, store: PassageStore) -> Checked:
    reference = claim.references[number]
    document = _document(reference, store)
    if document is None:
        verdict, place, why = _missing(reference)
    elif not reference.names(document.identity):
        verdict, place, why = Verdict.OTHER_NAME, None, f"it is {_name(document)}"
    elif not _under(claim.label, document):
        verdict, place, why = Verdict.OTHER_NAME, None, f"it stands under “{claim.label}”"
    else:
        verdict, place, why = _compared(claim, reference, document)
        if verdict is Verdict.NOT_FOUND:
            why = _instead(claim.words, document, store)
        elif place and (said := wrong(reference, claim.label, document, Span(*place))):
            verdict, place, why = Verdict.OTHER_NAME, None, said
    start, end = place or (None, None)
    source = document.identity.source if document else reference.source or ""
    doc_id = document.doc_id if document else reference.doc_id
    return Checked(
        claim.answer, number or None, doc_id, source, claim.words, verdict, start, end, why
    )


def _document(reference: Reference, store: PassageStore) -> Document | None:
    """Return the document by its id, else the only one whose file and authority are named."""
    if not reference.doc_id and reference.line is None:
        return None
    if not reference.doc_id:
        named = [i.doc_id for i in store.identities() if reference.names(i)]
        return store.document(named[0]) if len(named) == 1 else None
    try:
        return store.document(reference.doc_id)
    except NotFound:
        return None


def _missing(reference: Reference) -> tuple[Verdict, None, str]:
    if reference.doc_id:
        return Verdict.NOT_HELD, None, f"no document {reference.doc_id} is held"
    if reference.line is None:
        return Verdict.UNREADABLE, None, "the citation names no document"
    return Verdict.NOT_HELD, None, "no one document held has that file and authority"


def _compared(
    claim: Claim, reference: Reference, document: Document
) -> tuple[Verdict, tuple[int, int] | None, str]:
    places = locate(document.text, claim.words)
    start, end = reference.start, reference.end
    if start is None or end is None:
        found = places[:1]
        return (Verdict.UNPLACED, found[0], "") if found else (Verdict.NOT_FOUND, None, "")
    cited = document.text[start:end]
    if fold(cited) == fold(claim.words):
        return Verdict.IN_PLACE, (start, end), ""
    inside = [place for place in places if start <= place[0] and place[1] <= end]
    if not inside:
        return (Verdict.ELSEWHERE, places[0], "") if places else (Verdict.NOT_FOUND, None, "")
    first, last = inside[0]
    if not claim.whole:
        return Verdict.IN_PLACE, inside[0], ""
    left, right = document.text[start:first].strip(), document.text[last:end].strip()
    if left or (right and not _healed(right, claim.words, document.text[end - 1 : end + 1])):
        return Verdict.CUT_SHORT, inside[0], f"the place cited also holds “{left or right}”"
    return Verdict.IN_PLACE, inside[0], ""


def _healed(right: str, words: str, edge: str) -> bool:
    """Say whether a place reaches past its quote only because white space went since: by a few
    characters, into the middle of a word or beyond a full stop.
    """
    stops = words.rstrip(" \"'”’)").endswith((".", "!", "?"))
    return len(right) <= _SLACK and (stops or edge.isalnum())


def _under(label: str, document: Document) -> bool:
    """Say whether a letter's heading may stand over the document: it names its authority."""
    own = document.identity.authority_name
    return not label or " · " not in label or own is None or fold(own) in fold(label)


def _instead(words: str, document: Document, store: PassageStore) -> str:
    """Return where the words stand, or the word at which they leave the document."""
    others = (i for i in store.identities() if i.doc_id != document.doc_id)
    for identity in others:
        other = store.document(identity.doc_id)
        if locate(other.text, words):
            return f"it stands in {_name(other)}"
    return _parting(words.split(), document.text)


def _parting(words: list[str], text: str) -> str:
    low, high = 0, len(words) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if locate(text, " ".join(words[:middle])) else (low, middle - 1)
    if low == 0:
        return "not even its first word stands there"
    end = locate(text, " ".join(words[:low]))[0][1]
    held = " ".join(text[end:].split(maxsplit=_SHOWN)[:_SHOWN])
    given = " ".join(words[low : low + _SHOWN])
    before = " ".join(words[max(0, low - _SHOWN) : low])
    return f"after “{before}” it has “{given}”, the document “{held}”"


def _name(document: Document) -> str:
    identity = document.identity
    return f"{identity.source} ({identity.authority_name or 'no authority named'})"
