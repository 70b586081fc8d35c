"""Answer a browser whose request failed with a page of ours, whoever refused it.

Programs keep what they got: only a request that asks for HTML gets a page.
"""

from __future__ import annotations

import logging

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.auth.scopes import for_programs
from assistant.web.templating import render

_PAGES = {
    403: ("That is not allowed", "This was asked by another site, or you may not see it."),
    404: (
        "There is no such page",
        "The address may be mistyped, or what it showed is not held any more.",
    ),
    413: ("That is too large", "Nothing was taken over."),
    500: (
        "Something went wrong",
        "Nothing was lost: go back and try again. If it happens again, tell the person or team "
        "who runs this tool.",
    ),
}
_SAME = {405: 404}
_log = logging.getLogger(__name__)


class ErrorPages:
    """ASGI middleware around everything that can refuse or fail."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; what fails is logged, and said without its reason."""
        if scope["type"] != "http" or for_programs(scope["path"]):
            await self._app(scope, receive, send)
            return
        paging = _Paging(scope, receive, send)
        try:
            await self._app(scope, receive, paging)
        except Exception:
            if paging.has_begun:
                raise
            _log.exception("%s %s failed", scope["method"], scope["path"])
            await error_page(500)(scope, receive, send)


def error_page(status: int) -> HTMLResponse:
    """The page for an HTTP status."""
    heading, sentence = _PAGES[_SAME.get(status, status)]
    page = render("problem.html", heading=heading, sentence=sentence)
    return HTMLResponse(page, status_code=status)


class _Paging:
    """Passes a response on, or sends a page in its place."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._scope, self._receive, self._send = scope, receive, send
        self._wants_page = "text/html" in Headers(scope=scope).get("accept", "")
        self._replaced = False
        self.has_begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.has_begun = True
            kind = Headers(raw=message["headers"]).get("content-type", "")
            known = _SAME.get(message["status"], message["status"]) in _PAGES
            if known and self._wants_page and not kind.startswith("text/html"):
                self._replaced = True
                page = error_page(message["status"])
                await page(self._scope, self._receive, self._send)
        if not self._replaced:
            await self._send(message)
