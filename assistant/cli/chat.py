"""``assistant chat``: builds the index if there is none, then serves the web chat."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import indexing
from assistant.cli.options import IndexOption, in_force, listed
from assistant.cli.output import quiet, say
from assistant.cli.threads import one_thread_a_text
from index.errors import AssistantError, IndexMissing, UsageError

if TYPE_CHECKING:
    from assistant.auth.authentication import Auth
    from assistant.compose import Assistant
    from assistant.ports import Answerer
    from assistant.service.audit import Audit
    from assistant.service.index_writer import IndexWriter
    from assistant.service.programs import ProgramParts
    from assistant.service.watched_folder import WatchedFolder
    from assistant.settings import Settings
    from assistant.web.admin import Administration
    from assistant.web.batches import Adding
    from assistant.web.parts import WebParts


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(chat)


def chat(
    host: Annotated[
        str | None, typer.Option("--host", help="Address to listen on [default: 127.0.0.1].")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help="Port, 0 for any [default: 7860]."),
    ] = None,
    watch: Annotated[
        Path | None,
        typer.Option(
            "--watch",
            metavar="FOLDER",
            help="Follow a folder meanwhile: its documents are added, updated and removed.",
        ),
    ] = None,
    index: IndexOption = None,
) -> None:
    """Serve the web chat; builds the index if there is none, from the folder that is followed or
    the shipped documents.
    """
    settings = in_force(index)
    address = settings.host if host is None else host
    one_thread_a_text()
    with quiet():
        from assistant.auth.tokens import Tokens
        from assistant.compose import serving_assistant
        from assistant.service.audit import keep_audit
        from assistant.service.index_writer import index_writer
        from assistant.service.watched_folder import check_folder, watched_folder
        from assistant.web.app import build_app, check_host, serve

        auth = _auth(settings)
        if auth is None:
            check_host(address)
        folder = check_folder(watch) if watch else None
        _build_if_missing(settings, folder)
        keep_audit(settings.kept)
        with _timed("opening the index and the models"):
            made = serving_assistant(settings)
            writer = index_writer(settings, made)
            watched = watched_folder(folder, settings, writer, say) if folder else None
            parts, programs = _parts(settings, auth, made, writer)
        with _timed("making the page"):
            tokens = Tokens(settings.tokens) if settings.tokens else None
            names = listed(settings.names) or (["*"] if auth else [])
            proxies = listed(settings.proxies)
            root = settings.root_path
            app = build_app(parts, auth, names, programs, tokens, proxies, root)
    stopped = Event()
    with suppress(KeyboardInterrupt):
        port = settings.port if port is None else port
        serve(app, address, port, partial(_ready, parts.answerer, watched, stopped))
    stopped.set()
    say("stopped")


def _build_if_missing(settings: Settings, watched: Path | None) -> None:
    from assistant.settings import seeds_folder
    from index.store import manifest

    if settings.store == "milvus":
        return  # others read it too: it is built on purpose
    try:
        manifest.read(settings.index)
    except IndexMissing:
        what = watched or "the shipped documents"
        say(f"there is no index in {settings.index}: building it from {what}")
        with _timed("building the index"):
            indexing.report(settings, [watched or seeds_folder()])


def _auth(settings: Settings) -> Auth | None:
    """Return the login that the settings ask for, None for none.

    Raises:
        UsageError: it is set up by halves.
    """
    from assistant.auth.accounts import Accounts, accounts_in
    from assistant.auth.authentication import ProxyAuth
    from assistant.web.login import PasswordAuth

    if settings.accounts is not None and settings.proxy_header:
        raise UsageError("set ASSISTANT_ACCOUNTS or ASSISTANT_PROXY_HEADER, not both")
    if settings.accounts is not None:
        if not accounts_in(settings.accounts):
            raise UsageError(
                f"{settings.accounts} holds no account: add one with 'assistant account add NAME'"
            )
        return PasswordAuth(Accounts(settings.accounts))
    if not settings.proxy_header:
        return None
    proxies = listed(settings.proxies)
    if not proxies:
        raise UsageError("ASSISTANT_PROXY_HEADER needs ASSISTANT_PROXIES: the proxy's address")
    return ProxyAuth(settings.proxy_header, frozenset(proxies))


def _parts(
    settings: Settings, auth: Auth | None, made: Assistant, writer: IndexWriter
) -> tuple[WebParts, ProgramParts]:
    from assistant.auth.rate_limit import RateLimit
    from assistant.facts.edges import open_corpus
    from assistant.service.audit import Audit
    from assistant.service.programs import program_parts
    from assistant.web.conversations import Conversations
    from assistant.web.feedback import NAME, Feedback
    from assistant.web.login import PasswordAuth
    from assistant.web.parts import WebParts

    audit, limit = Audit(settings.audit_text), RateLimit(settings.per_minute)
    kept_here = auth is not None and settings.keep_days > 0
    database = settings.kept / "conversations.sqlite"
    parts = WebParts(
        answerer=made.extractive,
        store=made.collection,
        llm_answerer=made.written,
        model_name=settings.model if made.written else None,
        model_place=settings.api_base if made.written else None,
        limit=limit,
        turns=made.turns,
        conversations=Conversations(database, settings.keep_days) if kept_here else None,
        keep_days=settings.keep_days,
        sign_out=isinstance(auth, PasswordAuth),
        feedback=Feedback(settings.kept / NAME),
        problems=lambda: made.collection.manifest.problems,
        audit=audit,
        corpus=lambda: open_corpus(made.collection),
        count=made.count,
        adding=_adding(settings, writer, auth, audit),
        administration=_administration(settings, made, auth),
    )
    return parts, program_parts(made, limit)


def _adding(
    settings: Settings, writer: IndexWriter, auth: Auth | None, audit: Audit
) -> Adding | None:
    """Return what adds documents from the page: all may on one's own machine, else accounts that
    were allowed to; a proxy's people have no account here.
    """
    from assistant.auth.accounts import ADD
    from assistant.web.batches import open_adding
    from assistant.web.login import PasswordAuth

    if auth is None:
        return open_adding(settings, writer, None, audit)
    if not isinstance(auth, PasswordAuth):
        return None
    return open_adding(settings, writer, partial(auth.may, right=ADD), audit)


def _administration(
    settings: Settings, made: Assistant, auth: Auth | None
) -> Administration | None:
    """Return what an administrator may see: all may on one's own machine, as in ``_adding``."""
    from assistant.auth.accounts import MANAGE
    from assistant.web.admin import open_administration
    from assistant.web.login import PasswordAuth
    from evals.feedback import drafts

    if auth is None:
        return open_administration(settings, made, None, drafts)
    if not isinstance(auth, PasswordAuth):
        return None
    return open_administration(settings, made, partial(auth.may, right=MANAGE), drafts)


@contextmanager
def _timed(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - began:.1f} s")


def _ready(answerer: Answerer, watched: WatchedFolder | None, stopped: Event, address: str) -> None:
    """Say so; what the first question needs is loaded while the reader's browser opens the page."""
    print(f"Open {address} in a browser. Ctrl-C stops it.", flush=True)
    if watched:  # it ends with the server: the index is whole at any moment
        Thread(target=watched.follow, name="watching", daemon=True).start()
    Thread(target=_warm, args=(answerer, stopped), name="warming").start()


def _warm(answerer: Answerer, stopped: Event) -> None:
    from assistant.compose import warm

    try:
        warm(answerer)
    except AssistantError as error:
        say(str(error))
    except RuntimeError:
        if not stopped.is_set():  # else its pools were stopped with the server
            raise
