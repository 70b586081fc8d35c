"""Write hits, answers and spans as the JSON objects that all edges return, each field once."""

from __future__ import annotations

from datetime import date
from typing import Any

from assistant.rendering.safe_markdown import as_markdown
from assistant.types import Answer, AnswerSentence, Citation, Placed
from index.errors import NotFound
from index.types import Document, Hit, Identity, Period, Proven, Query, Results, Understood


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
    return {
        "number": citation.number,
        **document_fields(citation.identity),
        **visit_fields(citation.identity),
        **place_fields(citation),
        "quote": citation.quote,
    }


def results_record(results: Results) -> dict[str, Any]:
    """Return the object of ``search --json``."""
    return {
        "question": results.query.question,
        "query": query_record(results.query),
        "hits": [hit_record(hit) for hit in results.hits],
    }


def understood(query: Query) -> Understood:
    """Return what was understood: the caller's filters first, then what the question names."""
    named = [mention.value for mention in query.authorities]
    periods = [mention.value for mention in query.periods]
    starts = [period.start for period in periods if period.start]
    ends = [period.end for period in periods if period.end]
    start = query.filters.from_date or (min(starts) if len(starts) == len(periods) > 0 else None)
    end = query.filters.to_date or (max(ends) if len(ends) == len(periods) > 0 else None)
    kinds = [*query.filters.kinds, *(mention.value for mention in query.kinds)]
    return Understood(
        tuple(dict.fromkeys([*query.filters.authorities, *named])),
        Period(start, end),
        tuple(dict.fromkeys(kinds)),
    )


def query_record(query: Query) -> dict[str, Any]:
    """Return the object ``query`` of searches and answers."""
    about = understood(query)
    start, end = (about.period.start, about.period.end) if about.period else (None, None)
    return {
        "authorities": list(about.authorities or ()),
        "from": start.isoformat() if start else None,
        "to": end.isoformat() if end else None,
        "kinds": [kind.value for kind in about.kinds or ()],
    }


def hit_record(hit: Hit) -> dict[str, Any]:
    """Return one hit with the identity of its document."""
    return {
        **ranked_fields(hit),
        **document_fields(hit.identity),
        **place_fields(hit.passage),
        "text": hit.passage.text,
    }


def ranked_fields(hit: Hit) -> dict[str, Any]:
    """Return what only a hit says of its passage."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "passage_id": hit.passage.passage_id,
    }


def document_fields(identity: Identity) -> dict[str, str | None]:
    """Return what every place in a document says of the document, in the contract's order."""
    return {
        "doc_id": identity.doc_id,
        "source": identity.source,
        "title": identity.title.value if identity.title else None,
        "issuer": identity.issuer.value.value,
        "kind": identity.kind.value.value,
        "authority": identity.authority_name,
        "published": _day(identity.published),
        "dated": identity.dated.isoformat() if identity.dated else None,
    }


def visit_fields(identity: Identity) -> dict[str, str | None]:
    """Return what a citation says of its document beyond what every place does."""
    return {
        "visit_start": _day(identity.visit_start),
        "visit_end": _day(identity.visit_end),
        "url": identity.url.value if identity.url else None,
    }


def place_fields(place: Placed) -> dict[str, Any]:
    """Return where in its document something stands."""
    return {
        "page": place.page,
        "paragraph": place.paragraph,
        "heading": place.heading or None,
        "start": place.start,
        "end": place.end,
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
