"""Puts the interface for programs together; it knows no page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from importlib.metadata import version
from importlib.util import find_spec

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.auth.scopes import for_programs
from assistant.http.api import api_routes
from assistant.http.health import health_routes
from assistant.http.metrics import Metering
from assistant.http.openai_chat import chat_routes
from assistant.http.problems import install
from assistant.http.program_auth import ProgramAuth
from assistant.service.programs import ProgramParts, Service

Lifespan = Callable[[FastAPI], AbstractAsyncContextManager[None]]


def build_api(
    parts: ProgramParts, auth: ProgramAuth, with_page: bool = False, root: str = ""
) -> FastAPI:
    """Build the application for programs: ``/api``, ``/v1``, health, figures, and MCP if installed.

    It checks nobody itself; ``auth`` is only asked what MCP's single address is used for.
    Beside a page, citations lead people to the letter there, below ``root``.
    """
    service = Service(parts)
    place = f"{root}/letter"[1:] if with_page else "api/documents"
    app = FastAPI(
        title="Inspection letters",
        version=version("inspection-assistant"),
        description="Search and answers from inspection letters, every sentence with its place.",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    install(app)
    for routes in (api_routes(service), chat_routes(service, place), health_routes(service)):
        app.include_router(routes)
    if find_spec("mcp"):
        from assistant.mcp.mounting import mount_mcp

        mount_mcp(app, service, auth.may)
    app.add_middleware(Metering, meter=service.meter)
    return app


class Beside:
    """ASGI middleware: what programs ask goes to ``api``, everything else to the page."""

    def __init__(self, app: ASGIApp, api: FastAPI) -> None:
        self._app = app
        self._api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        mine = scope["type"] == "http" and for_programs(scope["path"])
        await (self._api if mine else self._app)(scope, receive, send)


def running_with(api: FastAPI) -> Lifespan:
    """Yield a lifespan for the application beside ``api``: both start and stop together."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with api.router.lifespan_context(api):
            yield

    return lifespan
