"""The routes under ``/api``: the command line's objects as JSON, answers also as events."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response, StreamingResponse
from fastapi.sse import format_sse_event

from assistant.http.inspections import inspection_routes
from assistant.http.problems import MEDIA_TYPE, Problem
from assistant.schema import answer_record
from assistant.service.cancellation import staying
from assistant.service.failures import explained
from assistant.service.filters import filters_from
from assistant.service.programs import Service
from assistant.service.replies import AnswerResult, HeldDocument, SearchResult, TextSpan
from assistant.service.requests import AskBody, SearchBody, asked_for
from assistant.types import Answer
from index.errors import UsageError

EVENTS = "text/event-stream"
EVENT_CONTENT: dict[str, Any] = {
    EVENTS: {
        "itemSchema": {
            "type": "object",
            "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
            "required": ["data"],
        }
    }
}
"""How OpenAPI describes a stream of events."""
_EVENTS_OPENAPI: dict[str, Any] = {
    "description": "The answer; with `stream` or `Accept: text/event-stream` as events: "
    "`partial` while it grows, then `answer`, the same object as without; or `error`.",
    "content": EVENT_CONTENT,
}
PROBLEMS: dict[int | str, dict[str, Any]] = {
    status: {
        "description": said,
        "content": {MEDIA_TYPE: {"schema": Problem.model_json_schema()}},
    }
    for status, said in (
        (400, "The body cannot be read."),
        (401, "A token is needed."),
        (403, "This token does not allow it."),
        (404, "There is no such thing."),
        (408, "The request came too slowly."),
        (413, "The request is too large."),
        (422, "A value cannot be used; says which."),
        (429, "Too many questions in a minute."),
        (503, "Too much is being asked at once."),
    )
}

Many = Annotated[list[str], Query()]
DocId = Annotated[str, Path(max_length=64)]
Offset = Annotated[int | None, Query(ge=0, le=10**9)]


class AsciiResponse(Response):
    """JSON as the command line prints it: escaped, so that half a character does no harm."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        """The body."""
        return json.dumps(content, separators=(",", ":")).encode("ascii")


def api_routes(service: Service) -> APIRouter:
    """Make the routes under ``/api``."""
    known = [Depends(_only_known)]
    router = APIRouter(prefix="/api", responses=PROBLEMS, dependencies=known)

    @router.post("/search", response_model=SearchResult)
    async def search(body: SearchBody, request: Request) -> Response:
        """Find the passages that fit a question best."""
        asked = asked_for(body)
        async with staying(request, partial(service.leave, asked)):
            return await service.search(asked, caller(request), AsciiResponse)

    @router.post("/ask", response_model=AnswerResult, responses={200: _EVENTS_OPENAPI})
    async def ask(body: AskBody, request: Request) -> Response:
        """Answer a question; a refusal is an answer too."""
        asked = asked_for(body)
        async with staying(request, partial(service.leave, asked)):
            if not (body.stream or EVENTS in request.headers.get("accept", "")):
                return await service.answer(asked, caller(request), _answered, body.model)
            growing = service.stream(asked, caller(request), body.model)
            first = await anext(growing)
        return StreamingResponse(_events(first, growing), media_type=EVENTS, headers=NOT_STORED)

    _add_documents(router, service)
    inspection_routes(router, service, AsciiResponse)
    return router


def _add_documents(router: APIRouter, service: Service) -> None:
    """Add the routes to what is held: the list, and one document's text."""

    @router.get("/documents", response_model=list[HeldDocument])
    async def documents(
        authority: Many = [],  # noqa: B006  # FastAPI copies it
        kind: Many = [],  # noqa: B006
        issuer: Many = [],  # noqa: B006
        from_: Annotated[str | None, Query(alias="from")] = None,
        to: str | None = None,
    ) -> Response:
        """What is held, each document with its identity."""
        filters = filters_from(authority, kind, issuer, from_, to)
        return await service.documents(filters, AsciiResponse)

    @router.get("/documents/{doc_id}", response_model=TextSpan)
    async def document(doc_id: DocId, start: Offset = None, end: Offset = None) -> Response:
        """A document's text, or the span of it from ``start`` to ``end``."""
        return await service.span(doc_id, start, end, AsciiResponse)


NOT_STORED = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
"""Keeps proxies from holding events back."""


def _only_known(request: Request) -> None:
    """Refuse a parameter that would be ignored: a filter misspelt is a filter missing."""
    names = [field.alias for field in request.scope["route"].dependant.query_params]
    for name in request.query_params:
        if name not in names:
            takes = f"only {', '.join(names)}" if names else "what is asked stands in the body"
            raise UsageError(f"there is no parameter {name[:40]!r}: {takes}")


def caller(request: Request) -> str:
    """Who asks, for limits and the log: a token's or a person's name, else the address."""
    return request.scope.get("assistant_user") or (request.client.host if request.client else "")


def _answered(answer: Answer) -> AsciiResponse:
    return AsciiResponse(answer_record(answer))


async def _events(
    first: tuple[Answer, bool], growing: AsyncGenerator[tuple[Answer, bool]]
) -> AsyncGenerator[bytes]:
    try:
        yield _event(*first)
        async for answer, is_last in growing:
            yield _event(answer, is_last)
    except Exception as error:  # noqa: BLE001  # the status is sent: the error goes as an event
        status, detail = explained(error)
        said = json.dumps({"status": status, "detail": detail})
        yield format_sse_event(event="error", data_str=said)
    finally:
        await growing.aclose()


def _event(answer: Answer, is_last: bool) -> bytes:
    name = "answer" if is_last else "partial"
    return format_sse_event(event=name, data_str=json.dumps(answer_record(answer)))
