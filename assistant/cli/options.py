"""The options that several commands share, and what they mean as settings and filters."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import UsageError
from index.index import make_filters
from index.types import Filters

if TYPE_CHECKING:
    from assistant.settings import Settings

MAX_K = 100

IndexOption = Annotated[
    Path | None,
    typer.Option("--index", metavar="DIR", help="The index folder [default: .assistant/index]."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON on stdout.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="CSV on stdout.")]
AuthorityOption = Annotated[
    list[str] | None,
    typer.Option("--authority", metavar="A", help="Only this local authority; repeatable."),
]
KindOption = Annotated[
    list[str] | None,
    typer.Option("--kind", metavar="K", help="Only this kind of document; repeatable."),
]
IssuerOption = Annotated[
    list[str] | None,
    typer.Option("--issuer", metavar="I", help="ofsted, council, press or other; repeatable."),
]
FromOption = Annotated[
    str | None,
    typer.Option("--from", metavar="DATE", help="Visited or published on this day or later."),
]
ToOption = Annotated[
    str | None,
    typer.Option("--to", metavar="DATE", help="Visited or published on this day or earlier."),
]
KOption = Annotated[int, typer.Option("--k", min=1, max=MAX_K, help="Passages to find.")]
BatchOption = Annotated[
    Path | None,
    typer.Option("--batch", metavar="FILE", help="JSON lines in (- is stdin), JSON lines out."),
]

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def in_force(index: Path | None) -> Settings:
    """The settings, with the index folder that ``--index`` names.

    Raises:
        UsageError: a variable holds a value that cannot be.
    """
    from assistant.settings import read_settings

    settings = read_settings()
    return settings.model_copy(update={"index": index}) if index else settings


def filters_from(
    authorities: Sequence[str] | None,
    kinds: Sequence[str] | None,
    issuers: Sequence[str] | None,
    from_date: str | None,
    to_date: str | None,
) -> Filters:
    """Filters from what a person typed.

    Raises:
        UsageError: a value is unknown, or a date is none; names it.
    """
    start = parse_date(from_date, "--from") if from_date is not None else None
    end = parse_date(to_date, "--to", last=True) if to_date is not None else None
    if start and end and start > end:
        raise UsageError(f"--from {from_date} is later than --to {to_date}: nothing can match")
    named = authorities or kinds or issuers
    chosen = make_filters(authorities or (), kinds or (), issuers or ()) if named else Filters()
    return replace(chosen, from_date=start, to_date=end)


def parse_date(text: str, name: str, last: bool = False) -> date:
    """A day; a year or a month alone is its first day, or its last.

    Raises:
        UsageError: ``text`` is no date.
    """
    match = _DATE.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year = int(match[1])
        month = int(match[2] or (12 if last else 1))
        if match[3]:
            return date(year, month, int(match[3]))
        return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    except ValueError:
        raise UsageError(
            f"{name} {text!r} is no date: write it like 2021-12-31, 2021-12 or 2021"
        ) from None
