"""The command ``assistant eval run``: asks a suite, alone or beside the plain baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from evals.cli import (
    CsvOption,
    DocumentsOption,
    IndexOption,
    JsonOption,
    SuiteArgument,
    app,
    show_scores,
)
from index.errors import SuiteError, UsageError

if TYPE_CHECKING:
    from evals.parts import Parts
    from evals.run.folder import Run
    from evals.run.generate import Options

RUNS = Path(".assistant/runs")
NETWORK_WORKERS = 4

_BASELINE = Annotated[
    bool, typer.Option("--baseline", help="Run the plain baseline instead of the assistant.")
]
_BESIDE = Annotated[
    bool, typer.Option("--beside-baseline", help="Run both and print them side by side.")
]
_FLOOR = Annotated[
    list[str] | None,
    typer.Option("--floor", help="METRIC=VALUE: fail when the metric is worse; repeatable."),
]


@app.command()
def run(
    context: typer.Context,
    suite: SuiteArgument,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder of the run; one begun there goes on.")
    ] = None,
    index: IndexOption = None,
    documents: DocumentsOption = None,
    baseline: _BASELINE = False,
    beside_baseline: _BESIDE = False,
    retrieval_only: Annotated[bool, typer.Option(help="Search, do not answer.")] = False,
    k: Annotated[int, typer.Option(min=1, help="Passages to search for.")] = 20,
    category: Annotated[list[str] | None, typer.Option(help="Only these; repeatable.")] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many, spread evenly.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Asked at once: 1, or 4 over a network.")
    ] = None,
    per_minute: Annotated[float | None, typer.Option(min=0.01, help="At most so many.")] = None,
    max_cost: Annotated[float | None, typer.Option(min=0, help="Stop after so many USD.")] = None,
    floor: _FLOOR = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Ask every question of a suite and keep what comes back."""
    from evals.run.generate import Options
    from evals.run.limits import Limits

    floors = [_parsed(text) for text in floor or ()]
    target = out or RUNS / f"{suite.stem}-{datetime.now():%Y%m%d-%H%M%S}"
    ours, plain = _parts(context, index, documents, baseline, beside_baseline)
    if retrieval_only and ours is not None:
        ours = replace(ours, answerer=None)
    distant = ours is not None and not ours.local
    limits = Limits(workers or (NETWORK_WORKERS if distant else 1), per_minute, max_cost)
    options = Options(k, tuple(category or ()), limit, limits)
    places = ((plain, target / "baseline" if ours else target), (ours, target))
    runs = [_asked(suite, parts, place, options) for parts, place in places if parts is not None]
    _show(runs, as_json, as_csv)
    typer.echo(f"saved in {target}", err=True)
    _hold(runs[-1], floors)


def _show(runs: Sequence[Run], as_json: bool, as_csv: bool) -> None:
    if len(runs) > 1 and not as_json and not as_csv:
        _show_beside(*runs)
    else:
        show_scores(runs[-1], as_json, as_csv)


def _parts(
    context: typer.Context, index: Path | None, documents: Path | None, alone: bool, beside: bool
) -> tuple[Parts | None, Parts | None]:
    """Return the assistant and the baseline, each None where it is not to be run."""
    if documents is not None and not alone:
        raise UsageError("--documents goes with --baseline: the assistant answers from its index")
    if not alone and not beside:
        return context.obj(index), None
    from evals.baseline import baseline_of_folder, baseline_over

    if documents is not None:
        return None, baseline_of_folder(documents)
    ours = context.obj(index)
    return (None if alone else ours), baseline_over(ours)


def _asked(suite: Path, parts: Parts, target: Path, options: Options) -> Run:
    """Run with a progress bar on stderr; an interruption keeps what is done."""
    from rich.console import Console
    from rich.progress import Progress

    from evals.run.generate import generate

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"asking {suite.name}", total=None)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        try:
            return generate(suite, parts, target, options, show)
        except KeyboardInterrupt as error:
            raise SuiteError(
                f"interrupted; what is done is kept: go on with --out {target}"
            ) from error


def _show_beside(plain: Run, ours: Run) -> None:
    from evals.compare import compare
    from evals.report import rows, terminal
    from evals.scores import score

    console = terminal.stdout()
    scores = score(ours)
    terminal.show_scores(scores, console)
    found = compare(score(plain), scores)
    terminal.show_table(replace(rows.differences(found), title="Beside the baseline"), console)


def _parsed(text: str) -> tuple[str, float]:
    from evals.metrics.registry import BY_NAME

    name, _, value = text.partition("=")
    try:
        number = float(value)
    except ValueError as error:
        raise UsageError(f"--floor {text}: write METRIC=VALUE, such as hit@5=0.7") from error
    if name not in BY_NAME:
        raise UsageError(f"--floor {text}: no such metric; there are {', '.join(BY_NAME)}")
    return name, number


def _hold(run: Run, floors: list[tuple[str, float]]) -> None:
    """Exit 1 when a floor is not reached; where lower is better it is a ceiling."""
    if not floors:
        return
    from evals.scores import score

    scores, missed = score(run), []
    for name, wanted in floors:
        figure = scores.figure(name)
        if figure is None:
            missed.append(f"{name} was not scored")
        elif (figure.interval.mean - wanted) * (-1 if figure.metric.better == "lower" else 1) < 0:
            missed.append(f"{name} is {figure.interval.mean:.3f}, the floor {wanted:.3f}")
    if missed:
        typer.echo("below the floor: " + "; ".join(missed), err=True)
        raise typer.Exit(1)
