"""Checks saved answers again: is every quote, word for word, where it is said to be?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from assistant.verbatim import fold, locate
from index.errors import NotFound, UsageError
from index.ports import PassageStore
from index.types import Document


class Verdict(StrEnum):
    """What became of one quote; the first two are good."""

    IN_PLACE = "in place"
    ELSEWHERE = "elsewhere in the same document"
    NOT_FOUND = "not in the document"
    NOT_HELD = "document not held"
    OTHER_NAME = "document is not the one named"
    UNREADABLE = "not a citation"

    @property
    def good(self) -> bool:
        """Whether the quote is exact and in the named document."""
        return self in (Verdict.IN_PLACE, Verdict.ELSEWHERE)


@dataclass(frozen=True, slots=True)
class Checked:
    """One citation of a saved answer.

    Attributes:
        answer: the answer's id where it has one, else its number from 1.
        number: the citation's own number, None where it has none.
        start, end: where the quote stands now, None where it does not.
    """

    answer: str
    number: int | None
    doc_id: str
    source: str
    quote: str
    verdict: Verdict
    start: int | None = None
    end: int | None = None


def saved_answers(text: str) -> list[Mapping[str, Any]]:
    """The answers that a file holds: what ``ask --json`` or ``ask --batch`` wrote.

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


def check(answers: Sequence[Mapping[str, Any]], store: PassageStore) -> list[Checked]:
    """Check every citation, in order; answers that failed have none."""
    return [
        _checked(str(answer.get("id") or number), citation, store)
        for number, answer in enumerate(answers, start=1)
        for citation in answer.get("citations") or ()
    ]


def _lines(text: str) -> Iterator[Any]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                raise UsageError(f"line {number} of the file is not JSON: {error}") from error


def _checked(answer: str, citation: object, store: PassageStore) -> Checked:
    given = citation if isinstance(citation, Mapping) else {}
    doc_id, source, quote = (_text(given, name) for name in ("doc_id", "source", "quote"))
    number = given.get("number")
    known = number if isinstance(number, int) else None
    verdict, place = _judged(given, doc_id, quote, store)
    start, end = place or (None, None)
    return Checked(answer, known, doc_id, source, quote, verdict, start, end)


def _judged(
    given: Mapping[str, Any], doc_id: str, quote: str, store: PassageStore
) -> tuple[Verdict, tuple[int, int] | None]:
    if not doc_id or not quote.strip():
        return Verdict.UNREADABLE, None
    try:
        document = store.document(doc_id)
    except NotFound:
        return Verdict.NOT_HELD, None
    if not _named(given, document):
        return Verdict.OTHER_NAME, None
    place = _place(given)
    if place and fold(document.text[place[0] : place[1]]) == fold(quote):
        return Verdict.IN_PLACE, place
    places = locate(document.text, quote)
    return (Verdict.ELSEWHERE, places[0]) if places else (Verdict.NOT_FOUND, None)


def _named(given: Mapping[str, Any], document: Document) -> bool:
    """Whether file and authority are those that the saved answer names."""
    identity = document.identity
    source, authority = given.get("source"), given.get("authority")
    return (source is None or source in identity.sources) and (
        authority is None or authority == identity.authority_name
    )


def _place(given: Mapping[str, Any]) -> tuple[int, int] | None:
    start, end = given.get("start"), given.get("end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end:
        return start, end
    return None


def _text(given: Mapping[str, Any], name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""
