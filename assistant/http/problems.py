"""Errors as problem details (RFC 9457), with OpenAI's ``error`` member beside them under ``/v1``.

What went wrong inside is logged and not told: a detail names what the caller can mend.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service.failures import explained
from index.errors import AssistantError

MEDIA_TYPE = "application/problem+json"
_SHOWN = 5


class Problem(BaseModel):
    """A problem detail."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def problem(
    path: str, status: int, detail: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """Return the response for one problem.

    Args:
        path: what was asked for; under ``/v1`` the body suits OpenAI's clients too.
        status: the HTTP status.
        detail: one sentence: what is wrong and what to do.
        headers: to send with it.
    """
    body: dict[str, Any] = Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail
    ).model_dump()
    if path.startswith("/v1/"):
        kind = "server_error" if status >= 500 else "invalid_request_error"
        body["error"] = {"message": detail, "type": kind, "param": None, "code": None}
    return JSONResponse(body, status, dict(headers or {}), MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Answer every error of ``app`` with a problem detail."""
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(AssistantError, _ours)
    app.add_middleware(_LastResort)


def invalid(request: Request, error: Exception) -> JSONResponse:
    """Name what is wrong and where, without repeating what was sent."""
    faults = error.errors() if isinstance(error, RequestValidationError) else ()
    said = [_fault(fault) for fault in faults]
    more = f"; and {len(said) - _SHOWN} more" if len(said) > _SHOWN else ""
    return problem(request.url.path, 422, "; ".join(said[:_SHOWN])[:1000] + more)


def _fault(fault: Mapping[str, Any]) -> str:
    place = ".".join(str(part) for part in fault["loc"][1:]) or "body"
    return f"{place}: {str(fault['msg']).removeprefix('Value error, ')}"


def _refused(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    return problem(request.url.path, status, _SAID.get(status, HTTPStatus(status).phrase), headers)


def _ours(request: Request, error: Exception) -> JSONResponse:
    status, detail = explained(error)
    headers = {"Retry-After": "60" if status == 429 else "5"} if status in (429, 503) else None
    return problem(request.url.path, status, detail, headers)


class _LastResort:
    """ASGI middleware that answers a defect too; left to the server, it would drop the caller's
    connection and with it their next request.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            if scope["type"] != "http" or begun:
                raise
            await problem(scope["path"], *explained(error))(scope, receive, send)


_SAID = {
    404: "There is nothing at this address; /api/openapi.json lists what there is.",
    405: "This address does not take this method; /api/openapi.json says which it takes.",
    400: "The body cannot be read as JSON.",
}
