"""``assistant inspections``, ``timeline``, ``changes``, ``compare`` and ``brief``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli.options import (
    AuthorityOption,
    CsvOption,
    IndexOption,
    JsonOption,
    in_force,
)
from assistant.cli.output import quiet, say, wrapped, write, write_csv, write_json, write_table
from assistant.service.open_index import open_collection

if TYPE_CHECKING:
    from assistant.facts.view import View

_COLUMNS = (
    *("inspection_id", "authority", "kind", "framework", "from", "to", "when", "number"),
    *("documents", "recalled_by", "overall_effectiveness", "inspectors", "improvements"),
)
Authority = Annotated[str, typer.Argument(metavar="AUTHORITY", help="By any usual name.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    for command in (inspections, timeline, changes, compare, brief):
        app.command()(command)


def inspections(
    authority: AuthorityOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List the inspections and visits that the documents tell of or recall."""
    from assistant.facts.edges import inspection_list

    collection = open_collection(in_force(index))
    records = inspection_list(collection, authority or ())
    rows = [[_flat(record, column) for column in _COLUMNS] for record in records]
    if as_json:
        write_json(records)
    elif as_csv:
        write_csv(_COLUMNS, rows)
    else:
        shown = ("inspection_id", "when", "overall_effectiveness", "documents", "recalled_by")
        at = [_COLUMNS.index(column) for column in shown]
        write_table(shown, [[row[n] for n in at] for row in rows])
        say(f"{len(records)} inspections and visits are known; there may have been others")
    collection.close()


def timeline(
    authority: Authority,
    index: IndexOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show an authority's inspections in order, with grades and points for improvement."""
    _show("timeline", {"authority": authority}, index, as_json, as_csv)


def changes(
    authority: Authority,
    from_id: Annotated[
        str | None, typer.Option("--from", metavar="ID", help="The earlier inspection.")
    ] = None,
    to_id: Annotated[
        str | None, typer.Option("--to", metavar="ID", help="The later inspection.")
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show what changed between two full inspections: grades and points for improvement."""
    wanted = {"authority": authority, "from_id": from_id, "to_id": to_id}
    _show("changes", wanted, index, as_json, as_csv)


def compare(
    authorities: Annotated[
        list[str], typer.Argument(metavar="AUTHORITY ...", help="Two to twelve.")
    ],
    topic: Annotated[
        str | None, typer.Option("--topic", metavar="T", help="What each letter says of this.")
    ] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show authorities side by side: grades, points, and what each letter says of a topic."""
    _show("compare", {"authorities": authorities, "topic": topic}, index, as_json, as_csv)


def brief(
    name: Annotated[str, typer.Argument(metavar="AUTHORITY | DOC_ID", help="Whose, or which.")],
    index: IndexOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show one page: what was looked at, headline, points to improve, strengths and grades."""
    _show("brief", {"name": name}, index, as_json, as_csv)


def _show(kind: str, wanted: dict[str, Any], index: Any, as_json: bool, as_csv: bool) -> None:
    from assistant.facts.edges import open_corpus, view_of

    collection = open_collection(in_force(index))
    with quiet():
        view = view_of(kind, open_corpus(collection), **wanted)
    if as_json:
        write_json(view.record())
    elif as_csv:
        for n, table in enumerate(view.tables):
            if n:
                write("")  # a table of other columns begins
            write_csv(table.columns, [[cell.text for cell in row] for row in table.rows])
    else:
        _print(view)
    collection.close()


def _print(view: View) -> None:
    """Print what is said, tables where there are any that say more, and the sources."""
    from assistant.rendering.references import label

    write(view.title)
    if view.wide:
        for table in view.wide:
            write(f"\n{table.title}\n")
            write_table(
                table.columns,
                [[cell.text + _markers(cell.citations) for cell in row] for row in table.rows],
            )
    else:
        group = None
        for one in view.draft.sentences:
            if one.group != group and one.group:
                write(f"\n{one.group}")
            group = one.group
            write(wrapped(one.text + _markers(one.citations), "- ", "  "))
    for note in view.notes:
        write("\n" + wrapped(note))
    write("")
    for doc_id in dict.fromkeys(one.identity.doc_id for one in view.draft.citations):
        cited = [one for one in view.draft.citations if one.identity.doc_id == doc_id]
        markers = _markers(tuple(one.number for one in cited)).strip()
        write(
            wrapped(f"{markers} {label(cited[0].identity)}; {cited[0].identity.source}", "", "  ")
        )


def _markers(numbers: tuple[int, ...]) -> str:
    return " " + "".join(f"[{number}]" for number in numbers) if numbers else ""


def _flat(record: dict[str, Any], column: str) -> Any:
    """Return one value of a record as one cell of a table."""
    if column == "overall_effectiveness":
        grade = record["judgements"].get(column)
        return f"{grade['grade']}{_how(grade)}" if grade else None
    value = record[column]
    if column == "recalled_by":
        return len(value)
    if column == "improvements":
        return len(value)
    return "; ".join(value) if isinstance(value, list) else value


def _how(grade: dict[str, Any]) -> str:
    """Return the mark behind a grade that its own report does not print."""
    from assistant.rendering.wording import BY_HAND

    if grade["by_hand"]:
        return f" ({BY_HAND})"
    return " (recalled)" if grade["recalled"] else ""
