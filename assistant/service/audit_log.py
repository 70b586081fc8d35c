"""Read back the questions that ``audit.py`` noted."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from assistant.service.audit import audit_files
from assistant.service.newest import Newest, read_newest

_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_LINE = re.compile(
    r"(?P<at>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d{3} \w+ "
    rf"who=(?:{_QUOTED}) (?:document=\S+|"
    rf"status=(?P<status>\w+) cited=\d+ ms=(?P<ms>\d+)(?: question=(?P<question>{_QUOTED}))?)"
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that has ended.

    Attributes:
        at: when it ended, by the server's clock and in its time zone.
        status: an answer's, or one of ``searched``, ``stopped`` and ``failed``.
        ms: milliseconds from its arrival to its end, waiting in the line included.
        question: None where the settings did not ask for it.
    """

    at: datetime
    status: str
    ms: int
    question: str | None = None


def read_audit(folder: Path) -> Newest[Asked]:
    """Return the newest questions noted in ``folder``; who asked is left out."""
    return read_newest(audit_files(folder), _asked)


def _asked(line: str) -> Asked | None:
    """Return the question of a line, None for a line about a document."""
    found = _LINE.fullmatch(line.rstrip("\r"))
    if found is None:
        raise ValueError("the line is none of ours")
    if found["status"] is None:
        return None
    at = datetime.fromisoformat(found["at"]).astimezone()
    return Asked(at, found["status"], int(found["ms"]), _text(found["question"]))


def _text(quoted: str | None) -> str | None:
    try:
        return None if quoted is None else str(ast.literal_eval(quoted))
    except SyntaxError as error:
        raise ValueError("the question is damaged") from error
