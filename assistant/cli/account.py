"""``assistant account``: who may sign in to the web chat."""

from __future__ import annotations

import sys
from getpass import getpass
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import JsonOption, in_force
from assistant.cli.output import say, write_json, write_table
from index.errors import UsageError

app = typer.Typer(
    help="Add, list and remove the accounts that may sign in to the web chat.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Who signs in.")]
FileOption = Annotated[
    Path | None,
    typer.Option(
        "--accounts", metavar="FILE", help="The file of accounts [default: the setting's]."
    ),
]
ManageOption = Annotated[
    bool,
    typer.Option("--manage", help="The right to see /admin, the administrator's page."),
]


@app.command()
def add(name: NameArgument, accounts: FileOption = None) -> None:
    """Add an account, or give it a new password; asks for the password, or reads it from stdin."""
    from assistant.auth.accounts import add_account

    path = _file(accounts)
    add_account(path, name, _password())
    say(f"{path} holds {name} with the password's hash.")


@app.command("list")
def list_(accounts: FileOption = None, as_json: JsonOption = False) -> None:
    """List the accounts, with what each may do beyond asking."""
    from assistant.auth.accounts import ADD, MANAGE, accounts_in

    held = accounts_in(_file(accounts))
    if as_json:
        write_json([one.name for one in held])
    else:
        rows = [
            (one.name, *("yes" if right in one.rights else "no" for right in (ADD, MANAGE)))
            for one in held
        ]
        write_table(("name", "may add documents", "may see how it is used"), rows)


@app.command()
def remove(name: NameArgument, accounts: FileOption = None) -> None:
    """Take an account away; whoever uses it is signed out."""
    from assistant.auth.accounts import remove_account

    remove_account(_file(accounts), name)


@app.command()
def allow(name: NameArgument, manage: ManageOption = False, accounts: FileOption = None) -> None:
    """Let an account add documents from the page, correct and remove those; or see /admin."""
    from assistant.auth import accounts as held

    held.allow(_file(accounts), name, held.MANAGE if manage else held.ADD)


@app.command()
def forbid(name: NameArgument, manage: ManageOption = False, accounts: FileOption = None) -> None:
    """Take a right away from an account, at once: to add documents, or to see /admin."""
    from assistant.auth import accounts as held

    held.forbid(_file(accounts), name, held.MANAGE if manage else held.ADD)


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass("Password: ")
    if getpass("Again: ") != password:
        raise UsageError("the two passwords differ: nothing was changed")
    return password


def _file(given: Path | None) -> Path:
    path = given or in_force(None).accounts
    if path is None:
        raise UsageError("name the file of accounts: --accounts FILE, or set ASSISTANT_ACCOUNTS")
    return path
