"""What a caller asks for: request bodies, and the questions made of them.

They are read by the functions that read the command line and its batches, so that the same
words mean the same.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from assistant.service.filters import MAX_K
from assistant.service.question_json import ask_from
from assistant.types import Ask

TextOrTexts = str | list[str] | None


class WantedFilters(BaseModel):
    """Only documents of one of these, whose visit or publication falls in the period."""

    model_config = ConfigDict(extra="forbid")

    authority: TextOrTexts = None
    kind: TextOrTexts = None
    issuer: TextOrTexts = None
    from_: str | None = Field(None, alias="from", description="2021-12-31, 2021-12 or 2021")
    to: str | None = Field(None, description="2021-12-31, 2021-12 or 2021")


class SearchBody(BaseModel):
    """A question to find passages for."""

    model_config = ConfigDict(extra="forbid")

    question: str
    k: StrictInt | None = Field(None, ge=1, le=MAX_K, description="passages to find; null: 10")
    filters: WantedFilters | None = None


class CitedEarlier(BaseModel):
    """A citation of an earlier answer; what is not named here is ignored."""

    doc_id: str
    quote: str = ""
    authority: str | None = None
    dated: str | None = None


class QueryEarlier(BaseModel):
    """The ``query`` of an earlier answer; what is absent is read from the text again."""

    authorities: TextOrTexts = None
    from_: str | None = Field(None, alias="from")
    to: str | None = None
    kinds: TextOrTexts = None


class EarlierTurn(BaseModel):
    """One earlier message; an answer's ``citations`` and ``query`` make follow-ups surer."""

    role: Literal["user", "assistant"]
    content: str
    citations: list[CitedEarlier] | None = None
    query: QueryEarlier | None = None


class CompareBody(BaseModel):
    """What to put side by side."""

    model_config = ConfigDict(extra="forbid")

    authorities: list[Annotated[str, Field(max_length=200)]] = Field(max_length=50)
    topic: str | None = Field(default=None, max_length=500)


class AskBody(SearchBody):
    """A question to answer."""

    history: list[EarlierTurn] | None = Field(None, description="earlier messages, oldest first")
    model: str | None = Field(
        None, description="'extractive' or the language model's name; null: as set up"
    )
    stream: StrictBool | None = Field(None, description="server-sent events instead of one object")


def asked_for(body: SearchBody) -> Ask:
    """Return the question of a body.

    Raises:
        UsageError: a filter's value is unknown, or a date is none; names it.
    """
    return ask_from(body.model_dump(by_alias=True, exclude_unset=True), Ask(""))
