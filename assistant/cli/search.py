"""``assistant search`` and ``assistant find``: passages for a question, places of a phrase."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import batch
from assistant.cli.options import (
    AuthorityOption,
    BatchOption,
    CsvOption,
    DocumentOption,
    FromOption,
    IndexOption,
    IssuerOption,
    JsonOption,
    KindOption,
    KOption,
    ToOption,
    filters_from,
    in_force,
)
from assistant.cli.output import quiet, say, write, write_csv, write_json
from assistant.question.documents import allowed, narrowed
from assistant.service.open_index import open_collection
from assistant.types import Ask
from index.errors import UsageError

if TYPE_CHECKING:
    from index.ports import Retriever
    from index.types import Identity, Results

_PLACE_COLUMNS = ("doc_id", "source", "authority", "kind", "dated", "page", "start", "end", "text")
_HIT_COLUMNS = ("rank", "score", "passage_id", *_PLACE_COLUMNS)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(search)
    app.command()(find)


def search(
    question: Annotated[
        str | None, typer.Argument(metavar="QUESTION", help="What to look for.")
    ] = None,
    k: KOption = 10,
    authority: AuthorityOption = None,
    kind: KindOption = None,
    issuer: IssuerOption = None,
    from_date: FromOption = None,
    to_date: ToOption = None,
    document: DocumentOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show what was understood and each score's parts.")
    ] = False,
    batch_file: BatchOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Find the passages that fit a question best."""
    filters = filters_from(authority, kind, issuer, from_date, to_date)
    one = only_one(question, batch_file)
    if batch_file is not None and as_csv:
        raise UsageError("--batch writes JSON lines: leave --csv out")
    with quiet():
        retriever, held = _retriever(index)
    filters = narrowed(filters, document or (), held)
    defaults = Ask(question or "", filters=filters, k=k)
    if batch_file is not None:
        batch.run(batch_file, defaults, lambda ask: _searched(retriever, ask, explain))
        return
    with quiet():
        results = retriever.search(one, k, filters)
    if as_json:
        write_json(_record(results, explain))
    elif as_csv:
        hits = _record(results, explain)["hits"]
        write_csv(_HIT_COLUMNS, [[hit[name] for name in _HIT_COLUMNS] for hit in hits])
    else:
        _write_results(results, explain)


def find(
    phrase: Annotated[
        str, typer.Argument(metavar="PHRASE", help="Words as they stand in a document.")
    ],
    authority: AuthorityOption = None,
    kind: KindOption = None,
    issuer: IssuerOption = None,
    from_date: FromOption = None,
    to_date: ToOption = None,
    document: DocumentOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Show every place that holds a phrase, of everything held."""
    from assistant.service.phrase_search import find_phrase, found_record

    filters = filters_from(authority, kind, issuer, from_date, to_date)
    collection = open_collection(in_force(index))
    held = collection.identities()
    among = allowed(held, narrowed(filters, document or (), held))
    found = find_phrase(collection, phrase, among)
    collection.close()
    record = found_record(found)
    if as_json:
        write_json(record)
    elif as_csv:
        rows = [[place[name] for name in _PLACE_COLUMNS] for place in record["places"]]
        write_csv(_PLACE_COLUMNS, rows)
    else:
        from assistant.cli import shown

        write("\n\n".join([*map(shown.place, found.places), shown.found_count(found)]))


def only_one(question: str | None, batch_file: Path | None) -> str:
    """Return the question, "" where a file of them is given instead.

    Raises:
        UsageError: neither is given, or both.
    """
    if (question is None) == (batch_file is None):
        raise UsageError("give either a QUESTION or --batch FILE")
    return question or ""


def _retriever(index: Path | None) -> tuple[Retriever, Sequence[Identity]]:
    """Return what searches, and what is held."""
    from index.compose import retriever

    collection = open_collection(in_force(index))
    return retriever(collection), collection.identities()


def _searched(retriever: Retriever, ask: Ask, explain: bool) -> dict[str, Any]:
    return _record(retriever.search(ask.question, ask.k, ask.filters), explain)


def _record(results: Results, explain: bool) -> dict[str, Any]:
    """Return the object of ``search --json``; ``--explain`` adds to it."""
    from assistant.cli.explaining import understood
    from assistant.schema import results_record

    record = results_record(results)
    if explain:
        record["understood"] = understood(results.query)
        for shown, hit in zip(record["hits"], results.hits, strict=True):
            shown["parts"] = {name: round(value, 6) for name, value in hit.parts.items()}
    return record


def _write_results(results: Results, explain: bool) -> None:
    from assistant.cli import shown
    from assistant.cli.explaining import understood

    if explain:
        write(shown.understood(understood(results.query)) + "\n")
    if said := shown.read_as(results.query):
        write(said + "\n")
    if not results.hits:
        say("nothing found: no document passes the filters, or the question has no words")
        return
    write("\n\n".join(shown.hit(hit, explain) for hit in results.hits))
