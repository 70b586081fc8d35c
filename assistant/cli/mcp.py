"""``assistant mcp``: the letters for language-model programs, over stdio or HTTP."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import IndexOption, in_force, listed
from assistant.cli.output import quiet, say
from assistant.cli.threads import one_thread_a_text
from index.errors import ModelUnavailable, UsageError

if TYPE_CHECKING:
    from assistant.settings import Settings


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(mcp)


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve HTTP (also /api and /v1) instead of stdio.")
    ] = False,
    host: Annotated[
        str | None, typer.Option("--host", help="With --http: address [default: 127.0.0.1].")
    ] = None,
    port: Annotated[
        int | None,
        typer.Option("--port", min=0, max=65535, help="With --http: port [default: 7860]."),
    ] = None,
    index: IndexOption = None,
) -> None:
    """Serve search, answers and documents to language-model programs (MCP)."""
    if not http and (host is not None or port is not None):
        raise UsageError("--host and --port need --http: stdio has no address")
    if not find_spec("mcp"):
        raise ModelUnavailable(
            "the MCP library is not installed: pip install 'inspection-assistant[mcp]'"
        )
    settings = in_force(index)
    one_thread_a_text()
    if http:
        chosen = {"host": host, "port": port}
        set_up = {name: value for name, value in chosen.items() if value is not None}
        _serve_http(settings.model_copy(update=set_up))
    else:
        _serve_stdio(settings)


def _serve_stdio(settings: Settings) -> None:
    with quiet():
        from assistant.compose import serving_assistant
        from assistant.mcp.server import build_server
        from assistant.service.programs import Service, program_parts

        parts = program_parts(serving_assistant(settings))
        server = build_server(Service(parts), None)
    server.run("stdio")


def _serve_http(settings: Settings) -> None:
    with quiet():
        from assistant.auth.rate_limit import RateLimit
        from assistant.auth.tokens import Tokens
        from assistant.compose import serving_assistant, warm
        from assistant.service.audit import keep_audit
        from assistant.service.programs import program_parts
        from assistant.web.app import build_programs, is_own, serve

        tokens = Tokens(settings.tokens) if settings.tokens else None
        if tokens is None and not is_own(settings.host):
            raise UsageError(
                f"--host {settings.host}: other machines could ask without a token. Make one with "
                "'assistant token add' and set ASSISTANT_TOKENS, or use --host 127.0.0.1."
            )
        keep_audit(settings.kept)
        limit = RateLimit(settings.per_minute)
        made = serving_assistant(settings)
        warm(made.extractive)
        parts = program_parts(made, limit)
        # With tokens a name that someone else points here gains them nothing.
        app = build_programs(
            parts, tokens, names=["*"] if tokens else [], proxies=listed(settings.proxies)
        )
    try:
        serve(app, settings.host, settings.port, _ready)
    except KeyboardInterrupt:
        say("stopped")


def _ready(address: str) -> None:
    print(f"MCP is at {address}mcp, the HTTP interface at {address}api/. Ctrl-C stops it.",
          flush=True)  # fmt: skip
