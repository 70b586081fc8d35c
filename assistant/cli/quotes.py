"""``assistant check-quotes``: re-checks saved answers against the documents."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.cli.options import IndexOption, JsonOption, in_force
from assistant.cli.output import wrapped, write, write_json, write_table
from assistant.service.open_index import open_collection
from index.errors import UsageError

if TYPE_CHECKING:
    from assistant.checking import Checked

FAILED = 10
_SHOWN = 80


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check-quotes")(check_quotes)


def check_quotes(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="A saved answer: what ask --json or ask --batch wrote, or a page saved as "
            "Markdown or Word.",
        ),
    ],
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check that every quote of a saved answer is exact; exit 10 where one is not."""
    from assistant.checking import judge, read

    saved = read(_bytes(file))
    collection = open_collection(in_force(index))
    checked = judge(saved.claims, collection)
    collection.close()
    bad = [one for one in checked if not one.verdict.good]
    if as_json:
        quotes = [asdict(one) for one in checked]
        write_json({"answers": saved.answers, "failed": len(bad), "quotes": quotes})
    else:
        _show(checked, saved.answers)
    if bad:
        raise typer.Exit(FAILED)


def _show(checked: list[Checked], answers: int) -> None:
    """What is not in its place as a table, then each failed sentence in full with the reason."""
    from assistant.checking import Verdict

    odd = [one for one in checked if one.verdict is not Verdict.IN_PLACE]
    odd.sort(key=lambda one: one.verdict.good)
    if odd:
        columns = ("answer", "no.", "verdict", "source", "quote")
        write_table(columns, [_row(one) for one in odd])
    for one in odd:
        if one.why:
            where = f"Answer {one.answer}" + (f", [{one.number}]" if one.number else "")
            write("\n" + wrapped(f"{where}: {one.verdict.value}; {one.why}."))
            write(wrapped(f"“{one.quote}”", "  "))
    many = Counter(one.verdict for one in checked)
    good = [f"{many[v]} {v.value}" for v in (Verdict.IN_PLACE, Verdict.ELSEWHERE)]
    if many[Verdict.UNPLACED]:
        good.append(f"{many[Verdict.UNPLACED]} {Verdict.UNPLACED.value}")
    bad = sum(not one.verdict.good for one in checked)
    gap = "\n" if odd else ""
    write(f"{gap}{len(checked)} quotes in {answers} answers: {', '.join(good)}, {bad} failed.")


def _row(one: Checked) -> tuple[object, ...]:
    words = " ".join(one.quote.split())
    short = words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"
    return one.answer, one.number, one.verdict.value, one.source, short


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error}") from error
