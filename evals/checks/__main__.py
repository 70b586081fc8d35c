"""``python -m evals.checks RUN_OR_SUITE [--index DIR]``: counts what no answer may do.

Exit 0 when nothing was found, 10 when something was.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from evals.checks import pairs, quotations, speakers
from evals.checks.seen import Finding, Seen, Shelf, seen_of
from evals.run.folder import Run, read
from index.ports import PassageStore

FOUND = 10
CHECKS: tuple[Callable[[Seen], Iterator[Finding]], ...] = (
    quotations.inexact,
    pairs.unturned,
    pairs.unpointed,
    speakers.second_hand,
    speakers.recalled,
    quotations.joined,
    quotations.furniture,
    quotations.repeated,
)
NAMES = (
    "inexact",
    "unturned",
    f"unturned{pairs.ACROSS}",
    "unpointed",
    f"unpointed{pairs.ACROSS}",
    "second hand",
    "recalled",
    "joined",
    "furniture",
    "repeated",
)
"""What is counted, in the order shown."""


def findings(run: Run, store: PassageStore) -> list[Finding]:
    """Return everything found in a run, in its order."""
    shelf = Shelf(store)
    asked = {question.id: question for question in run.suite.questions}
    seen = (seen_of(asked[result.id], result, shelf) for result in run.results)
    return [found for one in seen if one for check in CHECKS for found in check(one)]


def main(
    place: Annotated[Path, typer.Argument(metavar="RUN_OR_SUITE", help="A saved run, or a suite.")],
    index: Annotated[Path | None, typer.Option(help="The index folder of the run.")] = None,
    shown: Annotated[int, typer.Option(min=0, help="Examples shown of each kind.")] = 5,
) -> None:
    """Count what no answer may do, with examples."""
    from assistant.cli.evaluation import compose
    from evals.run.generate import Options, generate

    parts = compose(index)
    if place.is_dir():
        run = read(place)
    else:
        with tempfile.TemporaryDirectory() as folder:
            run = generate(place, parts, Path(folder) / "run", Options())
    found = findings(run, parts.store)
    typer.echo(f"{run.suite.name}: {len(run.results)} questions")
    for line in report(found, shown):
        typer.echo(line)
    raise typer.Exit(FOUND if found else 0)


def report(found: Iterable[Finding], shown: int) -> Iterator[str]:
    """Yield a count a kind, each with its first examples."""
    listed = list(found)
    many = Counter(finding.check for finding in listed)
    for check in NAMES:
        yield f"{many[check]:5}  {check}"
        for one in [finding for finding in listed if finding.check == check][:shown]:
            yield f"         {one.question_id} “{one.question}”"
            yield f"           “{one.words[:300]}”"
            yield f"           {one.why[:300]}"


if __name__ == "__main__":
    typer.run(main)
