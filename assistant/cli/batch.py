"""``--batch``: JSON lines in, JSON lines out, in order; one bad line does not stop the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from assistant.cli.history import turns
from assistant.cli.options import MAX_K, filters_from
from assistant.cli.output import one_line, quiet, say, write_json_line
from assistant.types import Ask
from index.errors import AssistantError, UsageError

_KEYS = ("authority", "kind", "issuer", "from", "to")

Record = dict[str, Any]


def run(path: Path, defaults: Ask, answer: Callable[[Ask], Record]) -> None:
    """Answer every line of a file and count on stderr those that failed.

    Args:
        path: JSON lines; ``-`` is stdin.
        defaults: filters and ``k`` of the command line, for lines that name none.
        answer: makes the object for one question.

    Raises:
        UsageError: the file cannot be read.
    """
    done = failed = 0
    ignored: set[str] = set()
    with _opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            record = _record(number, line, defaults, answer, ignored)
            write_json_line(record)
            done += 1
            failed += "error" in record
    for name in sorted(ignored):
        say(f"the filter {name!r} is none of {', '.join(_KEYS)} and was left out")
    say(f"{done} lines, {failed} failed")


def ask_from(raw: Mapping[str, Any], defaults: Ask) -> Ask:
    """The question of one line.

    Raises:
        UsageError: a field is missing or cannot be used; names it.
    """
    question = raw.get("question")
    if not isinstance(question, str):
        raise UsageError("the line has no text under 'question'")
    given = raw.get("filters") or {}
    if not isinstance(given, Mapping):
        raise UsageError("'filters' must be an object")
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
        history=turns(raw.get("history")),
        filters=replace(defaults.filters, **changes),
        k=k or defaults.k,
    )


def _record(
    number: int,
    line: bytes,
    defaults: Ask,
    answer: Callable[[Ask], Record],
    ignored: set[str],
) -> Record:
    try:
        raw = _parsed(line)
    except (ValueError, RecursionError) as error:
        return {"id": None, "line": number, "error": one_line(f"cannot be parsed: {error}")}
    try:
        ask = ask_from(raw, defaults)
        ignored.update(str(name) for name in raw.get("filters") or {} if name not in _KEYS)
        with quiet():
            return {"id": raw.get("id"), **answer(ask)}
    except AssistantError as error:
        return {"id": raw.get("id"), "error": one_line(error)}
    except Exception as error:  # noqa: BLE001  # a defect in one line must not lose the others
        said = f"{type(error).__name__}: {error} (this is a defect)"
        return {"id": raw.get("id"), "error": one_line(said)}


def _parsed(line: bytes) -> Mapping[str, Any]:
    raw = json.loads(line.decode("utf-8-sig"), parse_constant=_no_constant)
    if not isinstance(raw, dict):
        raise ValueError("it is not an object")
    return raw


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


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


@contextmanager
def _opened(path: Path) -> Iterator[Iterable[bytes]]:
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    try:
        file = path.open("rb")
    except OSError as error:
        raise UsageError(f"--batch {path} cannot be read: {error.strerror}") from error
    with file:
        yield file
