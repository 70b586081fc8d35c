"""``--history``: earlier turns of a conversation from a file."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.service.question_json import turns
from assistant.types import Turn
from index.errors import UsageError


def read_history(path: Path) -> tuple[Turn, ...]:
    """Return the turns of a file: a JSON list, or JSON lines.

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


def _values(text: str) -> object:
    try:
        whole = json.loads(text or "[]")
        return [whole] if isinstance(whole, dict) else whole
    except ValueError:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
