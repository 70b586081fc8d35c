"""One check in front of every route: who is asking, and may they?"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Protocol
from urllib.parse import parse_qs

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.http.intake import BodyRefusedError, whole_body
from assistant.http.problems import problem
from assistant.web.accounts import Accounts
from assistant.web.templating import SIGN_OUT, render, rooted
from assistant.web.tries import TooManyTriesError, Tries
from index.errors import AssistantError

COOKIE = "assistant-session"
_LASTS_S = 8 * 3600
_MOST_SESSIONS = 10
"""Devices that one person may be signed in on; the oldest is signed out first."""
_HASHED_AT_ONCE = 2
_MOST_WAITING = 32
"""Passwords that may wait to be compared; each takes a core for 50 ms and 16 MB."""
_FORM_BYTES = 4_000
_LINKED = ("/letter/", "/collection", "/authority/", "/problems", "/admin", "/?")
_log = logging.getLogger(__name__)
_FOR_THE_LOGIN_PAGE = ("/page-files/tokens.css", "/page-files/reader.css", "/page-files/icon.svg")


class Door(Protocol):
    """Says who is asking, and what to answer those who may not."""

    def who(self, request: Request) -> str | None:
        """The name of the person asking, None for nobody known."""

    async def refuse(self, request: Request) -> Response:
        """What a request gets that comes from nobody known (a login page, say)."""


class LoginGate:
    """ASGI middleware; what lies behind it sees only requests of known people.

    Args:
        app: what lies behind it.
        door: says who they are.
        sign_out: whether they can sign out here.
    """

    def __init__(self, app: ASGIApp, door: Door, sign_out: bool = False) -> None:
        self._app = app
        self._door = door
        self._sign_out = sign_out

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request if its sender is known."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        if scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
            return
        if scope["path"] in _FOR_THE_LOGIN_PAGE:
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            name = self._door.who(request)
            refusal = await self._door.refuse(request) if name is None else None
        except AssistantError as error:  # the file of accounts or tokens is gone
            _log.error("nobody can be let in: %s", error)
            said = "Who you are cannot be checked now; the server's log says why."
            await problem(scope["path"], 503, said)(scope, receive, send)
            return
        if refusal is not None:
            await refusal(scope, receive, send)
        else:
            SIGN_OUT.set(self._sign_out)
            await self._app({**scope, "assistant_user": name}, receive, send)


@dataclass(frozen=True)
class ProxyDoor:
    """Trusts a header, from the addresses of the proxies that set it and from no other."""

    header: str
    proxies: frozenset[str]

    def who(self, request: Request) -> str | None:
        """The header's value, if it comes from a trusted proxy."""
        peer = request.scope.get("assistant_peer") or (request.client or ("",))[0]
        return (request.headers.get(self.header) or None) if peer in self.proxies else None

    async def refuse(self, request: Request) -> Response:
        """Say that one must come through the organisation's own address."""
        return PlainTextResponse("Not signed in. Use your organisation's address.", 401)


@dataclass(frozen=True, slots=True)
class _Session:
    """Who is signed in, until when, and the account's mark at that time."""

    name: str
    until_s: float
    mark: str


class PasswordDoor:
    """Accounts of a file, a login page, and sessions in memory for eight hours.

    A session ends with its hours, and when its account is removed or gets another password.
    """

    def __init__(
        self,
        accounts: Accounts,
        clock: Callable[[], float] = time.monotonic,
        tries: Tries | None = None,
    ) -> None:
        self._accounts = accounts
        self._clock = clock
        self._tries = tries or Tries(clock)
        self._sessions: dict[str, _Session] = {}
        self._hashing = CapacityLimiter(_HASHED_AT_ONCE)

    def who(self, request: Request) -> str | None:
        """The person whose session the cookie names; signing out ends it."""
        token = session_token(request.headers)
        session = self._sessions.get(token)
        if session is None:
            return None
        ended = session.until_s <= self._clock()
        if ended or self._accounts.mark(session.name) != session.mark:
            self._sessions.pop(token, None)
            return None
        if request.url.path == "/sign-out":
            del self._sessions[token]
            return None
        return session.name

    def may(self, name: str, right: str) -> bool:
        """Say whether someone who is signed in has a right, at this moment."""
        return self._accounts.may(name, right)

    async def refuse(self, request: Request) -> Response:
        """Show the login page, or take what was entered there."""
        if request.url.path == "/sign-in" and request.method == "POST":
            try:
                return await self._sign_in(request)
            except BodyRefusedError as error:
                return PlainTextResponse(str(error), error.status)
        if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
            out = request.url.path == "/sign-out"
            query = f"?{request.url.query}" if request.url.query else ""
            back = "/" if out else _own(f"{request.url.path}{query}")
            problem = "You are signed out." if out else ""
            page = render("sign_in.html", problem=problem, back=back)
            headers = {"Clear-Site-Data": '"storage"'} if out else {}
            return HTMLResponse(page, 200 if out else 401, headers)
        return PlainTextResponse("Not signed in.", 401)

    async def _sign_in(self, request: Request) -> Response:
        body = await whole_body(request.receive, _FORM_BYTES)
        form = parse_qs(body.decode("utf-8", "replace"))
        name, password, back = (form.get(f, [""])[0] for f in ("name", "password", "back"))
        address = request.client.host if request.client else ""
        try:
            async with self._tries.turn(name, address):
                mark = await self._checked(name, password)
                if mark is None:
                    self._tries.was_wrong(name, address)
        except TooManyTriesError:
            return _again("Too many tries. Wait a minute and try again.", 429, back)
        if mark is None:
            return _again("Name and password do not belong together.", 401, back)
        return self._welcome(name, mark, _own(back), secure=request.url.scheme == "https")

    async def _checked(self, name: str, password: str) -> str | None:
        """The account's mark, None where these do not belong together; hashed in a thread."""
        if self._hashing.statistics().tasks_waiting >= _MOST_WAITING:
            raise TooManyTriesError

        def compared() -> str | None:
            return self._accounts.mark(name) if self._accounts.check(name, password) else None

        return await to_thread.run_sync(compared, limiter=self._hashing)

    def _welcome(self, name: str, mark: str, back: str, secure: bool) -> Response:
        now_s = self._clock()
        self._sessions = {t: s for t, s in self._sessions.items() if s.until_s > now_s}
        mine = [token for token, session in self._sessions.items() if session.name == name]
        for oldest in mine[: max(0, len(mine) - _MOST_SESSIONS + 1)]:
            del self._sessions[oldest]
        token = secrets.token_urlsafe(32)
        self._sessions[token] = _Session(name, now_s + _LASTS_S, mark)
        response = RedirectResponse(rooted(back), 303)
        response.set_cookie(
            COOKIE, token, max_age=_LASTS_S, httponly=True, samesite="strict", secure=secure
        )
        return response


def session_token(headers: Headers) -> str:
    """The session cookie's value, empty where there is none."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _again(problem: str, status: int, back: str) -> HTMLResponse:
    return HTMLResponse(render("sign_in.html", problem=problem, back=_own(back)), status)


def _own(address: str) -> str:
    """``address`` if it is a page of ours that a reader may have had a link to, else the chat."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if plain and address.startswith(_LINKED) and len(address) < 500 else "/"
