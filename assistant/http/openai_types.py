"""OpenAI's chat protocol as types: as much of it as questions and answers need."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, field_validator, model_validator

from assistant.service.replies import AnswerResult, Cited
from assistant.service.requests import CitedEarlier


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

    @field_validator("content", mode="before")
    @classmethod
    def _only_text(cls, content: Any) -> Any:
        for part in content if isinstance(content, list) else ():
            kind = part.get("type") if isinstance(part, dict) else None
            if isinstance(kind, str) and kind != "text":
                raise ValueError(f"only text can be read here: leave out the part {kind[:40]!r}")
        return content

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
    """A conversation whose last message is the question.

    Options that would change what kind of answer is given, and are not honoured, are refused;
    those that only tune a model's sampling are taken, and named in the answer.
    """

    model_config = ConfigDict(extra="allow")

    messages: Annotated[list[ChatMessage], Field(min_length=1)]
    model: str | None = None
    stream: StrictBool | None = False
    stream_options: StreamOptions | None = None

    @model_validator(mode="after")
    def _nothing_else(self) -> ChatBody:
        for name, value in self._options.items():
            if name not in _TUNING and value not in _AS_IT_IS.get(name, ()):
                raise ValueError(f"{name[:40]!r} cannot be done here: leave it out")
        return self

    @property
    def ignored(self) -> list[str]:
        """The options that were taken and change nothing."""
        return sorted(name for name in self._options if name in _TUNING)

    @property
    def _options(self) -> dict[str, Any]:
        return {
            name: value for name, value in (self.model_extra or {}).items() if value is not None
        }


_TUNING = frozenset((
    "temperature", "top_p", "max_tokens", "max_completion_tokens", "presence_penalty",
    "frequency_penalty", "logit_bias", "seed", "user", "metadata", "store", "service_tier",
    "reasoning_effort", "verbosity", "safety_identifier", "prompt_cache_key",
    "prompt_cache_retention", "parallel_tool_calls",
))  # fmt: skip
_AS_IT_IS: dict[str, tuple[Any, ...]] = {
    "n": (1,),
    "response_format": ({"type": "text"},),
    "modalities": (["text"],),
    "tools": ([],),
    "functions": ([],),
    "tool_choice": ("none", "auto"),
    "function_call": ("none", "auto"),
    "logprobs": (False,),
    "top_logprobs": (0,),
    "stop": ([],),
}
"""Values of other options that ask for what is done anyway."""


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
    """An answer; ``answer`` is the object of ``/api/ask``, ``ignored`` names the options of the
    request that changed nothing.
    """

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str
    choices: list[Choice]
    usage: Usage
    answer: AnswerResult
    ignored: list[str]


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
    """Return the usage of an answer's record."""
    tokens = answer["tokens"] or 0
    return {"prompt_tokens": tokens, "completion_tokens": 0, "total_tokens": tokens}
