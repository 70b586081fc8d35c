"""A real HTTP server for tests that speaks the OpenAI chat-completions protocol from a script.

Each request takes the next ``Script``; the last one repeats. It streams server-sent events as
OpenAI does, and fails in the ways that servers fail. Requests are kept in ``requests``.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any


@dataclass(frozen=True)
class Script:
    """One reply.

    Attributes:
        pieces: the text, one event each.
        status: HTTP status; other than 200 sends an error body instead.
        pause_s: wait before the first event; ``gap_s`` before each further one.
        finish: OpenAI's finish reason; None breaks the stream off after the pieces.
        raw: sent as the whole body instead of events.
        packed: sent as the whole body, with ``status``: what the coding is called, and the bytes.
        noise: sent again and again, ``gap_s`` apart, instead of events.
        wire: sent instead of a head; ``noise`` after it, else the connection is reset.
        deltas: sent before the pieces, as OpenAI's ``delta`` objects.
    """

    pieces: Sequence[str] = ()
    status: int = 200
    pause_s: float = 0.0
    gap_s: float = 0.0
    finish: str | None = "stop"
    raw: bytes | None = None
    packed: tuple[str, bytes] | None = None
    noise: bytes | None = None
    wire: bytes | None = None
    usage: tuple[int, int] = (100, 20)
    deltas: Sequence[dict[str, Any]] = ()


class FakeOpenAI:
    """The server; use it as a context manager and point a client at ``api_base``."""

    def __init__(self, *scripts: Script) -> None:
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.cancelled = threading.Event()
        self._scripts = list(scripts)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))

    @property
    def api_base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> FakeOpenAI:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def next_script(self, body: dict[str, Any], headers: dict[str, str]) -> Script:
        with self._lock:
            self.requests.append(body)
            self.headers.append(headers)
            return self._scripts[min(len(self.requests), len(self._scripts)) - 1]


def say(text: str, size: int = 7) -> Script:
    """A reply that streams ``text`` in pieces of ``size`` characters."""
    return Script(pieces=[text[at : at + size] for at in range(0, len(text), size)])


def _handler(server: FakeOpenAI) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            script = server.next_script(body, dict(self.headers))
            try:
                _reply(self, script, body["model"])
            except (BrokenPipeError, ConnectionResetError):
                server.cancelled.set()

        def log_message(self, format: str, *args: object) -> None:
            return

    return Handler


def _reply(handler: BaseHTTPRequestHandler, script: Script, model: str) -> None:
    if script.packed is not None:
        coding, body = script.packed
        return _send(handler, script.status, body, "text/event-stream", coding)
    if script.status != 200:
        error = {"error": {"message": "SECRET-BODY " * 400, "type": "t", "code": script.status}}
        return _send(handler, script.status, json.dumps(error).encode(), "application/json")
    time.sleep(script.pause_s)
    if script.wire is not None:
        return _as_it_is(handler, script)
    if script.raw is not None:
        return _send(handler, 200, script.raw, "text/event-stream")
    _head(handler, 200, "text/event-stream")
    while script.noise is not None:
        handler.wfile.write(script.noise)
        handler.wfile.flush()
        time.sleep(script.gap_s)
    for delta in script.deltas:
        _event(handler, model, [{"index": 0, "delta": delta, "finish_reason": None}])
    for number, piece in enumerate(script.pieces):
        time.sleep(script.gap_s if number else 0.0)
        _event(handler, model, [{"index": 0, "delta": {"content": piece}, "finish_reason": None}])
    if script.finish is not None:
        _event(handler, model, [{"index": 0, "delta": {}, "finish_reason": script.finish}])
        asked, written = script.usage
        used = {"prompt_tokens": asked, "completion_tokens": written}
        _event(handler, model, [], usage={**used, "total_tokens": asked + written})
        handler.wfile.write(b"data: [DONE]\n\n")
    return None


def _as_it_is(handler: BaseHTTPRequestHandler, script: Script) -> None:
    handler.wfile.write(script.wire or b"")
    while script.noise is not None:
        handler.wfile.write(script.noise)
        time.sleep(script.gap_s)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def _event(handler: BaseHTTPRequestHandler, model: str, choices: list[Any], **more: Any) -> None:
    event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": model}
    line = json.dumps({**event, "choices": choices, **more})
    handler.wfile.write(f"data: {line}\n\n".encode())
    handler.wfile.flush()


def _send(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, kind: str, coding: str = ""
) -> None:
    _head(handler, status, kind, coding)
    handler.wfile.write(body)


def _head(handler: BaseHTTPRequestHandler, status: int, kind: str, coding: str = "") -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", kind)
    if coding:
        handler.send_header("Content-Encoding", coding)
    handler.send_header("Connection", "close")
    handler.end_headers()
