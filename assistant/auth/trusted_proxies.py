"""Believe what a proxy says of a request only where it is one of ours.

``X-Forwarded-For``, ``-Proto`` and ``-Host`` from a trusted proxy become the request's own
address, scheme and host; from anyone else they are taken off, so that nothing behind reads them.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

PEER = "assistant_peer"
"""Scope key of the address that the connection really comes from."""


class Forwarded:
    """ASGI middleware around the whole application.

    Args:
        app: what it stands in front of.
        proxies: addresses of the trusted proxies.
    """

    def __init__(self, app: ASGIApp, proxies: Sequence[str] = ()) -> None:
        self._app = app
        self._proxies = frozenset(proxies)
        self._behind = ProxyHeadersMiddleware(self._taken_off, list(proxies))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        peer = (scope.get("client") or ("",))[0]
        scope = {**scope, PEER: peer}
        if peer in self._proxies:
            scope["headers"] = _named(scope["headers"])
            await self._behind(scope, receive, send)  # type: ignore[arg-type]
        else:
            await self._taken_off(scope, receive, send)

    async def _taken_off(self, scope: Scope, receive: Receive, send: Send) -> None:
        kept = [
            (name, value)
            for name, value in scope["headers"]
            if name != b"forwarded" and not name.startswith(b"x-forwarded-")
        ]
        await self._app({**scope, "headers": kept}, receive, send)


def _named(headers: Sequence[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """The headers with the host that the proxy was asked for, the last of several."""
    hosts = [value for name, value in headers if name == b"x-forwarded-host"]
    if not hosts:
        return list(headers)
    host = hosts[-1].rpartition(b",")[2].strip()
    return [(name, value) for name, value in headers if name != b"host"] + [(b"host", host)]
