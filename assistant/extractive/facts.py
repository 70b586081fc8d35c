"""One line of an answer about a document's identity, with the spans that prove it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from assistant.evidence.quoting import Quoter
from assistant.rendering.draft import Draft
from assistant.rendering.labels import label
from index.store.collection import Collection
from index.types import Document, Grade, Identity, Issuer, Proven, Query, Span


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of an answer with the span that proves it.

    Attributes:
        value: the fact in words, short ("4–5 Oct 2023").
        spans: where it stands in the document.
        note: what must be said beside it, empty where nothing.
    """

    identity: Identity
    value: str
    spans: tuple[Span, ...]
    note: str = ""
    grade: Grade | None = None


Facts = Callable[[Document, Query], list[Fact]]
"""Reads facts of one sort out of a document."""


def spans_of(values: Iterable[Proven[object]]) -> tuple[Span, ...]:
    """The places that prove ``values``, each once."""
    return tuple(dict.fromkeys(value.span for value in values if value.span))


def write(draft: Draft, facts: Sequence[Fact], collection: Collection) -> None:
    """Write facts as lines that answer, each under its letter and with its proof."""
    for fact in facts:
        quoter = Quoter(collection.document(fact.identity.doc_id))
        proofs = [(fact.identity, quote) for span in fact.spans for quote in quoter.proofs(span)]
        recalled = fact.note and fact.identity.issuer.value is Issuer.OFSTED
        suffix = ", recalled from an earlier inspection" if recalled else ""
        draft.answer(f"{fact.value}{suffix}", proofs, label(fact.identity))
