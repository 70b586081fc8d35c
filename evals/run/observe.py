"""Turns what the assistant returned into records, checking each quote on the way."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from assistant.schema import citation_record, hit_record
from assistant.types import Answer, Citation
from evals.held import Held
from evals.run.record import Cited, FoundPassage, Given, Line
from evals.words import fold
from index.types import Hit


def found(hit: Hit) -> FoundPassage:
    """Record a hit."""
    told = _of(FoundPassage, hit_record(hit))
    return FoundPassage(
        **{**told, "score": float(f"{hit.score:.6g}"), "heading": hit.passage.heading}
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
    told = _of(Cited, citation_record(citation))
    return Cited(**{**told, "heading": citation.heading, "exact": _exact(citation, held)})


def _of(kind: type[FoundPassage | Cited], record: dict[str, Any]) -> dict[str, Any]:
    """Return what a run keeps of an object that leaves the house."""
    return {field.name: record.get(field.name) for field in fields(kind)}


def _exact(citation: Citation, held: Held) -> bool | None:
    document = held.find(citation.identity.source)
    if document is None or not citation.quote:
        return False
    if held.text(document)[citation.start : citation.end] != citation.quote:
        return False
    raw = held.folded_raw(document)
    return None if raw is None else fold(citation.quote) in raw
