"""The options that several commands share, and what they mean as settings and filters."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.service import filters
from assistant.service.filters import MAX_K

if TYPE_CHECKING:
    from assistant.settings import Settings

IndexOption = Annotated[
    Path | None,
    typer.Option("--index", metavar="DIR", help="The index folder [default: .assistant/index]."),
]


def _in_one_form(context: typer.Context, wanted: bool) -> bool:
    """Refuse what asks for JSON and CSV: one of them would be ignored."""
    if wanted and (context.params.get("as_json") or context.params.get("as_csv")):
        raise typer.BadParameter("give either --json or --csv")
    return wanted


JsonOption = Annotated[bool, typer.Option("--json", help="JSON on stdout.", callback=_in_one_form)]
CsvOption = Annotated[bool, typer.Option("--csv", help="CSV on stdout.", callback=_in_one_form)]
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
DocumentOption = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="DOC_ID", help="Only this document; repeatable."),
]
KOption = Annotated[int, typer.Option("--k", min=1, max=MAX_K, help="Passages to find.")]
BatchOption = Annotated[
    Path | None,
    typer.Option("--batch", metavar="FILE", help="JSON lines in (- is stdin), JSON lines out."),
]

filters_from = partial(filters.filters_from, dashes="--")
"""As ``assistant.service.filters.filters_from``; errors name the options as they were typed."""


def in_force(index: Path | None) -> Settings:
    """Return the settings, with the index folder that ``--index`` names.

    Raises:
        UsageError: a variable holds a value that cannot be.
    """
    from assistant.settings import read_settings

    settings = read_settings()
    return settings.model_copy(update={"index": index}) if index else settings


def listed(text: str) -> list[str]:
    """Return the parts of a setting that holds several, separated by commas."""
    return [part.strip() for part in text.split(",") if part.strip()]
