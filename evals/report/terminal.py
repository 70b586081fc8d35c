"""Tables for a terminal; the reader's first look at a run."""

from __future__ import annotations

import csv
import io

from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from evals.compare import Comparison
from evals.outcome import Outcome
from evals.report import rows
from evals.report.rows import Table
from evals.scores import Scores

_SHORT = 300


def stdout() -> Console:
    """Standard output; tables keep their width where it is not a terminal."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=140)


def show_scores(scores: Scores, console: Console) -> None:
    """Print everything about one run."""
    for table in (
        rows.figures(scores),
        rows.categories(scores),
        rows.outcomes(scores),
        rows.latency(scores),
    ):
        show_table(table, console)
    for line in remarks(scores):
        console.print(line, markup=False)


def show_comparison(comparison: Comparison, console: Console) -> None:
    """Print what changed, the questions that flipped last."""
    show_table(rows.settings(comparison), console)
    show_table(rows.differences(comparison), console)
    show_table(rows.category_differences(comparison), console)
    for flip in comparison.flips:
        question = flip.after.judged.question
        sign = "better" if flip.better else "worse"
        console.print(f"\n{sign}: {question.id} ({question.category})", style="bold", markup=False)
        console.print(question.question[:_SHORT], markup=False)
        for name, side in (("before", flip.before), ("after", flip.after)):
            answer = side.judged.answer
            said = f": {answer.text[:_SHORT]}" if answer else ""
            console.print(f"  {name} {side.outcome.value}{said}", markup=False)
    console.print(conclusion(comparison), markup=False)


def as_csv(table: Table) -> str:
    """Return a table as CSV with a header row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(table.rows)
    return out.getvalue()


def remarks(scores: Scores) -> list[str]:
    """Return what must be known to read the figures."""
    lines = []
    hit = scores.figure("hit@5") or scores.figure("status")
    if hit and hit.interval.detectable is not None:
        lines.append(
            f"A suite of this size shows a difference in {hit.metric.name} of about "
            f"{hit.interval.detectable:.2f} or more (intervals resample "
            f"{hit.interval.clusters} document groups)."
        )
    if not scores.run.complete:
        missing = len(scores.run.suite.questions) - len(scores.questions)
        lines.append(f"Not finished: {missing} questions have no result yet.")
    failed = [s.judged for s in scores.questions if s.outcome is Outcome.FAILED]
    if failed:
        first = failed[0].result.error or (failed[0].answer.text if failed[0].answer else "")
        lines.append(f"{len(failed)} questions failed, the first with {first}")
    lines += [f"Stale: {why}" for why in scores.run.about.stale.values()]
    return lines


def conclusion(comparison: Comparison) -> str:
    """Return the verdict in a sentence."""
    worse = ", ".join(d.metric.name for d in comparison.regressions)
    undecided = [d.metric.name for d in comparison.differences if d.metric.gate and d.undecided]
    if worse:
        return f"Regression: {worse} got worse, more than luck explains."
    if undecided:
        return (
            f"No regression shown, but the suite is too small to tell a difference of .05 in "
            f"{', '.join(undecided)}."
        )
    return "No regression."


def show_table(table: Table, console: Console) -> None:
    """Print one table; nothing where it has no rows."""
    if not table.rows:
        return
    drawn = RichTable(title=escape(table.title), title_justify="left", header_style="bold")
    for at, column in enumerate(table.columns):
        text = at == 0 or column in {"meaning", "before", "after", ""}
        drawn.add_column(escape(column), justify="left" if text else "right", no_wrap=at == 0)
    for cells in table.rows:
        drawn.add_row(*(escape(cell) for cell in cells))
    console.print(drawn)
