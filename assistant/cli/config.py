"""``assistant config``: the settings in force."""

from __future__ import annotations

import typer

from assistant.cli.options import CsvOption, IndexOption, JsonOption, in_force
from assistant.cli.output import write_csv, write_json, write_table


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(config)


def config(
    index: IndexOption = None, as_json: JsonOption = False, as_csv: CsvOption = False
) -> None:
    """Show the settings in force, secrets masked."""
    settings = in_force(index)
    values = settings.masked()
    if as_json:
        write_json(values)
        return
    fields = type(settings).model_fields
    rows = [
        (f"ASSISTANT_{name.upper()}", value, fields[name].description)
        for name, value in values.items()
    ]
    (write_csv if as_csv else write_table)(("setting", "value", "what it is"), rows)
