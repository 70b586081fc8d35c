"""OpenAI's chat protocol over the letters, so that programs made for it can ask them."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse
from fastapi.sse import format_sse_event

from assistant.http.api import EVENT_CONTENT, EVENTS, NOT_STORED, PROBLEMS, AsciiResponse, caller
from assistant.http.openai_text import REPLACED, annotated, said, so_far
from assistant.http.openai_types import ChatBody, ChatMessage, Completion, Model, Models, usage
from assistant.schema import answer_record
from assistant.service.cancellation import staying
from assistant.service.failures import explained
from assistant.service.programs import Service
from assistant.types import Answer, Ask, CitedBefore, Turn
from index.errors import NotFound, UsageError

_TURNS: dict[str, Literal["user", "assistant"]] = {"user": "user", "assistant": "assistant"}


@dataclass(frozen=True)
class _Frame:
    """What is the same in every piece of one completion; ``base`` is where documents are."""

    model: str
    base: str
    id: str
    created: int
    ignored: list[str]

    def completion(self, answer: Answer) -> AsciiResponse:
        """The whole answer in one object."""
        text, record = said(answer), answer_record(answer)
        noted = annotated(text, answer, self.base)
        whole = {
            **self._head("chat.completion"),
            "choices": [{"message": {"content": text, "annotations": noted}}],
            "usage": usage(record),
            "answer": record,
            "ignored": self.ignored,
        }
        return AsciiResponse(Completion.model_validate(whole).model_dump(by_alias=True))

    def chunk(self, delta: dict[str, Any], finish: str | None = None, **more: Any) -> bytes:
        """One piece of a stream."""
        choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
        head = self._head("chat.completion.chunk")
        return format_sse_event(data_str=json.dumps({**head, "choices": [choice], **more}))

    def usage_chunk(self, answer: Answer) -> bytes:
        """The piece without choices that ``include_usage`` asks for."""
        head = self._head("chat.completion.chunk")
        used = usage(answer_record(answer))
        return format_sse_event(data_str=json.dumps({**head, "choices": [], "usage": used}))

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": self.model}


def chat_routes(service: Service, place: str) -> APIRouter:
    """Make ``/v1/models`` and ``/v1/chat/completions``.

    Args:
        service: what answers.
        place: where on this server a document can be read, by id and span.
    """
    router = APIRouter(prefix="/v1", responses=PROBLEMS)

    @router.get("/models")
    async def models() -> Models:
        """What can be named as ``model``."""
        return Models(data=[Model(id=name) for name in service.models])

    @router.get("/models/{name:path}")
    async def model(name: str) -> Model:
        """One of them."""
        if name not in service.models:
            raise NotFound(f"there is no such model here, only {', '.join(service.models)}")
        return Model(id=name)

    @router.post(
        "/chat/completions", response_model=Completion, responses={200: {"content": EVENT_CONTENT}}
    )
    async def completions(body: ChatBody, request: Request) -> Response:
        """Answer the last message, in the light of those before it."""
        ask, name = asked_in(body.messages), body.model or service.models[0]
        number = f"chatcmpl-{secrets.token_hex(12)}"
        frame = _Frame(name, f"{request.base_url}{place}/", number, int(time.time()), body.ignored)
        async with staying(request, partial(service.leave, ask)):
            if not body.stream:
                return await service.answer(ask, caller(request), frame.completion, name)
            growing = service.stream(ask, caller(request), name)
            first = await anext(growing)
        with_usage = body.stream_options is not None and body.stream_options.include_usage
        events = _chunks(frame, first, growing, with_usage)
        return StreamingResponse(events, media_type=EVENTS, headers=NOT_STORED)

    return router


def asked_in(messages: Sequence[ChatMessage]) -> Ask:
    """The question that a conversation ends with.

    Raises:
        UsageError: it does not end with a person's message.
    """
    if messages[-1].role != "user":
        raise UsageError("messages: the last one must be the user's, it is the question")
    earlier = [one for one in messages[:-1] if one.role in _TURNS]
    return Ask(messages[-1].text, tuple(map(_turn, earlier)))


def _turn(message: ChatMessage) -> Turn:
    cited = [note.citation for note in message.annotations or () if note.citation]
    return Turn(
        _TURNS[message.role],
        message.text,
        tuple(CitedBefore(c.doc_id, c.quote, c.authority, c.dated) for c in cited),
    )


async def _chunks(
    frame: _Frame,
    first: tuple[Answer, bool],
    growing: AsyncGenerator[tuple[Answer, bool]],
    with_usage: bool,
) -> AsyncGenerator[bytes]:
    """The pieces of a stream: what has been sent cannot be taken back, only continued."""
    sent = ""
    answer, is_last = first
    try:
        yield frame.chunk({"role": "assistant", "content": ""})
        while not is_last:
            if more := _continued(sent, so_far(answer)):
                sent += more
                yield frame.chunk({"content": more})
            answer, is_last = await anext(growing)
        whole = said(answer)
        rest = whole.removeprefix(sent) if whole.startswith(sent) else REPLACED + whole
        yield frame.chunk({"content": rest})
        noted = annotated(sent + rest, answer, frame.base)
        yield frame.chunk(
            {"annotations": noted}, "stop", answer=answer_record(answer), ignored=frame.ignored
        )
        if with_usage:
            yield frame.usage_chunk(answer)
        yield format_sse_event(data_str="[DONE]")
    except Exception as error:  # noqa: BLE001  # the status is sent: the error goes as an event
        _, detail = explained(error)
        failed = {"error": {"message": detail, "type": "server_error", "code": None}}
        yield format_sse_event(data_str=json.dumps(failed))
    finally:
        await growing.aclose()


def _continued(sent: str, text: str) -> str:
    return text.removeprefix(sent) if text.startswith(sent) else ""
