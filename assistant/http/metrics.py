"""Counts and times for Prometheus; of a question it knows the status of its answer, no more."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_METHODS = frozenset({"GET", "HEAD", "POST", "DELETE", "OPTIONS"})
_ROUTES_WITHOUT_TEMPLATE = ("/mcp",)
OTHER = "other"
"""The label of addresses that do not exist, so that nobody can make up labels."""


class Meter:
    """The figures of one server."""

    def __init__(self) -> None:
        registry = self._registry = CollectorRegistry()
        self.requests = Counter(
            "assistant_requests", "Requests answered.", ("route", "method", "status"),
            registry=registry,
        )  # fmt: skip
        self.seconds = Histogram(
            "assistant_request_seconds", "Seconds from request to the end of its response.",
            ("route",), buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self.answers = Counter(
            "assistant_answers", "Questions answered or refused.", ("status",), registry=registry
        )
        self.running = Gauge("assistant_requests_running", "Requests not yet answered.",
                             registry=registry)  # fmt: skip
        self.documents = Gauge("assistant_documents", "Documents held.", registry=registry)

    def text(self) -> bytes:
        """Return all figures in Prometheus' text format."""
        return generate_latest(self._registry)


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
