"""Answers and spans as the JSON objects that the command line, HTTP and MCP all return."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.rendering.safe_markdown import as_markdown
from assistant.types import Answer, AnswerSentence, Citation
from index.errors import NotFound
from index.record import hit_record, identity_fields, query_record
from index.types import Document, Proven


def answer_record(answer: Answer) -> dict[str, Any]:
    """Return the object of ``ask --json``."""
    return {
        "question": answer.question,
        "status": answer.status.value,
        "text": as_markdown(answer),
        "sentences": [_sentence(sentence) for sentence in answer.sentences],
        "citations": [citation_record(citation) for citation in answer.citations],
        "nearest": [hit_record(hit) for hit in answer.nearest],
        "choices": list(answer.choices),
        "notes": list(answer.notes),
        "query": query_record(answer.query) if answer.query else None,
        "standalone": answer.standalone or answer.question,
        "model": answer.model,
        "index_fingerprint": answer.index_fingerprint,
        "prompt_sha256": answer.prompt_sha256,
        "elapsed_ms": round(answer.elapsed_ms, 1),
        "tokens": answer.tokens,
        "cost_usd": answer.cost_usd,
    }


def citation_record(citation: Citation) -> dict[str, Any]:
    """Return one citation with the identity of its document."""
    identity = citation.identity
    return {
        "number": citation.number,
        "doc_id": identity.doc_id,
        "source": identity.source,
        **identity_fields(identity),
        "visit_start": _day(identity.visit_start),
        "visit_end": _day(identity.visit_end),
        "url": identity.url.value if identity.url else None,
        "page": citation.page,
        "paragraph": citation.paragraph,
        "heading": citation.heading or None,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
    }


def span_record(document: Document, start: int | None, end: int | None) -> dict[str, Any]:
    """Return the object of ``show --json``: a document's text, or the span of it asked for.

    Raises:
        NotFound: it has no such span.
    """
    first = 0 if start is None else start
    after = len(document.text) if end is None else end
    if not 0 <= first < after <= len(document.text):
        raise NotFound(
            f"{document.identity.source} has no span {first} to {after}: its text has "
            f"{len(document.text)} characters, and start comes before end"
        )
    return {
        "doc_id": document.doc_id,
        "source": document.identity.source,
        "sources": list(document.identity.sources),
        "text": document.text[first:after],
        "pages": list(document.pages),
        "start": first,
        "end": after,
    }


def _sentence(sentence: AnswerSentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "role": sentence.role.value,
        "citations": list(sentence.citations),
        "supported": sentence.supported,
        "group": sentence.group,
        "more": sentence.more,
    }


def _day(proven: Proven[date] | None) -> str | None:
    return proven.value.isoformat() if proven else None
