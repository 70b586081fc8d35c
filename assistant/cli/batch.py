"""``--batch``: JSON lines in, JSON lines out, in order; one bad line does not stop the rest."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.cli.output import one_line, quiet, say, write_json_line
from assistant.service.question_json import FIELDS, FILTERS, ask_from
from assistant.types import Ask
from index.errors import AssistantError, UsageError

Record = dict[str, Any]


def run(path: Path, defaults: Ask, answer: Callable[[Ask], Record]) -> None:
    """Answer every line of a file and count on stderr those that failed.

    Args:
        path: JSON lines; ``-`` is stdin.
        defaults: filters, ``k`` and history of the command line, for lines that name none.
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
    for said in sorted(ignored):
        say(f"{said} and was left out")
    say(f"{done} lines, {failed} failed")


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
        ask = ask_from(_without_unknown(raw, ignored), defaults)
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


def _without_unknown(raw: Mapping[str, Any], ignored: set[str]) -> Mapping[str, Any]:
    """Return the line without fields and filters of other names; ``ignored`` tells of those."""
    ignored.update(_none_of("field", FIELDS, raw))
    filters = raw.get("filters")
    if not isinstance(filters, dict):
        return raw
    ignored.update(_none_of("filter", FILTERS, filters))
    return {**raw, "filters": {name: filters[name] for name in filters if name in FILTERS}}


def _none_of(what: str, known: Sequence[str], given: Mapping[str, Any]) -> list[str]:
    names = [name for name in given if name not in known]
    return [f"the {what} {name[:40]!r} is none of {', '.join(known)}" for name in names]


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


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
