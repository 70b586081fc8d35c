"""Claims of answers saved as JSON: what ``ask --json``, ``ask --batch`` and HTTP give."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from assistant.checking.claims import Claim, Reference
from assistant.checking.paragraphs import of_markdown
from assistant.checking.text_claims import body
from index.errors import UsageError

Record = Mapping[str, Any]
_STATED = (
    *("title", "issuer", "kind", "published", "dated", "visit_start", "visit_end", "url"),
    *("page", "paragraph", "heading"),
)


def records(text: str) -> list[Record]:
    """Return the answers that a file holds: one, a list, or a line each.

    Raises:
        UsageError: it holds something else.
    """
    try:
        whole = json.loads(text)
        values = whole if isinstance(whole, list) else [whole]
    except (ValueError, RecursionError):
        values = list(_lines(text))
    if not values:
        raise UsageError("the file holds no saved answer: it is empty")
    for number, value in enumerate(values, start=1):
        if not isinstance(value, dict) or not ("error" in value or "citations" in value):
            raise UsageError(f"answer {number} of the file is no saved answer: no 'citations'")
    return values


def claims(answer: Record, label: str) -> list[Claim]:
    """Return every citation, then what sentences, text and nearest passages quote.

    Args:
        label: the answer's id or number.
    """
    citations = _objects(answer, "citations")
    references = {n: _reference(c) for c in citations if (n := _number(c)) is not None}
    found = [_citation(citation, label) for citation in citations]
    for sentence in _objects(answer, "sentences"):
        if sentence.get("role") == "quote":
            found.append(_quote(sentence, label, references))
    for claim in body(of_markdown(_text(answer, "text")), label, _text(answer, "question")):
        found.append(replace(claim, references=references, listed=False))
    for hit in _objects(answer, "nearest"):
        found.append(Claim(label, _text(hit, "text"), (1,), {1: _reference(hit)}, listed=False))
    return found


def _lines(text: str) -> Iterator[Any]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                raise UsageError(f"line {number} of the file is not JSON: {error}") from error


def _citation(citation: Record, label: str) -> Claim:
    number = _number(citation) or 0
    return Claim(label, _text(citation, "quote"), (number,), {number: _reference(citation)})


def _quote(sentence: Record, label: str, references: Mapping[int, Reference]) -> Claim:
    given = sentence.get("citations")
    numbers = tuple(n for n in given if isinstance(n, int)) if isinstance(given, list) else ()
    group = _text(sentence, "group")
    return Claim(label, _text(sentence, "text"), numbers, references, group, listed=False)


def _reference(given: Record) -> Reference:
    start, end = given.get("start"), given.get("end")
    placed = isinstance(start, int) and isinstance(end, int) and 0 <= start < end
    return Reference(
        _text(given, "doc_id"),
        start if placed else None,
        end if placed else None,
        _text(given, "source") or None,
        _text(given, "authority") or None,
        stated={name: said for name in _STATED if (said := _said(given, name))},
    )


def _said(given: Record, name: str) -> str:
    """Return a field as text, "" where it is absent."""
    value = given.get(name)
    return str(value) if isinstance(value, int) else _text(given, name)


def _objects(answer: Record, name: str) -> list[Record]:
    """Return the objects listed under ``name``; one that is none counts as an empty one."""
    listed = answer.get(name)
    values = listed if isinstance(listed, list) else []
    return [value if isinstance(value, dict) else {} for value in values]


def _number(citation: Record) -> int | None:
    number = citation.get("number")
    return number if isinstance(number, int) else None


def _text(given: Record, name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""
