"""Serves recorded replies over the OpenAI protocol, and keeps the prompts that have none."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from evals.replies.recorded import Replies

_PIECE = 12
"""Characters of an event."""


class Playback:
    """What a server plays, and what it was asked.

    Attributes:
        played: prompts that had a reply.
        missing: prompts that had none, in order, each once.
    """

    def __init__(self, replies: Replies) -> None:
        self.played: list[str] = []
        self.missing: list[str] = []
        self._replies = replies
        self._lock = threading.Lock()

    def answer(self, messages: list[dict[str, str]]) -> str | None:
        """Return the reply; a repair is answered as the first time: nobody wrote another."""
        prompt = next(m["content"] for m in messages if "<question>" in m["content"])
        reply = self._replies.reply(prompt)
        with self._lock:
            kept = self.played if reply is not None else self.missing
            if prompt not in kept:
                kept.append(prompt)
        return reply


@contextmanager
def serving(playback: Playback) -> Iterator[str]:
    """Serve on a free port of this machine; gives the address for ``ASSISTANT_API_BASE``."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(playback))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(playback: Playback) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            reply = playback.answer(body["messages"])
            if reply is None:
                self.send_error(404, "no reply is recorded for this prompt")
                return
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            for event in _events(reply, body["model"]):
                self.wfile.write(f"data: {event}\n\n".encode())

        def log_message(self, format: str, *args: object) -> None:
            """Print nothing."""

    return Handler


def _events(reply: str, model: str) -> Iterator[str]:
    whole: dict[str, Any] = {"id": "1", "object": "chat.completion.chunk", "created": 1}
    for at in range(0, len(reply), _PIECE):
        delta = {"content": reply[at : at + _PIECE]}
        choice = {"index": 0, "delta": delta, "finish_reason": None}
        yield json.dumps({**whole, "model": model, "choices": [choice]})
    choice = {"index": 0, "delta": {}, "finish_reason": "stop"}
    yield json.dumps({**whole, "model": model, "choices": [choice]})
    yield "[DONE]"
