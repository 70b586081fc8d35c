"""Takes a request's body in whole before anything works on it: not too large, not too slow.

Only documents that are added from the page are passed on as they come, counted on the way.
"""

from __future__ import annotations

import json
import math
import time

import anyio
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.http.problems import problem

MAX_BODY_BYTES = 1_000_000
PATIENCE_S = 20.0
ADDING = "/collection/add"
"""Address to which documents are sent."""
MOST_ADDED_BYTES = 100_000_000
_MOST_AROUND_BYTES = 100_000
"""What the names of files and the lines between them may take beside the files."""
_WHOLE_S = 900.0
"""Seconds that sending documents may take in all; each piece has ``PATIENCE_S``."""


class BodyLimit:
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
        if brings_documents(scope):
            await self._app(scope, _Counted(receive, self._patience_s), send)
            return
        try:
            body = await whole_body(receive, MAX_BODY_BYTES, self._patience_s)
            _check_numbers(body)
        except BodyRefusedError as error:
            await problem(scope["path"], error.status, str(error))(scope, receive, send)
        else:
            await self._app(scope, _Replayed(body, receive), send)


def brings_documents(scope: Scope) -> bool:
    """Say whether a request may be as large as documents are."""
    return (scope["method"], scope["path"]) == ("POST", ADDING)


class BodyRefusedError(Exception):
    """A body that is not taken in.

    Attributes:
        status: the HTTP status that says why.
    """

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status


async def whole_body(receive: Receive, most_bytes: int, patience_s: float = PATIENCE_S) -> bytes:
    """Return a request's body.

    Raises:
        BodyRefusedError: it is larger, slower, or was broken off.
    """
    body = None
    with anyio.move_on_after(patience_s) as waiting:
        body = await _read(receive, most_bytes)
    if body is not None:
        return body
    if waiting.cancelled_caught:
        raise BodyRefusedError(408, f"The request took longer than {patience_s:g} s to arrive.")
    said = f"The request is larger than {most_bytes:,} bytes, or was broken off."
    raise BodyRefusedError(413, said)


def _check_numbers(body: bytes) -> None:
    """Refuse numbers that Python takes from JSON and cannot send back, whatever they look like."""
    try:
        json.loads(body, parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):
        return  # no JSON at all: whoever reads it says so


def _refuse(name: str) -> None:
    raise BodyRefusedError(400, f"The body is not JSON: {name} is no number of it.")


def _finite(number: str) -> float:
    """Return the number that is written so; ``1e999`` is none."""
    if math.isinf(value := float(number)):
        _refuse(number[:20])
    return value


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


class _Counted:
    """Passes a body on piece by piece, until one is too large or slow (``BodyRefusedError``).

    Args:
        receive: gives the pieces.
        patience_s: seconds that each may take.
    """

    def __init__(self, receive: Receive, patience_s: float) -> None:
        self._receive = receive
        self._patience_s = patience_s
        self._until_s = time.monotonic() + _WHOLE_S
        self._left = MOST_ADDED_BYTES + _MOST_AROUND_BYTES
        self._ended = False

    async def __call__(self) -> Message:
        if self._ended:
            return await self._receive()
        left_s = min(self._patience_s, self._until_s - time.monotonic())
        with anyio.move_on_after(left_s):
            message = await self._receive()
            self._left -= len(message.get("body", b""))
            self._ended = not message.get("more_body")
            if self._left < 0:
                raise BodyRefusedError(413, "The documents are too large.")
            return message
        raise BodyRefusedError(408, "The documents took too long to arrive.")


async def _read(receive: Receive, most_bytes: int) -> bytes | None:
    """Return the body, None where it is too large or the caller has gone."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] == "http.disconnect" or len(body) > most_bytes:
            return None
        if not message.get("more_body"):
            return bytes(body)
