"""What every response carries: security headers, and a stricter copy of Gradio's own page.

The policy allows nothing from elsewhere. Two things that Gradio needs stay open on its page
and nowhere else: ``unsafe-eval``, because its HTML component builds its template as a
function, and inline styles, because its widgets set them. Gradio's own inline scripts are let
through one by one with a nonce, so a script or an event handler that came in with a letter,
a file name or a model's words does not run.
"""

from __future__ import annotations

import secrets

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_COMMON = (
    "default-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'; img-src 'self' data:"
)
_CHAT = _COMMON + "; style-src 'self' 'unsafe-inline'; script-src 'self' 'unsafe-eval' 'nonce-{}'"
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
_SAME_FOR_ALL = ("/page-files/", "/assets/", "/static/", "/svelte/", "/theme.css", "/favicon.ico")
"""What no reader's name, question or letter is in: caches may keep it."""


class SecurityHeaders:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"] == "/" and scope["method"] == "GET":
            await self._app(_uncompressed(scope), receive, _ChatPage(send))
        else:
            await self._app(scope, receive, _with_headers(scope["path"], send))


class _ChatPage:
    """Collects Gradio's page and sends it on with nonces and our language."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message = {}
        self._body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        nonce = secrets.token_urlsafe(16)
        body = tightened(self._body.decode("utf-8"), nonce).encode("utf-8")
        headers = MutableHeaders(scope=self._start)
        _tighten(headers, "/", _CHAT.format(nonce))
        headers["Content-Length"] = str(len(body))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})


def tightened(html: str, nonce: str) -> str:
    """Name the page's language and give its inline scripts the nonce."""
    html = html.replace('lang="en"', 'lang="en-GB"', 1)
    html = html.replace("<script>", f'<script nonce="{nonce}">')
    return html.replace("<script data-gradio-mode>", f'<script nonce="{nonce}">')


def _with_headers(path: str, send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            _tighten(MutableHeaders(scope=message), path, _COMMON)
        await send(message)

    return sending


def _tighten(headers: MutableHeaders, path: str, policy: str) -> None:
    headers.update({**_HEADERS, "Content-Security-Policy": policy})
    if not path.startswith(_SAME_FOR_ALL):
        headers["Cache-Control"] = "no-store"
    # Gradio would let every site read with the reader's own session.
    for name in [name for name in headers if name.startswith("access-control-")]:
        del headers[name]


def _uncompressed(scope: Scope) -> Scope:
    kept = [(k, v) for k, v in Headers(scope=scope).raw if k != b"accept-encoding"]
    return {**scope, "headers": kept}
