"""What an inspection or visit looked at, in its letter's words."""

from __future__ import annotations

from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.meant import meant
from assistant.facts.naming import event_label
from assistant.facts.premise import TAKEN_FOR_GRANTED
from assistant.facts.refusals import not_held, not_stated
from assistant.facts.several import several
from assistant.rendering.draft import Draft
from index.types import BlockKind, Identity, Inspection, Query, Span


def looked_at(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer what was looked at; None for a full inspection, whose report must be read, and where
    the question takes for granted how it was looked at: that may be told otherwise.
    """
    if corpus.reader.assumes(query.question) >= TAKEN_FOR_GRANTED:
        return None
    about = meant(query, corpus, lambda one: bool(one.scope))
    if not about.events:
        return not_held(query, about, corpus)
    able = [one for one in about.events if one.scope]
    if not able:
        if any(one.documents for one in about.events):
            return None
        others = [one for name in about.authorities for one in corpus.of(name) if one.scope]
        return not_stated(about.events, "do not say what it looked at", others, corpus)
    return several(able, about, corpus, lambda draft, event: write_scope(draft, event, corpus))


def write_scope(draft: Draft, event: Inspection, corpus: Corpus) -> None:
    """Write what an event looked at."""
    for identity in corpus.own(event):
        if identity.scope and identity.scope.span:
            proofs = [
                proof
                for span in scope_parts(identity, corpus)
                for proof in corpus.proofs(identity, [span])
            ]
            text = identity.scope.value
            draft.answer(f"{text[0].upper()}{text[1:]}", proofs, event_label(event, corpus))


def scope_parts(identity: Identity, corpus: Corpus) -> list[Span]:
    """Return the list items that a scope is made of, else all of it; none where it is not said."""
    whole = identity.scope.span if identity.scope else None
    if whole is None:
        return []
    items = [
        Span(block.start, block.end)
        for block in corpus.collection.document(identity.doc_id).blocks
        if block.kind is BlockKind.ITEM and block.start < whole.end and whole.start < block.end
    ]
    return items or [whole]
