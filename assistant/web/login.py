"""One check in front of every route: who is asking, and may they?"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.auth.accounts import Accounts
from assistant.auth.authentication import Auth
from assistant.auth.login_attempts import TooManyTriesError, Tries
from assistant.auth.sessions import LASTS_S, Sessions
from assistant.http.body_limit import BodyRefusedError, whole_body
from assistant.http.problems import problem
from assistant.web.templating import SIGN_OUT, render, rooted
from index.errors import AssistantError

COOKIE = "assistant-session"
_FORM_BYTES = 4_000
_VIEWS = ("/timeline", "/changes", "/compare", "/brief", "/count")
_LINKED = ("/letter/", "/collection", "/authority/", "/problems", "/admin", "/?", *_VIEWS)
_log = logging.getLogger(__name__)
_FOR_THE_LOGIN_PAGE = ("/page-files/tokens.css", "/page-files/reader.css", "/page-files/icon.svg")


class AuthMiddleware:
    """ASGI middleware; what lies behind it sees only requests of known people.

    Args:
        app: what lies behind it.
        auth: says who they are.
        sign_out: whether they can sign out here.
    """

    def __init__(self, app: ASGIApp, auth: Auth, sign_out: bool = False) -> None:
        self._app = app
        self._auth = auth
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
            name = self._auth.who(request)
            refusal = await self._auth.refuse(request) if name is None else None
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


class PasswordAuth:
    """Accounts of a file, a login page, and a cookie that names the session."""

    def __init__(
        self,
        accounts: Accounts,
        clock: Callable[[], float] = time.monotonic,
        tries: Tries | None = None,
    ) -> None:
        self._accounts = accounts
        self._sessions = Sessions(accounts, clock, tries)

    def who(self, request: Request) -> str | None:
        """The person whose session the cookie names; signing out ends it."""
        token = session_token(request.headers)
        name = self._sessions.name(token)
        if name is not None and request.url.path == "/sign-out":
            self._sessions.end(token)
            return None
        return name

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
            token = await self._sessions.sign_in(name, password, address)
        except TooManyTriesError:
            return _again("Too many tries. Wait a minute and try again.", 429, back)
        if token is None:
            return _again("Name and password do not belong together.", 401, back)
        return _welcome(token, _own(back), secure=request.url.scheme == "https")


def session_token(headers: Headers) -> str:
    """The session cookie's value, empty where there is none."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _welcome(token: str, back: str, secure: bool) -> Response:
    response = RedirectResponse(rooted(back), 303)
    response.set_cookie(
        COOKIE, token, max_age=LASTS_S, httponly=True, samesite="strict", secure=secure
    )
    return response


def _again(problem: str, status: int, back: str) -> HTMLResponse:
    return HTMLResponse(render("sign_in.html", problem=problem, back=_own(back)), status)


def _own(address: str) -> str:
    """``address`` if it is a page of ours that a reader may have had a link to, else the chat."""
    plain = address.isascii() and address.isprintable() and "\\" not in address
    return address if plain and address.startswith(_LINKED) and len(address) < 500 else "/"
