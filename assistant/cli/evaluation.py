"""``assistant eval``: hands the evaluation commands the assistant to evaluate, when asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assistant.cli.options import in_force
from assistant.cli.output import quiet

if TYPE_CHECKING:
    from evals.parts import Parts


def register(app: typer.Typer) -> None:
    """Add the command; its own commands are loaded when it is used."""
    app.command(
        "eval",
        add_help_option=False,
        context_settings={
            "allow_extra_args": True,
            "ignore_unknown_options": True,
            "allow_interspersed_args": False,
        },
    )(evaluate)


def evaluate(context: typer.Context) -> None:
    """Run suites of known answers and compare runs (check, run, score, compare, report)."""
    from evals.cli import with_parts

    commands = with_parts(compose)
    commands.rich_markup_mode = None
    command = typer.main.get_command(commands)
    with command.make_context("assistant eval", list(context.args)) as inner:
        command.invoke(inner)


def compose(index: Path | None) -> Parts:
    """Return the assistant over the index at a path, as the evaluation wants it."""
    from assistant.compose import open_assistant
    from evals.parts import Parts

    settings = in_force(index)
    with quiet():
        made = open_assistant(settings)
    manifest = made.collection.manifest
    return Parts(
        retriever=made.retriever,
        store=made.collection,
        answerer=made.answerer,
        settings=settings.masked() | _prompts(written=made.written is not None),
        index_fingerprint=manifest.index_fingerprint,
        raw_text=raw_text([Path(root) for root in manifest.roots]),
        local=made.written is None,
    )


def raw_text(roots: list[Path]) -> Callable[[str], str | None]:
    """Return a function from source to the file's own text, None where no root holds it."""
    from evals.held import raw_texts

    readers = [raw_texts(root if root.is_dir() else root.parent) for root in roots]

    def read(source: str) -> str | None:
        texts = (reader(source) for reader in readers)
        return next((text for text in texts if text is not None), None)

    return read


def _prompts(*, written: bool) -> dict[str, str]:
    if not written:
        return {}
    from assistant.llm import prompts

    return {"prompt_sha256": prompts.load().sha256}
