"""Find every place that holds a phrase, by reading everything held; nothing is ranked."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.evidence.verbatim import locate
from assistant.schema import document_fields, place_fields
from index.errors import UsageError
from index.passages.chunking import page_of
from index.passages.sentences import sentences
from index.ports import PassageStore
from index.types import Document, Identity, Sentence, Span


@dataclass(frozen=True, slots=True)
class Place:
    """One place that holds the phrase.

    Invariant: ``text == document.text[sentence.start:sentence.end]``.

    Attributes:
        start, end: where the phrase stands.
        sentence: the sentence around it, or all those that it reaches into.
        page: 1-based, None for a file without pages.
        paragraph: as printed, None where there is none.
        heading: innermost, "" where there is none.
    """

    identity: Identity
    start: int
    end: int
    sentence: Span
    text: str
    page: int | None
    paragraph: str | None
    heading: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a scan for a phrase gives.

    Attributes:
        searched: number of documents read.
        places: by document as they were given, then in reading order.
    """

    phrase: str
    searched: int
    places: tuple[Place, ...]

    @property
    def holding(self) -> int:
        """Number of documents that hold the phrase."""
        return len({place.identity.doc_id for place in self.places})


def find_phrase(store: PassageStore, phrase: str, among: Iterable[Identity]) -> Found:
    """Return every place that holds ``phrase`` as whole words.

    Case is folded, and what ``assistant.evidence.verbatim`` folds, and nothing else.

    Args:
        store: where the texts are.
        phrase: what is looked for.
        among: the documents to read.

    Raises:
        UsageError: there is nothing to look for in ``phrase``.
    """
    if not re.search(r"\w", phrase):
        raise UsageError("PHRASE is empty: name one or more words to look for")
    held = list(among)
    wanted = _small(phrase)
    places = [
        place for identity in held for place in _places(store.document(identity.doc_id), wanted)
    ]
    return Found(phrase, len(held), tuple(places))


def found_record(found: Found) -> dict[str, Any]:
    """Return the object of ``find --json``."""
    return {
        "phrase": found.phrase,
        "documents_searched": found.searched,
        "documents_holding": found.holding,
        "places": [_place_record(place) for place in found.places],
    }


def _places(document: Document, wanted: str) -> Sequence[Place]:
    spans = locate(_small(document.text), wanted)
    if not spans:
        return []
    cut = sentences(document)
    starts = [sentence.start for sentence in cut]
    return [_place(document, cut, starts, start, end) for start, end in spans]


def _place(
    document: Document, cut: Sequence[Sentence], starts: Sequence[int], start: int, end: int
) -> Place:
    first = max(bisect_right(starts, start) - 1, 0)
    last = max(bisect_right(starts, end - 1) - 1, first)
    around = Span(min(cut[first].start, start), max(cut[last].end, end))
    block = document.blocks[cut[first].block]
    return Place(
        identity=document.identity,
        start=start,
        end=end,
        sentence=around,
        text=document.text[around.start : around.end],
        page=page_of(document, start),
        paragraph=block.paragraph,
        heading=cut[first].heading,
    )


def _small(text: str) -> str:
    """Fold ``text`` to small letters, every offset kept (a few capitals are two small letters)."""
    small = text.lower()
    if len(small) == len(text):
        return small
    return "".join(one if len(one.lower()) != 1 else one.lower() for one in text)


def _place_record(place: Place) -> dict[str, Any]:
    return {
        **document_fields(place.identity),
        **place_fields(place),
        "text": place.text,
        "sentence_start": place.sentence.start,
        "sentence_end": place.sentence.end,
    }
