"""The fields that a line of a suite may have, and what each must look like.

Three kinds of line, in any order in a file: a question; a conversation, which has ``turns``; a
hostile input, which has a ``kind`` and no ``category``. A line ``{"suite": name, "as_of": …,
"documents": …}`` sets both for the lines of its file that follow. What may be left out:

- ``status``: follows from the category (see ``evals.suite.questions``); ``partial`` is accepted too
  where the notes say so;
- ``facts``: ``nuggets`` stand in, matched leniently (see ``evals.metrics.required_facts``);
- ``quote_groups``: any one of the gold quotes will do;
- ``occurrence`` in a gold quote: the quote occurs once.

``filters`` says what the question names and never restricts the search.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.types import Status

GoldEntry = tuple[str, str] | tuple[str, str, int]
"""[source, quote] or [source, quote, occurrence from 1]."""


class _Line(BaseModel):
    model_config = ConfigDict(extra="allow")

    def unknown(self) -> list[str]:
        """Return the names of fields that mean nothing here: often a misspelling."""
        return sorted(self.model_extra or {})


class SaidLine(BaseModel):
    """An earlier message."""

    role: Literal["user", "assistant"]
    content: str


class RepeatLine(BaseModel):
    """A long input, written short; ``question`` stands before it."""

    text: str
    times: int = Field(ge=1, le=1_000_000)


class QuestionLine(_Line):
    """A question, a turn of a conversation or a hostile input (which has a ``kind``)."""

    id: str = Field(min_length=1)
    question: str = ""
    repeat: RepeatLine | None = None
    category: str = ""
    kind: str | None = None
    expected: str = ""
    sources: list[str] = []
    gold_quotes: list[GoldEntry] = []
    gold_documents: list[str] = []
    quote_groups: list[list[int]] | None = None
    nuggets: list[str] = []
    facts: list[str] | None = None
    status: Status | list[Status] | None = None
    filters: dict[str, Any] = {}
    answer: str = ""
    notes: str = ""
    history: list[SaidLine] = []
    standalone_question: str | None = None
    no_overlap: bool = False
    must_not_contain: list[str] = []
    as_of: str | None = None
    documents: list[str] | dict[str, str] | None = None


class ConversationLine(_Line):
    """Turns that are asked one after the other."""

    id: str = Field(min_length=1)
    title: str = ""
    turns: list[QuestionLine] = Field(min_length=1)


class HeaderLine(_Line):
    """``{"suite": name, …}``: what holds for all lines of its file."""

    suite: str
    as_of: str | None = None
    documents: list[str] | dict[str, str] | None = None


def explain(error: ValidationError) -> str:
    """Return the first fault of a line in one sentence."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"field {place}: {first['msg'][0].lower()}{first['msg'][1:]}"
