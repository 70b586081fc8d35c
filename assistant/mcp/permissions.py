"""What may be called of MCP: what a token allows at its one address, with which arguments."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.shared.exceptions import MCPError
from mcp_types import INVALID_PARAMS, INVALID_REQUEST

from assistant.auth.scopes import ASK, READ, SEARCH

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


class KnownArguments:
    """Middleware that refuses arguments which a tool would ignore: a filter misspelt is a filter
    missing.

    Args:
        known: the arguments of each tool, by its name.
    """

    def __init__(self, known: Mapping[str, Collection[str]]) -> None:
        self._known = known

    async def __call__(
        self, ctx: ServerRequestContext[Any, Any], call_next: CallNext
    ) -> HandlerResult:
        """Serve one message, or refuse it."""
        params = ctx.params or {}
        known = self._known.get(str(params.get("name"))) if ctx.method == "tools/call" else None
        given = params.get("arguments") if known else None
        for name in given if isinstance(given, Mapping) else ():
            if known is not None and name not in known:
                choices = ", ".join(sorted(known))
                raise MCPError(INVALID_PARAMS, f"no argument {name[:40]!r}, only {choices}")
        return await call_next(ctx)


def needed(method: str, params: Mapping[str, Any]) -> str | None:
    """Return the scope that a message needs; None where any token will do."""
    if method == "tools/call":
        return _OF_TOOLS.get(str(params.get("name")))
    return READ if method in ("resources/list", "resources/read") else None


def sender(request: Any) -> str:
    """Return who sent a request, for limits and the log; over stdio whoever started the server."""
    if request is None:
        return _LOCAL
    return request.scope.get("assistant_user") or (request.client.host if request.client else "")
