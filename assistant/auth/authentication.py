"""Say who is asking: what every way of telling does, and the one that believes a trusted proxy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from assistant.auth.trusted_proxies import PEER


class Auth(Protocol):
    """Says who is asking, and what to answer those who may not."""

    def who(self, request: Request) -> str | None:
        """The name of the person asking, None for nobody known."""

    async def refuse(self, request: Request) -> Response:
        """What a request gets that comes from nobody known (a login page, say)."""


@dataclass(frozen=True)
class ProxyAuth:
    """Trusts a header, from the addresses of the proxies that set it and from no other."""

    header: str
    proxies: frozenset[str]

    def who(self, request: Request) -> str | None:
        """The header's value, if it comes from a trusted proxy."""
        peer = request.scope.get(PEER) or (request.client or ("",))[0]
        return (request.headers.get(self.header) or None) if peer in self.proxies else None

    async def refuse(self, request: Request) -> Response:
        """Say that one must come through the organisation's own address."""
        return PlainTextResponse("Not signed in. Use your organisation's address.", 401)
