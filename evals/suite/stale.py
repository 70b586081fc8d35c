"""Compares the documents that a suite was written for with those held now."""

from __future__ import annotations

from evals.held import Held, HeldDocument
from evals.types import Fault, Question


def pin_faults(question: Question, held: Held) -> list[Fault]:
    """Pinned documents that are gone or have changed."""
    messages = []
    for source, doc_id in question.documents:
        document = held.find(source)
        if document is None:
            messages.append(f"{question.id}: the pinned document {source} is not held")
        elif doc_id and document.doc_id != doc_id:
            messages.append(
                f"{question.id}: {source} was {doc_id} when this was written and is "
                f"{document.doc_id} now: check its gold and pin it again"
            )
    return [Fault(question.file, question.line, message) for message in messages]


def staleness(question: Question, held: Held) -> str | None:
    """Why gold may be out of date, None where it is not.

    A question that pins its documents, or says ``as_of``, goes stale when a document about the
    same authority is held that is newer than its gold and was not known then.
    """
    if not question.documents and question.as_of is None:
        return None
    gold = [d for d in (held.find(g.source) for g in question.gold) if d is not None]
    authorities = {d.authority for d in gold if d.authority} | (
        {question.authority} if question.authority else set()
    )
    newest = max((d.dated for d in gold if d.dated), default="")
    later = [
        d
        for d in held.documents
        if d.authority in authorities and (d.dated or "") > newest and _unknown_then(d, question)
    ]
    if not later:
        return None
    first = max(later, key=lambda d: d.dated or "")
    return (
        f"{question.id}: its gold may be stale: {first.sources[0]} ({first.authority}, "
        f"{first.dated}) arrived later"
    )


def _unknown_then(document: HeldDocument, question: Question) -> bool:
    if question.as_of is not None and (document.dated or "") > question.as_of:
        return True
    pinned = {source for source, _ in question.documents}
    return bool(pinned) and pinned.isdisjoint(document.sources)
