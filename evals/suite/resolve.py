"""Finds gold quotes in held documents, so that gold is a span and outlives re-chunking.

A quote must be in its file word for word and mark for mark, white space apart. What loading
deletes (bullets, table rules, running lines) may separate its parts in the held text.
"""

from __future__ import annotations

from dataclasses import replace
from difflib import SequenceMatcher

from evals.held import Held, HeldDocument
from evals.types import Gold
from evals.words import FOUND_SHARE, fold, without_markup, without_space, word_spans, words

Places = list[tuple[int, int]]


class Unresolved(Exception):  # it is an outcome with a message, not a failure of ours
    """A gold quote that cannot be tied to one place; the message says why."""


def resolve(gold: Gold, held: Held) -> Gold:
    """Return the same gold with its document and offsets.

    Raises:
        Unresolved: the document is not held, the quote is not in it, or is in it several
            times without an ``occurrence``.
    """
    document = held.find(gold.source)
    if document is None:
        raise Unresolved(
            f"{gold.source} is not among the {len(held.documents)} documents held: the suite "
            "was written for other documents, or the index was built from others"
        )
    text = held.text(document)
    if not gold.quote:
        return replace(gold, doc_id=document.doc_id, start=0, end=len(text))
    places = _verbatim(gold.quote, text)
    if not places:
        places = _by_words(gold, held, document, text)
    start, end = _chosen(gold, places)
    return replace(gold, doc_id=document.doc_id, start=start, end=end)


def _verbatim(quote: str, text: str) -> Places:
    """Return where the quote stands: with white space ignored, else with list marks ignored too."""
    for folded in (without_space, without_markup):
        wanted, _ = folded(quote)
        if not wanted:
            return []
        kept, offsets = folded(text)
        places = [(offsets[i], offsets[i + len(wanted) - 1] + 1) for i in _all(wanted, kept)]
        if places:
            return [place for place in places if _whole_words(text, place)] or places
    return []


def _all(wanted: str, text: str) -> list[int]:
    starts, at = [], text.find(wanted)
    while at >= 0:
        starts.append(at)
        at = text.find(wanted, at + 1)
    return starts


def _whole_words(text: str, place: tuple[int, int]) -> bool:
    """Say whether the span does not start or end inside a word ("24%" inside "124%")."""
    start, end = place
    before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    after = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not before and not after


def _by_words(gold: Gold, held: Held, document: HeldDocument, text: str) -> Places:
    """Return the longest run of the quote's words; only where the file itself has the quote."""
    raw = held.raw(document)
    run, place, seen = _longest_run(gold.quote, text)
    share = run / max(1, len(words(gold.quote)))
    if raw is not None and _verbatim(gold.quote, raw) and share >= FOUND_SHARE:
        return [place]
    if share >= FOUND_SHARE:
        raise Unresolved(f"the quote is not verbatim: {_difference(gold.quote, seen)}")
    elsewhere = [
        d.sources[0]
        for d in held.documents
        if d != document and _verbatim(gold.quote, held.text(d))
    ]
    hint = f"; it is in {elsewhere[0]}" if elsewhere else ""
    raise Unresolved(f"the quote {_short(gold.quote)} is not in {gold.source}{hint}")


def _longest_run(quote: str, text: str) -> tuple[int, tuple[int, int], str]:
    """Length in words, place, and the text as long as the quote around that place."""
    wanted, found = list(words(quote)), word_spans(text)
    matcher = SequenceMatcher(None, wanted, [word for word, _, _ in found], autojunk=False)
    match = matcher.find_longest_match()
    if not match.size:
        return 0, (0, 0), ""
    place = (found[match.b][1], found[match.b + match.size - 1][2])
    first = max(0, match.b - match.a)
    last = min(len(found) - 1, first + len(wanted) - 1)
    return match.size, place, text[found[first][1] : found[last][2]]


def _difference(quote: str, seen: str) -> str:
    """Return where a quote first departs from the document."""
    ours, theirs = " ".join(quote.split()), " ".join(seen.split())
    same = next((i for i, (a, b) in enumerate(zip(ours, theirs, strict=False)) if a != b), None)
    if same is None:
        return f"it and the document differ after {theirs[-30:]!r}"
    start = max(0, same - 15)
    kind = " (only the style of marks)" if fold(ours).startswith(fold(theirs)) else ""
    return f"it has {ours[start : same + 15]!r}, the document {theirs[start : same + 15]!r}{kind}"


def _chosen(gold: Gold, places: Places) -> tuple[int, int]:
    if gold.occurrence is None:
        if len(places) > 1:
            raise Unresolved(
                f"the quote {_short(gold.quote)} is in {gold.source} {len(places)} times: add "
                "which one as a third element, counted from 1"
            )
        return places[0]
    if not 1 <= gold.occurrence <= len(places):
        raise Unresolved(
            f"the quote {_short(gold.quote)} is in {gold.source} {len(places)} times; there is "
            f"no occurrence {gold.occurrence}"
        )
    return places[gold.occurrence - 1]


def _short(quote: str) -> str:
    joined = " ".join(quote.split())
    return repr(joined if len(joined) <= 60 else joined[:59] + "…")
