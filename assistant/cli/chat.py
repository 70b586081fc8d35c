"""``assistant chat``: builds the index if there is none, then serves the web chat."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli import indexing
from assistant.cli.options import IndexOption, in_force
from assistant.cli.output import quiet, say
from assistant.shipped import seeds_folder
from index.errors import IndexMissing

if TYPE_CHECKING:
    from assistant.compose import Assistant
    from assistant.settings import Settings
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
    index: IndexOption = None,
) -> None:
    """Serve the web chat; builds the index from the shipped documents if there is none."""
    settings = in_force(index)
    address = settings.host if host is None else host
    with quiet():
        from assistant.compose import open_assistant
        from assistant.http.service import program_parts
        from assistant.http.tokens import Tokens
        from assistant.web.app import build_app, check_host, serve

        check_host(address)
        _build_if_missing(settings)
        with _timed("opening the index and the models"):
            made = open_assistant(settings)
        with _timed("making the page"):
            parts = _parts(made)
            tokens = Tokens(settings.tokens) if settings.tokens else None
            app = build_app(parts, programs=program_parts(made, parts.limit), tokens=tokens)
    try:
        serve(app, address, settings.port if port is None else port, _ready)
    except KeyboardInterrupt:
        say("stopped")


def _build_if_missing(settings: Settings) -> None:
    from index.store import manifest

    try:
        manifest.read(settings.index)
    except IndexMissing:
        say(f"there is no index in {settings.index}: building it from the shipped documents")
        with _timed("building the index"):
            indexing.report(settings.index, settings.embedder, [seeds_folder()])


def _parts(made: Assistant) -> WebParts:
    from assistant.web.parts import WebParts
    from assistant.web.ratelimit import RateLimit

    settings = made.settings
    return WebParts(
        answerer=made.extractive,
        store=made.collection,
        llm_answerer=made.written,
        model_name=settings.model if made.written else None,
        model_place=settings.api_base if made.written else None,
        limit=RateLimit(settings.per_minute),
    )


@contextmanager
def _timed(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    say(f"{what}: {time.monotonic() - began:.1f} s")


def _ready(address: str) -> None:
    print(f"Open {address} in a browser. Ctrl-C stops it.", flush=True)
