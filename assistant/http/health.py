"""Whether the server lives, whether it can answer, and its figures."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel
from starlette.responses import Response

from assistant.http.api import PROBLEMS
from assistant.http.problems import problem
from assistant.service.programs import Service


class Health(BaseModel):
    """What a health check is told."""

    status: Literal["ok"] = "ok"


def health_routes(service: Service) -> APIRouter:
    """Make ``/healthz``, ``/readyz`` and ``/metrics``."""
    router = APIRouter()

    @router.head("/healthz", include_in_schema=False, response_model=None)
    @router.get("/healthz")
    async def healthz() -> Health:
        """Whether the server answers at all."""
        return Health()

    @router.head("/readyz", include_in_schema=False, response_model=None)
    @router.get("/readyz", response_model=Health, responses={503: PROBLEMS[503]})
    async def readyz() -> Response | Health:
        """Whether there are documents to answer from."""
        if not service.collection.identities():
            return problem("/readyz", 503, "The index holds no documents.")
        return Health()

    @router.get(
        "/metrics",
        response_class=Response,
        responses={200: {"content": {"text/plain": {}}}, 401: PROBLEMS[401], 403: PROBLEMS[403]},
    )
    async def metrics() -> Response:
        """Figures for Prometheus; no question text."""
        return Response(service.meter.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return router
