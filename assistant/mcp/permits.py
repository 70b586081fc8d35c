"""What a token allows of MCP, whose one address serves every tool."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_REQUEST

from assistant.http.paths import ASK, READ, SEARCH

_OF_TOOLS = {
    "search": SEARCH,
    "ask": ASK,
    **dict.fromkeys(("list_documents", "read_span", "list_inspections"), READ),
    **dict.fromkeys(("timeline", "changes", "compare", "brief"), READ),
}
_LOCAL = "local"


class Permits:
    """Middleware that lets a call through where its sender may make it."""

    def __init__(self, may: Callable[[Any, str], bool]) -> None:
        self._may = may

    async def __call__(
        self, ctx: ServerRequestContext[Any, Any], call_next: CallNext
    ) -> HandlerResult:
        """Serve one message, or refuse it."""
        scope = needed(ctx.method, ctx.params or {})
        if scope and (ctx.request is None or not self._may(ctx.request, scope)):
            said = f"This token does not allow {scope!r}: make one with --scope {scope}."
            raise MCPError(INVALID_REQUEST, said)
        return await call_next(ctx)


def needed(method: str, params: Mapping[str, Any]) -> str | None:
    """The scope that a message needs; None where any token will do."""
    if method == "tools/call":
        return _OF_TOOLS.get(str(params.get("name")))
    return READ if method in ("resources/list", "resources/read") else None


def sender(request: Any) -> str:
    """Who sent a request, for limits and the log; over stdio whoever started the server."""
    if request is None:
        return _LOCAL
    return request.scope.get("assistant_user") or (request.client.host if request.client else "")
