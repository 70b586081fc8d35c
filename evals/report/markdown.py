"""Markdown for a README, a pull request or a log; also the README's evaluation table."""

from __future__ import annotations

from collections.abc import Sequence

from evals.compare import Comparison
from evals.report import rows
from evals.report.rows import HEADLINE, Table
from evals.report.terminal import conclusion, remarks
from evals.scores import Figure, Scores


def scores_markdown(scores: Scores) -> str:
    """Return one run."""
    tables = (
        rows.figures(scores),
        rows.categories(scores),
        rows.outcomes(scores),
        rows.latency(scores),
    )
    about = scores.run.about
    head = (
        f"# {_cell(about.suite)}\n\nSuite {about.suite_sha256[:12]}, index "
        f"{_cell(about.index_fingerprint[:24])}, k = {about.k}.\n"
    )
    parts = [head, *(_table(t) for t in tables), *(f"- {_cell(r)}\n" for r in remarks(scores))]
    return "\n".join(parts)


def comparison_markdown(comparison: Comparison) -> str:
    """Return two runs."""
    tables = (
        rows.differences(comparison),
        rows.category_differences(comparison),
        rows.settings(comparison),
    )
    flips = [
        f"- {'better' if flip.better else 'worse'}: {_cell(flip.after.judged.question.id)}, "
        f"{flip.before.outcome.value} → {flip.after.outcome.value}\n"
        for flip in comparison.flips
    ]
    return "\n".join([*(_table(t) for t in tables), *flips, conclusion(comparison), ""])


def readme_table(runs: Sequence[tuple[str, Scores]]) -> str:
    """Headline figures of several runs side by side, with intervals.

    Args:
        runs: column heading and scores, in order.
    """
    lines = [
        "| metric | " + " | ".join(_cell(name) for name, _ in runs) + " |",
        "|---" * (len(runs) + 1) + "|",
    ]
    for metric in HEADLINE:
        found = [scores.figure(metric) for _, scores in runs]
        if any(found):
            cells = [_with_interval(figure) for figure in found]
            lines.append(f"| {metric} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _with_interval(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    low, high = figure.interval.low, figure.interval.high
    bounds = "" if low is None or high is None else f" ({low:.2f}–{high:.2f})"
    return f"{figure.interval.mean:.2f}{bounds}"


def _table(table: Table) -> str:
    lines = [f"## {_cell(table.title)}\n", _row(table.columns), "|---" * len(table.columns) + "|"]
    return "\n".join([*lines, *(_row(cells) for cells in table.rows)]) + "\n"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    folded = " ".join(text.split())
    return folded.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
