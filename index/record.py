"""Hits as the JSON objects that the command line, HTTP and MCP all return."""

from __future__ import annotations

from typing import Any

from index.types import Hit, Identity, Period, Query, Results, Understood


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
    identity, passage = hit.identity, hit.passage
    return {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "passage_id": passage.passage_id,
        "doc_id": passage.doc_id,
        "source": passage.source,
        **identity_fields(identity),
        "page": passage.page,
        "paragraph": passage.paragraph,
        "heading": passage.heading or None,
        "start": passage.start,
        "end": passage.end,
        "text": passage.text,
    }


def identity_fields(identity: Identity) -> dict[str, str | None]:
    """Return what every place in a document says of the document, in the contract's order."""
    return {
        "title": identity.title.value if identity.title else None,
        "issuer": identity.issuer.value.value,
        "kind": identity.kind.value.value,
        "authority": identity.authority_name,
        "published": identity.published.value.isoformat() if identity.published else None,
        "dated": identity.dated.isoformat() if identity.dated else None,
    }
