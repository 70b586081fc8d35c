"""Read a question with its filters and history from the JSON of a batch line or a body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from assistant.service.filters import MAX_K, filters_from
from assistant.types import Ask, CitedBefore, Turn
from index.errors import UsageError
from index.types import Period, Understood

FIELDS = ("id", "question", "history", "filters", "k")
"""What a line of a batch may name."""
FILTERS = ("authority", "kind", "issuer", "from", "to")
"""What ``filters`` may name."""


def ask_from(raw: Mapping[str, Any], defaults: Ask) -> Ask:
    """Return the question of one object.

    Raises:
        UsageError: a field is missing or cannot be used; names it.
    """
    question = raw.get("question")
    if not isinstance(question, str):
        raise UsageError("there is no text under 'question'")
    given = raw.get("filters") or {}
    if not isinstance(given, Mapping):
        raise UsageError("'filters' must be an object")
    if unknown := [name for name in given if name not in FILTERS]:
        raise UsageError(f"there is no filter {unknown[0]!r}: choose from {', '.join(FILTERS)}")
    k = raw.get("k")
    if k is not None and (not isinstance(k, int) or isinstance(k, bool) or not 1 <= k <= MAX_K):
        raise UsageError(f"'k' must be a whole number from 1 to {MAX_K}, not {k!r}")
    chosen = filters_from(
        _texts(given, "authority"),
        _texts(given, "kind"),
        _texts(given, "issuer"),
        _date(given, "from"),
        _date(given, "to"),
    )
    changes = {name: value for name in chosen.__slots__ if (value := getattr(chosen, name))}
    return Ask(
        question=question,
        history=defaults.history if raw.get("history") is None else turns(raw["history"]),
        filters=replace(defaults.filters, **changes),
        k=k or defaults.k,
    )


def turns(raw: object) -> tuple[Turn, ...]:
    """Make turns from parsed JSON, oldest first.

    Raises:
        UsageError: it is not a list of messages; names the first that is none.
    """
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise UsageError("history must be a list of messages, oldest first")
    return tuple(_turn(number, message) for number, message in enumerate(raw, start=1))


def _texts(given: Mapping[str, Any], name: str) -> list[str]:
    value = given.get(name)
    values = value if isinstance(value, list) else [] if value is None else [value]
    if not all(isinstance(one, str) for one in values):
        raise UsageError(f"the filter {name!r} must be text or a list of texts")
    return values


def _date(given: Mapping[str, Any], name: str) -> str | None:
    value = given.get(name)
    if value is not None and not isinstance(value, str):
        raise UsageError(f"the filter {name!r} must be a date as text, not {value!r}")
    return value


def _turn(number: int, message: object) -> Turn:
    if not isinstance(message, Mapping) or not isinstance(message.get("content"), str):
        raise UsageError(f"message {number} of the history has no text under 'content'")
    citations = message.get("citations")
    cited = citations if isinstance(citations, list) else ()
    try:
        query = _understood(message.get("query"))
    except UsageError as error:
        raise UsageError(f"the query of message {number} of the history: {error}") from error
    return Turn(_role(number, message.get("role")), message["content"], _cited(cited), query)


def _understood(raw: object) -> Understood | None:
    """Return what a turn was answered about; of what is absent, nothing is known.

    Raises:
        UsageError: it is no object, or a value of it cannot be used.
    """
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        raise UsageError("it must be an object, the 'query' of an answer")
    chosen = filters_from(
        _texts(raw, "authorities"), _texts(raw, "kinds"), None, _date(raw, "from"), _date(raw, "to")
    )
    timed = "from" in raw or "to" in raw
    return Understood(
        chosen.authorities if raw.get("authorities") is not None else None,
        Period(chosen.from_date, chosen.to_date) if timed else None,
        chosen.kinds if raw.get("kinds") is not None else None,
    )


def _role(number: int, role: object) -> Literal["user", "assistant"]:
    if role == "user":
        return "user"
    if role == "assistant":
        return "assistant"
    raise UsageError(
        f"message {number} of the history has the role {role!r}, not user or assistant"
    )


def _cited(citations: Sequence[Any]) -> tuple[CitedBefore, ...]:
    """Return what earlier answers cited; where it names no document the text is used."""
    known = [c for c in citations if isinstance(c, Mapping) and isinstance(c.get("doc_id"), str)]
    return tuple(
        CitedBefore(c["doc_id"], _text(c, "quote") or "", _text(c, "authority"), _text(c, "dated"))
        for c in known
    )


def _text(citation: Mapping[str, Any], name: str) -> str | None:
    value = citation.get(name)
    return value if isinstance(value, str) else None
