"""Puts the MCP server behind ``/mcp`` of the application for programs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from mcp.server.transport_security import TransportSecuritySettings

from assistant.http.door import ProgramDoor
from assistant.http.service import Service
from assistant.mcp.server import build_server


def mount_mcp(app: FastAPI, service: Service, door: ProgramDoor) -> None:
    """Serve MCP (streamable HTTP, without sessions) at ``/mcp`` of ``app`` while it runs."""
    inner = build_server(service, door.may).streamable_http_app(
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
