"""``assistant documents`` and ``assistant show``: what is held, and one document's text."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from assistant.cli.options import (
    AuthorityOption,
    CsvOption,
    FromOption,
    IndexOption,
    IssuerOption,
    JsonOption,
    KindOption,
    ToOption,
    filters_from,
    in_force,
)
from assistant.cli.output import say, write, write_csv, write_json, write_table
from assistant.question.documents import allowed, resolve
from assistant.schema import span_record
from assistant.service.open_index import open_collection, passage_counts
from index.types import Identity, Proven

_LISTS = ("inspectors", "sources")
_LEFT_OUT = ("judgements", "reported_judgements", "proof")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command()(documents)
    app.command()(show)


def documents(
    authority: AuthorityOption = None,
    kind: KindOption = None,
    issuer: IssuerOption = None,
    from_date: FromOption = None,
    to_date: ToOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """List what is held, with its identity."""
    from index.identity import identity_record

    filters = filters_from(authority, kind, issuer, from_date, to_date)
    collection = open_collection(in_force(index))
    passages = passage_counts(collection)
    held = allowed(collection.identities(), filters)
    records = [identity_record(one, passages[one.doc_id]) for one in held]
    if as_json:
        write_json(records)
    elif as_csv:
        _write_csv(records)
    else:
        columns = ("doc_id", "dated", "authority", "kind", "source")
        rows = [[record[name] for name in columns] for record in records]
        write_table(columns, [["undated" if c is None else c for c in row] for row in rows])
        say(f"{len(records)} of {len(collection.identities())} documents")
    collection.close()


def show(
    doc_id: Annotated[
        str,
        typer.Argument(
            metavar="DOC_ID", help="An id, the beginning of one that is unique, or a source."
        ),
    ],
    start: Annotated[int | None, typer.Option(min=0, help="First character, from 0.")] = None,
    end: Annotated[int | None, typer.Option(min=0, help="The character after the last.")] = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show a document's text, or a span of it."""
    collection = open_collection(in_force(index))
    document = collection.document(resolve(collection.identities(), doc_id).doc_id)
    collection.close()
    record = span_record(document, start, end)
    if as_json:
        write_json(record)
        return
    for name, proven in _correspondents(document.identity):
        say(f"{name}: {proven.value}")
    span = f"characters {record['start']} to {record['end']}"
    say(f"{record['source']} ({record['doc_id']}), {span}")
    write(record["text"])


def _correspondents(identity: Identity) -> list[tuple[str, Proven[str]]]:
    """Return who is written to, who is sent a copy and who signs, as far as the letter says."""
    found = (
        ("To", identity.addressee),
        ("Copied to", identity.copied_to),
        ("Signed", identity.signatory),
    )
    return [(name, proven) for name, proven in found if proven]


def _write_csv(records: list[dict[str, Any]]) -> None:
    """Return one row a document; lists are joined by ``; ``, each judgement is a column."""
    flat = [_flat(record) for record in records]
    columns = list(flat[0]) if flat else ["doc_id", "source"]
    write_csv(columns, [list(row.values()) for row in flat])


def _flat(record: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in record.items() if name not in _LEFT_OUT}
    joined = {name: "; ".join(kept[name]) for name in _LISTS}
    return {**kept, **joined, **record["judgements"]}
