"""Count and time for Prometheus; of a question it knows the status of its answer, no more."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


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
