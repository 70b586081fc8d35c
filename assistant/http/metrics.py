"""Count and time every request."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.service.metrics import Meter

_METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})
_ROUTES_WITHOUT_TEMPLATE = ("/mcp",)
OTHER = "other"
"""The label of addresses that do not exist, so that nobody can make up labels."""


class Metering:
    """ASGI middleware that counts what passes through it."""

    def __init__(self, app: ASGIApp, meter: Meter) -> None:
        self._app = app
        self._meter = meter

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request and note how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = "499"  # the caller went away before there was an answer

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        began = time.perf_counter()
        self._meter.running.inc()
        try:
            await self._app(scope, receive, noting)
        finally:
            self._meter.running.dec()
            method = scope["method"] if scope["method"] in _METHODS else OTHER
            self._meter.requests.labels(_route(scope), method, status).inc()
            self._meter.seconds.labels(_route(scope)).observe(time.perf_counter() - began)


def _route(scope: Scope) -> str:
    route = scope.get("route")
    if route is not None:
        return str(route.path)
    return scope["path"] if scope["path"] in _ROUTES_WITHOUT_TEMPLATE else OTHER
