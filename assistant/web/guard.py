"""What may come in at all: how large, and to which of Gradio's many addresses.

The page uses three of Gradio's addresses: its buttons, its start, and whether the server is
there again after a connection was lost. The rest (uploads, files, proxies, monitoring, its queue,
its own login) are closed, so that what they do need not be known.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.http.paths import for_programs
from assistant.http.problems import problem

MAX_BODY_BYTES = 1_000_000
_GRADIO = "/gradio_api/"
_OPEN = ("run/predict", "startup-events", "app_id")
_CLOSED = ("/monitoring", "/logout/", "/login/", "/manifest.json", "/pwa_icon", "/custom_component")


class Guard:
    """ASGI middleware that refuses what the page never asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        elif not is_open(scope["path"]):
            await _refusal(scope, 404, "Not found")(scope, receive, send)
        elif comes_from_elsewhere(scope):
            await _refusal(scope, 403, "Asked by another site")(scope, receive, send)
        elif _announced(scope) > MAX_BODY_BYTES:
            await _refusal(scope, 413, "Too large")(scope, receive, send)
        else:
            await self._app(scope, _Counted(receive), send)


def is_open(path: str) -> bool:
    """Whether the page uses this address."""
    if path.startswith(_GRADIO):
        return path.removeprefix(_GRADIO).startswith(_OPEN)
    return not path.startswith(_CLOSED)


def comes_from_elsewhere(scope: Scope) -> bool:
    """Whether another site makes the reader's browser send something here."""
    site = Headers(scope=scope).get("sec-fetch-site", "none")
    return scope["method"] not in ("GET", "HEAD") and site not in ("none", "same-origin")


def _refusal(scope: Scope, status: int, said: str) -> Response:
    if for_programs(scope["path"]):
        return problem(scope["path"], status, f"{said}.")
    return PlainTextResponse(said, status)


class _Counted:
    """Reads a body, and cuts the connection when it is longer than was allowed."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._read_bytes = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._read_bytes += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self._read_bytes > MAX_BODY_BYTES else message


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() else MAX_BODY_BYTES + 1
