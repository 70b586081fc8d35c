"""Puts the MCP server behind ``/mcp`` of the application for programs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request

from assistant.mcp.server import build_server
from assistant.service.programs import Service


def mount_mcp(app: FastAPI, service: Service, may: Callable[[Request, str], bool]) -> None:
    """Serve MCP (streamable HTTP, without sessions) at ``/mcp`` of ``app`` while it runs.

    Args:
        may: says whether whoever sent a request may do what a scope names.
    """
    inner = build_server(service, may).streamable_http_app(
        stateless_http=True,
        json_response=True,
        # The host is checked for all routes together, before any of them.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    app.router.routes.extend(inner.routes)

    @asynccontextmanager
    async def running(_: Any) -> AsyncIterator[None]:
        async with inner.router.lifespan_context(inner):
            yield

    app.router.lifespan_context = running
