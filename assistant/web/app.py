"""Puts the web chat together from the parts it is given, and serves it."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Callable, Sequence
from pathlib import Path

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.staticfiles import StaticFiles

from assistant.auth.authentication import Auth
from assistant.auth.rate_limit import RateLimit
from assistant.auth.tokens import Tokens
from assistant.auth.trusted_proxies import Forwarded
from assistant.http.app import Beside, build_api, running_with
from assistant.http.body_limit import BodyLimit
from assistant.http.problems import invalid
from assistant.http.program_auth import ProgramAuth
from assistant.service.programs import ProgramParts
from assistant.web.add_pages import add_routes, refused
from assistant.web.admin_pages import admin_routes
from assistant.web.answer_stream import answer_routes
from assistant.web.batches import TooManyBatchesError
from assistant.web.collection_pages import collection_routes
from assistant.web.conversation_files import export_routes
from assistant.web.conversation_routes import talk_routes
from assistant.web.error_pages import ErrorPages
from assistant.web.feedback import feedback_routes
from assistant.web.letter_routes import letter_routes, not_found
from assistant.web.login import AuthMiddleware
from assistant.web.open_pages import OpenPages
from assistant.web.parts import WebParts
from assistant.web.question_routes import event_routes
from assistant.web.request_filter import RequestFilter
from assistant.web.security_headers import SecurityHeaders
from assistant.web.source_choice import choosing_routes
from assistant.web.templating import serve_below
from assistant.web.upload_request import RefusedError
from assistant.web.view_pages import view_routes
from index.errors import NotFound, UsageError

_STATIC = Path(__file__).parent / "static"
_OUR_HOSTS = ["127.0.0.1", "localhost", "[::1]"]


def build_app(
    parts: WebParts,
    auth: Auth | None = None,
    names: Sequence[str] = (),
    programs: ProgramParts | None = None,
    tokens: Tokens | None = None,
    proxies: Sequence[str] = (),
    root: str = "",
) -> FastAPI:
    """The whole web application: letters, files of the page, the chat itself, and programs.

    Args:
        parts: what the page is made of.
        auth: checks who is asking, before every route; None serves this machine only.
        names: host names that the page is reached by, beside this machine's own.
        programs: served at ``/api``, ``/v1`` and ``/mcp``; None serves people only.
        tokens: those that programs must send, None where none are set up.
        proxies: addresses of the proxies whose word on address, scheme and host counts.
        root: path below which a proxy that takes it off serves the page ("/letters").
    """
    from assistant.web.chat_page import mount_chat  # importing Gradio takes seconds

    app = build_pages(parts, auth, names, programs, tokens, proxies, root)
    pages = OpenPages()
    app.include_router(answer_routes(parts, pages))
    app.include_router(event_routes(parts, pages))
    mount_chat(app, parts)
    return app


def build_pages(
    parts: WebParts,
    auth: Auth | None = None,
    names: Sequence[str] = (),
    programs: ProgramParts | None = None,
    tokens: Tokens | None = None,
    proxies: Sequence[str] = (),
    root: str = "",
) -> FastAPI:
    """Everything but the chat: letters, the collection, the page's own files, and programs."""
    serve_below(root)
    program_auth = ProgramAuth(auth, tokens)
    api = build_api(programs, program_auth, with_page=True, root=root) if programs else None
    app = FastAPI(
        title="Inspection letters", docs_url=None, redoc_url=None, openapi_url=None,
        lifespan=running_with(api) if api else None,
    )  # fmt: skip
    app.add_exception_handler(NotFound, not_found)
    app.add_exception_handler(RequestValidationError, invalid)
    app.include_router(letter_routes(parts.store, parts.corpus))
    app.include_router(collection_routes(parts))
    if parts.administration is not None:
        app.include_router(admin_routes(parts.administration, parts.problems, RateLimit().allows))
    if parts.adding is not None:
        app.add_exception_handler(RefusedError, refused)
        app.add_exception_handler(TooManyBatchesError, refused)
        app.include_router(add_routes(parts.adding, RateLimit().allows))
    if parts.corpus is not None:
        app.include_router(view_routes(parts, parts.corpus, RateLimit().allows))
    app.include_router(choosing_routes(parts))
    app.include_router(export_routes(parts.store, RateLimit().allows))
    if parts.feedback is not None:
        app.include_router(feedback_routes(parts.feedback, parts.store, RateLimit().allows))
    if parts.conversations is not None:
        app.include_router(talk_routes(parts.conversations))
    app.mount("/page-files", StaticFiles(directory=_STATIC), name="page-files")
    app.state.has_login = auth is not None
    if api:
        app.add_middleware(Beside, api=api)
    asked_who = program_auth if auth is not None or tokens is not None else None
    _protect(app, asked_who, names, parts.sign_out, proxies)
    return app


def build_programs(
    programs: ProgramParts,
    tokens: Tokens | None = None,
    names: Sequence[str] = (),
    proxies: Sequence[str] = (),
) -> FastAPI:
    """The application for programs alone, without a page; arguments as in ``build_app``."""
    program_auth = ProgramAuth(None, tokens)
    app = build_api(programs, program_auth)
    app.state.has_login = tokens is not None
    _protect(app, program_auth if tokens is not None else None, names, proxies=proxies)
    return app


def _protect(
    app: FastAPI,
    auth: Auth | None,
    names: Sequence[str],
    sign_out: bool = False,
    proxies: Sequence[str] = (),
) -> None:
    """Put the one check for every route in front of them all."""
    app.add_middleware(BodyLimit)
    if auth is not None:
        app.add_middleware(AuthMiddleware, auth=auth, sign_out=sign_out)
    app.add_middleware(RequestFilter, names=names)
    app.add_middleware(ErrorPages)
    app.add_middleware(SecurityHeaders)
    # A page elsewhere that points its own name at this machine must not reach the chat.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=[*_OUR_HOSTS, *names])
    app.add_middleware(Forwarded, proxies=proxies)


def serve(
    app: FastAPI,
    host: str = "127.0.0.1",
    port: int = 7860,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve ``app`` until interrupted.

    Args:
        app: what ``build_app`` made.
        host: without a login, an address of this machine that no other can reach.
        port: 0 takes any free one.
        ready: is told the address once pages are served there.

    Raises:
        UsageError: ``host`` is not this machine's own, or the port is in use.
    """
    from assistant.http.connections import server  # importing uvicorn takes a while

    if not app.state.has_login:
        check_host(host)
    logging.getLogger("uvicorn.error").addFilter(_worth_telling)
    listener = _listen(host, port)

    def started() -> None:
        if ready:
            ready(address(host, listener.getsockname()[1]))

    server(app, started).run(sockets=[listener])


def _worth_telling(record: logging.LogRecord) -> bool:
    """False for what uvicorn says of pages that are still open when the server is stopped."""
    cause = record.exc_info[0] if record.exc_info else None
    stopped = cause is not None and issubclass(cause, asyncio.CancelledError)
    return not (stopped or str(record.msg).startswith("Cancel %s running task"))


def check_host(host: str) -> None:
    """Refuse any address that other machines can reach; for a chat without a login.

    Raises:
        UsageError: ``host`` is not a loopback address.
    """
    if not is_own(host):
        raise UsageError(
            f"--host {host}: other machines could read and ask without signing in. Make an "
            "account with 'assistant account add NAME' and set ASSISTANT_ACCOUNTS, or use "
            "--host 127.0.0.1."
        )


def is_own(host: str) -> bool:
    """Whether only this machine can reach ``host``."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def address(host: str, port: int) -> str:
    """The address to open in a browser."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, port), family=family)
        # Accepted sockets inherit it; asyncio sets it only on sockets that name their protocol,
        # and a short answer then waits 40 ms for an acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except (OSError, OverflowError) as error:
        raise UsageError(
            f"--port {port}: this port cannot be used ({error}). Choose another, "
            "or 0 for any free one."
        ) from error
