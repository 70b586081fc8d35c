"""Takes a request's body in whole before anything works on it: not too large, not too slow."""

from __future__ import annotations

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.http.problems import problem

MAX_BODY_BYTES = 1_000_000
PATIENCE_S = 20.0


class Intake:
    """ASGI middleware; what lies behind it gets each body in one piece.

    Args:
        app: what it stands in front of.
        patience_s: seconds that a caller may take to send a body.
    """

    def __init__(self, app: ASGIApp, patience_s: float = PATIENCE_S) -> None:
        self._app = app
        self._patience_s = patience_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse what comes too slowly or is too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        body = None
        with anyio.move_on_after(self._patience_s) as waiting:
            body = await _whole(receive)
        if body is not None:
            await self._app(scope, _Replayed(body, receive), send)
        elif waiting.cancelled_caught:
            said = f"The request took longer than {self._patience_s:g} s to arrive."
            await problem(scope["path"], 408, said)(scope, receive, send)
        else:
            said = f"The request is larger than {MAX_BODY_BYTES:,} bytes, or was broken off."
            await problem(scope["path"], 413, said)(scope, receive, send)


class _Replayed:
    """Gives the body once, and then whatever comes after it (the caller going away)."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


async def _whole(receive: Receive) -> bytes | None:
    """The body, None where it is too large or the caller has gone."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] == "http.disconnect" or len(body) > MAX_BODY_BYTES:
            return None
        if not message.get("more_body"):
            return bytes(body)
