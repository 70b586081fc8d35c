"""What may come in at all: how large, and to which of Gradio's many addresses.

The page uses one of Gradio's addresses, which it calls when it opens. The rest (its events,
uploads, files, proxies, monitoring, its queue, its own login) are closed, so that what they do
need not be known.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.auth.scopes import for_programs
from assistant.http.body_limit import MAX_BODY_BYTES, brings_documents
from assistant.http.problems import problem

_GRADIO = "/gradio_api/"
_OPEN = "startup-events"
_CLOSED = ("/monitoring", "/logout/", "/login/", "/manifest.json", "/pwa_icon", "/custom_component")


class RequestFilter:
    """ASGI middleware that refuses what the page never asks for.

    Args:
        app: what it stands in front of.
        names: host names that the page is reached by.
    """

    def __init__(self, app: ASGIApp, names: Sequence[str] = ()) -> None:
        self._app = app
        self._names = frozenset(names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        elif scope["type"] != "http":
            await self._app(scope, receive, send)
        elif not is_open(scope["path"]):
            await _refusal(scope, 404, "Not found")(scope, receive, send)
        elif comes_from_elsewhere(scope, self._names):
            await _refusal(scope, 403, "Asked by another site")(scope, receive, send)
        elif _announced(scope) > MAX_BODY_BYTES and not brings_documents(scope):
            await _refusal(scope, 413, "Too large")(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def is_open(path: str) -> bool:
    """Whether the page uses this address."""
    if path.startswith(_GRADIO):
        return path.removeprefix(_GRADIO) == _OPEN
    return not path.startswith(_CLOSED)


def comes_from_elsewhere(scope: Scope, names: frozenset[str] = frozenset()) -> bool:
    """Whether another site makes the reader's browser send something here.

    Over plain http browsers do not say so themselves (``Sec-Fetch-Site``); the origin that they
    send instead must be this server, by the name it was asked under or one that it has.
    """
    headers = Headers(scope=scope)
    if scope["method"] in ("GET", "HEAD"):
        return False
    if site := headers.get("sec-fetch-site"):
        return site not in ("none", "same-origin")
    origin = headers.get("origin")
    if origin is None:
        return False  # no browser sends it, or it is none
    try:
        place = urlsplit(origin)
        return place.netloc != headers.get("host") and place.hostname not in names
    except ValueError:
        return True


def _refusal(scope: Scope, status: int, said: str) -> Response:
    if for_programs(scope["path"]):
        return problem(scope["path"], status, f"{said}.")
    return PlainTextResponse(said, status)


def _announced(scope: Scope) -> int:
    length = Headers(scope=scope).get("content-length", "0")
    return int(length) if length.isascii() and length.isdigit() else MAX_BODY_BYTES + 1
