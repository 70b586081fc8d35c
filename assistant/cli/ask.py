"""``assistant ask``: answers with their citations."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.cli import batch
from assistant.cli.history import read_history
from assistant.cli.options import (
    AuthorityOption,
    BatchOption,
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
from assistant.cli.output import quiet, write, write_json
from assistant.cli.search import only_one
from assistant.question.documents import narrowed
from assistant.types import Ask

if TYPE_CHECKING:
    from assistant.compose import Assistant
    from assistant.ports import Answerer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command()(ask)


def ask(
    question: Annotated[
        str | None, typer.Argument(metavar="QUESTION", help="A question about the letters.")
    ] = None,
    k: KOption = 10,
    authority: AuthorityOption = None,
    kind: KindOption = None,
    issuer: IssuerOption = None,
    from_date: FromOption = None,
    to_date: ToOption = None,
    document: DocumentOption = None,
    history: Annotated[
        Path | None,
        typer.Option("--history", metavar="FILE", help="Earlier turns: a JSON list or JSON lines."),
    ] = None,
    batch_file: BatchOption = None,
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Answer a question from the letters, every sentence tied to its place."""
    filters = filters_from(authority, kind, issuer, from_date, to_date)
    one = only_one(question, batch_file)
    turns = read_history(history) if history else ()
    with quiet():
        made = _assistant(index)
    answerer = made.answerer
    filters = narrowed(filters, document or (), made.collection.identities())
    asked = Ask(one, turns, filters, k)
    if batch_file is not None:
        batch.run(batch_file, asked, lambda line: _answered(answerer, line))
    else:
        _write_answer(answerer, asked, as_json)


def _write_answer(answerer: Answerer, asked: Ask, as_json: bool) -> None:
    with quiet():
        answer = answerer.answer(asked)
    if as_json:
        from assistant.schema import answer_record

        write_json(answer_record(answer))
    else:
        from assistant.cli import shown

        write(shown.answer(answer))


def _assistant(index: Path | None) -> Assistant:
    from assistant.compose import open_assistant

    return open_assistant(in_force(index))


def _answered(answerer: Answerer, ask: Ask) -> dict[str, Any]:
    from assistant.schema import answer_record

    return answer_record(answerer.answer(ask))
