"""The commands of ``assistant eval``; they compose nothing and leave errors to the caller.

The command line hands in how to compose the assistant with ``with_parts``. Exit codes of
``compare``: 0 no regression, 10 regression, 11 not comparable, 12 too small to tell (only with
``--strict``).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from index.errors import NotComparable, SuiteError

if TYPE_CHECKING:
    from assistant.ports import Answerer
    from evals.held import Held
    from evals.parts import Compose, Parts
    from evals.run.folder import Run

REGRESSION, NOT_COMPARABLE, TOO_SMALL = 10, 11, 12

app = typer.Typer(help="Run suites of known answers and compare runs.", no_args_is_help=True)
studies = typer.Typer(help="Judge one part alone, on files of known answers.", no_args_is_help=True)
app.add_typer(studies, name="study")

ExcerptsArgument = Annotated[Path, typer.Argument(help="A .jsonl file of excerpts.")]

IndexOption = Annotated[Path | None, typer.Option("--index", help="Folder of the index.")]
DocumentsOption = Annotated[
    Path | None, typer.Option("--documents", help="Take the documents from this folder instead.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON on stdout.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="CSV on stdout.")]
SuiteArgument = Annotated[
    Path, typer.Argument(help="A .jsonl, .csv or .xlsx file, a folder of them, or a BEIR folder.")
]
RunArgument = Annotated[Path, typer.Argument(help="Folder of a saved run.")]


def with_parts(compose: Compose) -> typer.Typer:
    """Return the commands, with ``compose`` as the way to the assistant under evaluation."""

    @app.callback()
    def remember(context: typer.Context) -> None:
        context.obj = compose

    return app


@app.command()
def check(
    context: typer.Context,
    suite: SuiteArgument,
    index: IndexOption = None,
    documents: DocumentsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a suite line by line: its fields, and that each quote is in its document."""
    from evals.report import checked
    from evals.suite.load import check as check_suite

    loaded = check_suite(suite, held_for(context, index, documents))
    if as_json:
        write_json(checked.as_json(loaded))
    else:
        typer.echo(checked.as_text(loaded))
    if loaded.errors:
        raise SuiteError(f"{suite}: {len(loaded.errors)} faults; mend the lines named above")


@app.command()
def score(
    context: typer.Context,
    run: RunArgument,
    suite: Annotated[
        Path | None, typer.Option("--suite", help="Judge by this corrected suite instead.")
    ] = None,
    index: IndexOption = None,
    documents: DocumentsOption = None,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Score a saved run again, without asking anything again."""
    from evals.run.folder import read
    from evals.run.rejudge import with_suite

    saved = read(run)
    if suite is not None:
        saved = with_suite(saved, suite, held_for(context, index, documents))
    show_scores(saved, as_json, as_csv)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(metavar="A", help="The earlier run.")],
    after: Annotated[Path, typer.Argument(metavar="B", help="The later run.")],
    strict: Annotated[
        bool, typer.Option("--strict", help="Also fail when the suite is too small to tell.")
    ] = False,
    as_json: JsonOption = False,
    as_csv: CsvOption = False,
) -> None:
    """Say what run B does better or worse than run A, and whether it can be luck."""
    from evals.compare import Verdict
    from evals.compare import compare as compare_scores
    from evals.report import rows, terminal
    from evals.report.as_json import comparison_json
    from evals.run.folder import read
    from evals.scores import score as score_run

    try:
        found = compare_scores(score_run(read(before)), score_run(read(after)))
    except NotComparable as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(NOT_COMPARABLE) from error
    if as_json:
        write_json(comparison_json(found))
    elif as_csv:
        typer.echo(terminal.as_csv(rows.differences(found)), nl=False)
    else:
        terminal.show_comparison(found, terminal.stdout())
    if found.verdict is Verdict.REGRESSION:
        raise typer.Exit(REGRESSION)
    if strict and found.verdict is Verdict.TOO_SMALL:
        raise typer.Exit(TOO_SMALL)


@app.command()
def report(
    run: RunArgument,
    against: Annotated[
        Path | None, typer.Option("--against", help="An earlier run to compare with.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Folder to write to; the run's own by default.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Write HTML, Markdown, JUnit XML and TREC files of a saved run."""
    from evals.compare import compare as compare_scores
    from evals.report.files import write_reports
    from evals.run.folder import read
    from evals.scores import score as score_run

    scores = score_run(read(run))
    compared = compare_scores(score_run(read(against)), scores) if against else None
    written = write_reports(scores, out or run, compared)
    if as_json:
        write_json({name: str(path) for name, path in written.items()})
    else:
        typer.echo("\n".join(str(path) for path in written.values()))


@app.command()
def beir_documents(
    folder: Annotated[Path, typer.Argument(help="A BEIR folder (corpus.jsonl, …).")],
    out: Annotated[Path, typer.Argument(help="Folder for one text file a document.")],
) -> None:
    """Write a BEIR corpus as text files, to build an index from."""
    from evals.suite.beir import write_documents

    typer.echo(f"{write_documents(folder, out)} documents in {out}")


@app.command()
def from_feedback(
    feedback: Annotated[
        Path, typer.Argument(help="The page's feedback.jsonl, in the folder of ASSISTANT_KEPT.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The suite file to write (.jsonl).")],
) -> None:
    """Make draft questions of what readers said; a person then adds the gold quotes."""
    from evals.feedback import write_drafts

    count = write_drafts(feedback, out)
    typer.echo(f"{count} drafts in {out}. Add the gold quotes: 'assistant eval check' names gaps.")


@studies.command("reading")
def study_reading(
    excerpts: ExcerptsArgument,
    questions: Annotated[Path, typer.Argument(help="A .jsonl file of questions over them.")],
) -> None:
    """Say how well the reader finds the sentences of an excerpt that answer."""
    from evals.reading import study
    from index import models

    write_json(study.reading(excerpts, questions, models.trained_reader()))


@studies.command("claims")
def study_claims(
    excerpts: ExcerptsArgument,
    claims: Annotated[Path, typer.Argument(help="A .jsonl file of claims over them.")],
) -> None:
    """Say which written claims the product's checks let pass."""
    from evals.reading import study

    write_json(study.claims(excerpts, claims, study.accepted_by_product()))


@studies.command("intents")
def study_intents(
    questions: Annotated[Path, typer.Argument(help="A .jsonl file of questions and intents.")],
) -> None:
    """Say how often the reader tells rightly what a question wants."""
    from evals.reading import study
    from index import models

    write_json(study.intents(questions, models.trained_reader()))


@studies.command("flips")
def study_flips(
    context: typer.Context,
    groups: Annotated[Path, typer.Argument(help="A .jsonl file of groups of wordings.")],
    half: Annotated[str | None, typer.Option("--half", help="Only groups of this half.")] = None,
    index: IndexOption = None,
) -> None:
    """Say how many groups of one question, said several ways, all end the same."""
    from evals import flips

    answerer = composed(context, index)
    asked = [flips.ask(group, answerer) for group in flips.groups(groups, half)]
    turned = [{"id": flip.group.group_id, "ends": flip.ends} for flip in asked if flip.flips]
    write_json(flips.figures(asked) | {"flipping": turned})


@studies.command("panel")
def study_panel(
    verdicts: Annotated[Path, typer.Argument(help="A .jsonl file of verdicts on answers.")],
) -> None:
    """Sum up what readers said of answers: good, acceptable or bad."""
    from evals import panel

    write_json(panel.figures(panel.read(verdicts)))


def composed(context: typer.Context, index: Path | None) -> Answerer:
    """Compose the answerer under evaluation."""
    parts: Parts = context.find_root().obj(index)
    if parts.answerer is None:
        raise SuiteError("nothing here answers questions: there is no answerer to ask")
    return parts.answerer


def held_for(context: typer.Context, index: Path | None, documents: Path | None) -> Held:
    """Return the documents of a folder where one is named, else of the index."""
    from evals.held import from_folder, from_store

    if documents is not None:
        return from_folder(documents)
    parts = context.obj(index)
    return from_store(parts.store, parts.raw_text)


def show_scores(run: Run, as_json: bool, as_csv: bool) -> None:
    """Score a run and print it."""
    from evals.report import rows, terminal
    from evals.report.as_json import scores_json
    from evals.scores import score as score_run

    scores = score_run(run)
    if as_json:
        write_json(scores_json(scores))
    elif as_csv:
        typer.echo(terminal.as_csv(rows.figures(scores)), nl=False)
    else:
        terminal.show_scores(scores, terminal.stdout())


def write_json(data: Any) -> None:
    """Print ASCII-escaped JSON."""
    typer.echo(json.dumps(data, indent=1))


from evals import cli_run  # noqa: E402, F401  # registers ``run`` on the app above
