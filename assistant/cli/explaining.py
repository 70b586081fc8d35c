"""What was understood from a question, each thing with the words that said so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from index.query.plain import reworded
from index.types import Mention, Period, Query


def understood(query: Query) -> dict[str, Any]:
    """As JSON: for each sort of thing a list of value, words and whether it is certain."""
    return {
        "topic": query.topic,
        "order": query.order,
        "authorities": _mentions(query.authorities),
        "periods": [{**_period(mention.value), **_said(mention)} for mention in query.periods],
        "kinds": _mentions(query.kinds),
        "people": _mentions(query.people),
        "terms": _mentions(query.terms),
        "reworded": _mentions(reworded(query.topic)),
        "respelt": _mentions(query.respelt),
    }


def _mentions(mentions: Iterable[Mention[Any]]) -> list[dict[str, Any]]:
    return [{"value": str(mention.value), **_said(mention)} for mention in mentions]


def _said(mention: Mention[Any]) -> dict[str, Any]:
    return {"words": mention.words, "certain": mention.certain}


def _period(period: Period) -> dict[str, str | None]:
    return {
        "from": period.start.isoformat() if period.start else None,
        "to": period.end.isoformat() if period.end else None,
    }
