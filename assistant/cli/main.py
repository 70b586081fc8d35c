"""The command ``assistant``: its commands put together, and what becomes of errors.

Exit codes: 0 done (also when a question is refused), 1 an error of ours, 2 usage, 130
interrupted; ``eval compare`` and ``check-quotes`` add their own.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import typer
from typer.exceptions import TyperException

from assistant.cli import (
    account,
    ask,
    chat,
    config,
    documents,
    evaluation,
    indexing,
    inspections,
    mcp,
    quotes,
    search,
    token,
)
from assistant.cli.output import one_line
from index.errors import AssistantError, UsageError

INTERRUPTED = 130

app = typer.Typer(
    name="assistant",
    help="Ask inspection letters, and see exactly where each answer comes from.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@dataclass
class Session:
    """One run of the command: what ``main`` must know of it after a failure."""

    debug: bool = False


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(version("inspection-assistant"))
        raise typer.Exit


@app.callback()
def root(
    context: typer.Context,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show where an error arose, with its traceback.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Ask inspection letters, and see exactly where each answer comes from."""
    context.obj.debug = debug


app.add_typer(indexing.app, name="index")
app.add_typer(token.app, name="token")
app.add_typer(account.app, name="account")
documents.register(app)
inspections.register(app)
search.register(app)
ask.register(app)
chat.register(app)
mcp.register(app)
quotes.register(app)
evaluation.register(app)
config.register(app)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: without the program's name; None takes the process's own.

    Returns:
        The exit code.
    """
    session = Session()
    given = sys.argv[1:] if arguments is None else list(arguments)
    _never_fail_to_encode()
    try:
        code = _run(given, session)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has gone (``| head``): nothing is left to say to them.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _run(arguments: list[str], session: Session) -> int:
    command = typer.main.get_command(app)
    try:
        with command.make_context("assistant", arguments, obj=session) as context:
            command.invoke(context)
    except typer.Exit as stop:
        return stop.exit_code
    except TyperException as error:
        return _usage(error)
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        raise
    except AssistantError as error:
        return _failed(str(error), 2 if isinstance(error, UsageError) else 1, session)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        return _failed(f"{where}{error.strerror or error}; mend it and try again", 1, session)
    except Exception as error:  # noqa: BLE001  # the last place that can say it in one line
        said = f"{type(error).__name__}: {error}"
        return _failed(f"{said} (this is a defect; --debug shows where)", 1, session)
    return 0


def _usage(error: TyperException) -> int:
    """Say what is wrong with the command line, in one line unless it is the help itself."""
    message = error.format_message()
    context = getattr(error, "ctx", None)
    if message.startswith("Usage:"):
        print(message, file=sys.stderr)
        return error.exit_code
    path = context.command_path if context else "assistant"
    print(f"{path}: {one_line(message)} Try '{path} --help'.", file=sys.stderr)
    return error.exit_code


def _failed(message: str, code: int, session: Session) -> int:
    if session.debug:
        traceback.print_exc()
    print(f"assistant: {one_line(message)}", file=sys.stderr)
    return code


def _never_fail_to_encode() -> None:
    """Escape a character that the terminal's encoding lacks, instead of failing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
