"""What the page calls in Gradio: only what exists, and each reader's own session.

Gradio shows a session's state and growing answer to whoever names its hash. Here a hash is joined
with who is signed in before Gradio sees it, so that the same hash from someone else is another
session, and an empty one.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.http.problems import problem

_CALLS = "/gradio_api/"
_HEARTBEAT = "/gradio_api/heartbeat/"
_NO_CALL = "This is no call of the page."


class GradioCalls:
    """ASGI middleware in front of Gradio; each body has come in whole.

    Args:
        app: Gradio's own application.
        inputs: number of values that each of the page's functions takes, by its number.
    """

    def __init__(self, app: ASGIApp, inputs: Mapping[int, int]) -> None:
        self._app = app
        self._inputs = inputs
        self._secret = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or refuse it."""
        if scope["type"] != "http" or not scope["path"].startswith(_CALLS):
            await self._app(scope, receive, send)
            return
        who = scope.get("assistant_user") or ""
        if scope["method"] == "POST":
            call = self._call(await _body(receive), scope["path"], who)
            if call is None:
                await problem(scope["path"], 422, _NO_CALL)(scope, receive, send)
                return
            scope, receive = _with_body(scope, json.dumps(call).encode("ascii"), receive)
        await self._app(self._owned(scope, who), receive, _Told(scope, send))

    def _call(self, body: bytes, path: str, who: str) -> dict[str, Any] | None:
        """The call with the caller's own session, None where the page makes none like it."""
        try:
            call = json.loads(body, parse_constant=_refuse)
        except (ValueError, RecursionError):
            return None
        if not isinstance(call, dict) or not _is_text(call.get("session_hash")):
            return None
        if path.startswith((f"{_CALLS}run/", f"{_CALLS}queue/join")):
            number, data = call.get("fn_index"), call.get("data")
            if not isinstance(number, int) or isinstance(number, bool):
                return None
            if not isinstance(data, list) or len(data) != self._inputs.get(number):
                return None
        if call.get("session_hash") is not None:
            call["session_hash"] = self._joined(call["session_hash"], who)
        return call

    def _owned(self, scope: Scope, who: str) -> Scope:
        """The request with the caller's own session in its address."""
        path = str(scope["path"])
        if path.startswith(_HEARTBEAT):
            path = _HEARTBEAT + self._joined(path.removeprefix(_HEARTBEAT), who)
            return {**scope, "path": path, "raw_path": path.encode("ascii", "replace")}
        asked = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        asked = [
            (name, self._joined(value, who) if name == "session_hash" else value)
            for name, value in asked
        ]
        return {**scope, "query_string": urlencode(asked).encode("ascii")}

    def _joined(self, session: str, who: str) -> str:
        told = json.dumps([session, who]).encode("ascii")
        return hashlib.blake2b(told, key=self._secret, digest_size=20).hexdigest()


class _Told:
    """Sends on what Gradio answers; a call that it could not carry out was no call of the page."""

    def __init__(self, scope: Scope, send: Send) -> None:
        self._scope = scope
        self._send = send
        self._refused = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 500:
            self._refused = True
            await problem(self._scope["path"], 422, _NO_CALL)(self._scope, _nothing, self._send)
        elif not self._refused:
            await self._send(message)


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


async def _body(receive: Receive) -> bytes:
    return bytes((await receive()).get("body", b""))


def _with_body(scope: Scope, body: bytes, receive: Receive) -> tuple[Scope, Receive]:
    headers = [(name, value) for name, value in scope["headers"] if name != b"content-length"]
    headers.append((b"content-length", str(len(body)).encode("ascii")))
    given = False

    async def replayed() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return {**scope, "headers": headers}, replayed


def _is_text(value: object) -> bool:
    return value is None or isinstance(value, str)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
