"""Reads a saved answer, or many, out of a file of any format that we write."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.checking import json_claims, text_claims
from assistant.checking.claims import Claim
from assistant.checking.paragraphs import of_markdown, of_word
from index.errors import UsageError

_PACKED = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Saved:
    """What a file holds.

    Attributes:
        answers: how many, those that only tell of an error included.
        claims: of all of them, in order.
    """

    answers: int
    claims: tuple[Claim, ...]


def read(data: bytes) -> Saved:
    """Read JSON (one answer, a list, or a line each), Markdown, plain text or Word.

    Raises:
        UsageError: it is none of these, or holds no answer.
    """
    if data.startswith(_PACKED):
        return _written(text_claims.claims(of_word(data)))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("the file is neither text nor a Word file (.docx)") from error
    if text.lstrip()[:1] not in ("", "{", "["):
        return _written(text_claims.claims(of_markdown(text)))
    answers = json_claims.records(text)
    found = [
        claim
        for number, answer in enumerate(answers, start=1)
        for claim in json_claims.claims(answer, str(answer.get("id") or number))
    ]
    return Saved(len(answers), tuple(found))


def _written(answers: list[list[Claim]]) -> Saved:
    if not answers:
        raise UsageError(
            "the file holds no saved answer: give what ask --json, ask --batch or the page's "
            "Save as Word or Markdown wrote"
        )
    return Saved(len(answers), tuple(claim for answer in answers for claim in answer))
