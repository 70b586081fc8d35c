"""``assistant token``: what other programs must send to be answered."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import JsonOption, in_force
from assistant.cli.output import say, write, write_json, write_table
from index.errors import UsageError

app = typer.Typer(
    help="Make, list and remove the tokens that other programs send.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Whose token it is.")]
FileOption = Annotated[
    Path | None,
    typer.Option("--tokens", metavar="FILE", help="The file of tokens [default: the setting's]."),
]


@app.command()
def add(
    name: NameArgument,
    scope: Annotated[
        list[str] | None,
        typer.Option(
            "--scope", help="search, ask, read, metrics; repeatable [default: first three]."
        ),
    ] = None,
    tokens: FileOption = None,
) -> None:
    """Make a token and show it, this once; a token of the same name is replaced."""
    from assistant.auth.scopes import ASK, READ, SEARCH
    from assistant.auth.tokens import add_token

    path = _file(tokens)
    write(add_token(path, name, scope or [SEARCH, ASK, READ]))
    say(f"{path} holds its hash. Keep the token: it cannot be shown again.")


@app.command("list")
def list_(tokens: FileOption = None, as_json: JsonOption = False) -> None:
    """List the names of the tokens and what they allow."""
    from assistant.auth.tokens import read_tokens

    rows = [(one.name, sorted(one.scopes)) for one in read_tokens(_file(tokens))]
    if as_json:
        write_json([{"name": name, "scopes": scopes} for name, scopes in rows])
    else:
        write_table(("name", "scopes"), [(name, ", ".join(scopes)) for name, scopes in rows])


@app.command()
def remove(name: NameArgument, tokens: FileOption = None) -> None:
    """Take a token away; a running server refuses it from then on."""
    from assistant.auth.tokens import remove_token

    remove_token(_file(tokens), name)


def _file(given: Path | None) -> Path:
    path = given or in_force(None).tokens
    if path is None:
        raise UsageError("name the file of tokens: --tokens FILE, or set ASSISTANT_TOKENS")
    return path
