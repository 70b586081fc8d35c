"""Who may ask what: bearer tokens for programs, beside the page's own login for people."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from assistant.auth.authentication import Auth
from assistant.auth.scopes import for_programs, is_open, needed
from assistant.auth.tokens import Token, Tokens
from assistant.http.problems import problem

_ANYONE = ""


class ProgramAuth:
    """One check for pages and programs alike (an ``Auth``).

    A program needs a token that allows what it asks; someone signed in to the page needs
    none. Where neither tokens nor a login are set up, everyone who reaches this server may
    ask: it then listens to its own machine only.

    Args:
        page: the page's login, None where it has none.
        tokens: None where none are set up.
    """

    def __init__(self, page: Auth | None, tokens: Tokens | None) -> None:
        self._page = page
        self._tokens = tokens

    def who(self, request: Request) -> str | None:
        """Return the name of the token or the person, None where they may not."""
        path = request.url.path
        if is_open(path):
            return _ANYONE
        if not for_programs(path):
            return self._page.who(request) if self._page else _ANYONE
        return self._caller(request, needed(path))

    def may(self, request: Request, scope: str) -> bool:
        """Say whether this caller may do what ``scope`` names."""
        return self._caller(request, scope) is not None

    async def refuse(self, request: Request) -> Response:
        """Say that a token is needed, or that this one does not allow it."""
        path = request.url.path
        if not for_programs(path):
            if self._page:
                return await self._page.refuse(request)
            return PlainTextResponse("Not signed in.", 401)
        scope = needed(path) or ""
        if self._token(request):
            said = f'Bearer error="insufficient_scope", scope="{scope}"'
            detail = f"This token does not allow {scope!r}: make one with --scope {scope}."
            return problem(path, 403, detail, {"WWW-Authenticate": said})
        detail = "Send a token that this server knows: Authorization: Bearer TOKEN."
        return problem(path, 401, detail, {"WWW-Authenticate": "Bearer"})

    def _caller(self, request: Request, scope: str | None) -> str | None:
        token = self._token(request)
        if token:
            return token.name if scope is None or scope in token.scopes else None
        if self._page:
            return self._page.who(request)
        return _ANYONE if self._tokens is None else None

    def _token(self, request: Request) -> Token | None:
        kind, _, secret = request.headers.get("authorization", "").partition(" ")
        if self._tokens is None or kind.lower() != "bearer":
            return None
        return self._tokens.find(secret.strip())
