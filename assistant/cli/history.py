"""Earlier turns of a conversation, as they come in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from assistant.types import CitedBefore, Turn
from index.errors import UsageError


def read_history(path: Path) -> tuple[Turn, ...]:
    """The turns of a file: a JSON list, or JSON lines.

    Raises:
        UsageError: it cannot be read, or is no history; says where.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        return turns(_values(text))
    except OSError as error:
        raise UsageError(f"--history {path} cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"--history {path} is neither a JSON list nor JSON lines of "
            f'{{"role", "content"}}: {error}'
        ) from error
    except UsageError as error:
        raise UsageError(f"--history {path}: {error}") from error


def turns(raw: object) -> tuple[Turn, ...]:
    """Turns from parsed JSON, oldest first.

    Raises:
        UsageError: it is not a list of messages; names the first that is none.
    """
    if raw is None:
        return ()
    if not isinstance(raw, list):
        raise UsageError("history must be a list of messages, oldest first")
    return tuple(_turn(number, message) for number, message in enumerate(raw, start=1))


def _values(text: str) -> object:
    try:
        whole = json.loads(text or "[]")
        return [whole] if isinstance(whole, dict) else whole
    except ValueError:
        return [json.loads(line) for line in text.splitlines() if line.strip()]


def _turn(number: int, message: object) -> Turn:
    if not isinstance(message, Mapping) or not isinstance(message.get("content"), str):
        raise UsageError(f"message {number} of the history has no text under 'content'")
    citations = message.get("citations")
    cited = citations if isinstance(citations, list) else ()
    return Turn(_role(number, message.get("role")), message["content"], _cited(cited))


def _role(number: int, role: object) -> Literal["user", "assistant"]:
    if role == "user":
        return "user"
    if role == "assistant":
        return "assistant"
    raise UsageError(
        f"message {number} of the history has the role {role!r}, not user or assistant"
    )


def _cited(citations: Sequence[Any]) -> tuple[CitedBefore, ...]:
    """What earlier answers cited; what names no document says nothing and the text is used."""
    known = [c for c in citations if isinstance(c, Mapping) and isinstance(c.get("doc_id"), str)]
    return tuple(
        CitedBefore(c["doc_id"], _text(c, "quote") or "", _text(c, "authority"), _text(c, "dated"))
        for c in known
    )


def _text(citation: Mapping[str, Any], name: str) -> str | None:
    value = citation.get(name)
    return value if isinstance(value, str) else None
