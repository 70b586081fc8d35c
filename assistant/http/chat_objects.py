"""OpenAI's chat protocol as types: as much of it as questions and answers need."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt

from assistant.http.objects import AnswerResult, Cited
from assistant.http.wanted import CitedEarlier


class TextPart(BaseModel):
    """A piece of a message; only text can be read here."""

    type: Literal["text"]
    text: str


class SentAnnotation(BaseModel):
    """An annotation of an earlier answer, as this server sent it; others say nothing here."""

    citation: CitedEarlier | None = None


class ChatMessage(BaseModel):
    """One message; instructions to a model are taken and not followed."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[TextPart] | None = None
    annotations: list[SentAnnotation] | None = None

    @property
    def text(self) -> str:
        """The message's words."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content)
        return self.content or ""


class StreamOptions(BaseModel):
    """What comes with a stream."""

    include_usage: StrictBool = False


class ChatBody(BaseModel):
    """A conversation whose last message is the question; other settings are ignored."""

    model_config = ConfigDict(extra="ignore")

    messages: Annotated[list[ChatMessage], Field(min_length=1)]
    model: str | None = None
    stream: StrictBool | None = False
    stream_options: StreamOptions | None = None
    n: Annotated[StrictInt | None, Field(ge=1, le=1)] = None


class UrlCitation(BaseModel):
    """Where in the text the citation stands, and where it leads."""

    start_index: int
    end_index: int
    title: str
    url: str


class SentCitation(BaseModel):
    """An annotation: what OpenAI's clients read, and the whole citation beside it."""

    type: Literal["url_citation"]
    url_citation: UrlCitation
    citation: Cited


class Reply(BaseModel):
    """The answer as a message."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[SentCitation]


class Choice(BaseModel):
    """The one answer."""

    index: Literal[0] = 0
    message: Reply
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Usage(BaseModel):
    """Tokens that a language model used, 0 without one; which were its reply is not told."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Completion(BaseModel):
    """An answer; ``answer`` is the object of ``/api/ask``."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    answer: AnswerResult


class Model(BaseModel):
    """An answerer that can be named in a request."""

    id: str
    object: Literal["model"] = "model"
    created: Literal[0] = 0
    owned_by: Literal["assistant"] = "assistant"


class Models(BaseModel):
    """All of them, the one used by default first."""

    object: Literal["list"] = "list"
    data: list[Model]


def usage(answer: dict[str, Any]) -> dict[str, int]:
    """The usage of an answer's record."""
    tokens = answer["tokens"] or 0
    return {"prompt_tokens": tokens, "completion_tokens": 0, "total_tokens": tokens}
