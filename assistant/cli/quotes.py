"""``assistant check-quotes``: re-checks saved answers against the documents."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from assistant.cli.options import IndexOption, JsonOption, in_force
from assistant.cli.output import write, write_json, write_table
from index.errors import UsageError

FAILED = 10
_SHOWN = 60


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check-quotes")(check_quotes)


def check_quotes(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What ask --json or ask --batch wrote.")
    ],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check that every quote of a saved answer is exact; exit 10 where one is not."""
    from assistant.checking import Checked, check, saved_answers
    from index.store.collection import Collection

    answers = saved_answers(_read(file))
    collection = Collection(in_force(index).index)
    checked = check(answers, collection)
    collection.close()
    bad = [one for one in checked if not one.verdict.good]
    if as_json:
        quotes = [asdict(one) for one in checked]
        write_json({"answers": len(answers), "failed": len(bad), "quotes": quotes})
    else:
        moved = [one for one in checked if one.verdict.good and one.verdict.value != "in place"]

        def row(one: Checked) -> tuple[object, ...]:
            return one.answer, one.number, one.verdict.value, one.source, one.quote[:_SHOWN]

        if bad or moved:
            columns = ("answer", "no.", "verdict", "source", "quote")
            write_table(columns, [row(one) for one in (*bad, *moved)])
        write(
            f"{len(checked)} quotes in {len(answers)} answers: "
            f"{len(checked) - len(bad) - len(moved)} in place, {len(moved)} elsewhere in the same "
            f"document, {len(bad)} failed."
        )
    if bad:
        raise typer.Exit(FAILED)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{file} cannot be read as text: {error}") from error
