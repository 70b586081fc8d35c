"""Turns what the assistant returned into records, checking each quote on the way."""

from __future__ import annotations

from assistant.types import Answer, Citation
from evals.held import Held
from evals.run.record import Cited, FoundPassage, Given, Line
from evals.words import fold
from index.types import Hit, Identity


def found(hit: Hit) -> FoundPassage:
    """Record a hit."""
    passage = hit.passage
    return FoundPassage(
        rank=hit.rank,
        score=float(f"{hit.score:.6g}"),
        passage_id=passage.passage_id,
        doc_id=passage.doc_id,
        source=passage.source,
        authority=hit.identity.authority_name,
        dated=_dated(hit.identity),
        start=passage.start,
        end=passage.end,
        heading=passage.heading,
        text=passage.text,
    )


def given(answer: Answer, held: Held) -> Given:
    """Record an answer."""
    return Given(
        status=answer.status.value,
        text=answer.text,
        sentences=tuple(
            Line(s.text, s.role.value, s.citations, s.supported, s.group, s.more)
            for s in answer.sentences
        ),
        citations=tuple(_cited(citation, held) for citation in answer.citations),
        choices=answer.choices,
        notes=answer.notes,
        standalone=answer.standalone,
        model=answer.model,
        prompt_sha256=answer.prompt_sha256,
        tokens=answer.tokens,
        cost_usd=answer.cost_usd,
    )


def _cited(citation: Citation, held: Held) -> Cited:
    identity = citation.identity
    return Cited(
        number=citation.number,
        doc_id=identity.doc_id,
        source=identity.source,
        authority=identity.authority_name,
        dated=_dated(identity),
        page=citation.page,
        paragraph=citation.paragraph,
        heading=citation.heading,
        start=citation.start,
        end=citation.end,
        quote=citation.quote,
        exact=_exact(citation, held),
    )


def _exact(citation: Citation, held: Held) -> bool | None:
    document = held.find(citation.identity.source)
    if document is None or not citation.quote:
        return False
    if held.text(document)[citation.start : citation.end] != citation.quote:
        return False
    raw = held.folded_raw(document)
    return None if raw is None else fold(citation.quote) in raw


def _dated(identity: Identity) -> str | None:
    return identity.dated.isoformat() if identity.dated else None
