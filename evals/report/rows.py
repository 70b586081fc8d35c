"""Scores and comparisons as plain rows of text, for terminal, Markdown, CSV and HTML alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from evals.compare import Comparison, Difference
from evals.metrics.metric import Metric
from evals.scores import FOLLOW_UPS, Figure, Scores

HEADLINE = (
    "hit@5",
    "mrr",
    "recall@5",
    "hit@500w",
    "wrong_authority",
    "status",
    "any_citation@5",
    "citation_precision",
    "fact_recall",
)


@dataclass(frozen=True, slots=True)
class Table:
    """Column names and rows of cells."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def figures(scores: Scores) -> Table:
    """Return every metric with its interval and what a suite of this size can show."""
    return Table(
        f"{scores.run.about.suite}: {len(scores.questions)} questions",
        ("metric", "value", "95 % interval", "scored", "unscored", "detectable", "meaning"),
        tuple(
            (
                f.metric.name,
                value(f.metric, f.interval.mean),
                _range(f),
                str(f.scored),
                str(f.unscored),
                value(f.metric, f.interval.detectable),
                f.metric.title,
            )
            for f in scores.figures
        ),
    )


def categories(scores: Scores) -> Table:
    """Return the headline metrics by category."""
    overall = {f.metric.name for f in scores.figures}
    names = [name for name in HEADLINE if name in overall]
    counts = Counter(s.judged.question.category for s in scores.questions)
    counts[FOLLOW_UPS] = sum(1 for s in scores.questions if s.judged.question.turn > 1)
    rows = []
    for category, found in scores.by_category.items():
        by_name = {f.metric.name: f for f in found}
        cells = [
            value(by_name[n].metric, by_name[n].interval.mean) if n in by_name else "–"
            for n in names
        ]
        rows.append((category, str(counts[category]), *cells))
    return Table("By category", ("category", "questions", *names), tuple(rows))


def outcomes(scores: Scores) -> Table:
    """Return how many questions ended how."""
    total = len(scores.questions)
    rows = tuple(
        (kind.value, str(n), f"{n / total:.0%}") for kind, n in scores.outcomes.items() if n
    )
    return Table("Outcomes", ("outcome", "questions", "share"), rows)


def latency(scores: Scores) -> Table:
    """Latency percentiles."""
    names = ("p50", "p90", "p99")
    rows = tuple(
        (done, *(f"{found[name]:.0f} ms" for name in names))
        for done, found in scores.latency.items()
    )
    return Table("Latency", ("step", *names), rows)


def differences(comparison: Comparison) -> Table:
    """Return every metric that both runs have, before and after."""
    a, b = comparison.a.run.folder.name, comparison.b.run.folder.name
    return Table(
        f"{a} → {b}: {comparison.verdict.value}",
        ("metric", a, b, "difference", "95 % interval", "p", "detectable", "scored", "moved", ""),
        tuple(_difference(d) for d in comparison.differences),
    )


def category_differences(comparison: Comparison) -> Table:
    """Return the headline metrics' differences by category."""
    known = {d.metric.name for d in comparison.differences}
    names = [name for name in HEADLINE if name in known]
    rows = []
    for category, found in comparison.by_category.items():
        by_name = {d.metric.name: d for d in found}
        cells = [_moved(by_name[n]) if n in by_name else "–" for n in names]
        rows.append((category, *cells))
    return Table("Difference by category", ("category", *names), tuple(rows))


def settings(comparison: Comparison) -> Table:
    """Return what the two runs were made with, where it differs."""
    rows = tuple((name, a, b) for name, (a, b) in comparison.settings.items())
    return Table("Settings that differ", ("setting", "before", "after"), rows)


def value(metric: Metric, number: float | None) -> str:
    """Return a figure as it is printed: shares with three decimals."""
    if number is None:
        return "–"
    if metric.share:
        return f"{number:.3f}"
    return f"{number:.4f}" if metric.name == "cost_usd" else f"{number:.0f}"


def _range(figure: Figure) -> str:
    low, high = figure.interval.low, figure.interval.high
    if low is None or high is None:
        return "–"
    return f"{value(figure.metric, low)}–{value(figure.metric, high)}"


def _difference(difference: Difference) -> tuple[str, ...]:
    metric, found = difference.metric, difference.interval
    bounds = "–"
    if found.low is not None and found.high is not None:
        bounds = f"{found.low:+.3f} to {found.high:+.3f}"
    verdict = ""
    if difference.adjusted < 0.05 and metric.better:
        verdict = "worse" if difference.worse else "better"
    elif metric.gate and difference.undecided:
        verdict = "too small to tell"
    return (
        metric.name,
        value(metric, difference.before),
        value(metric, difference.after),
        f"{found.mean:+.3f}",
        bounds,
        f"{difference.p:.4f}",
        value(metric, found.detectable),
        str(difference.scored),
        str(difference.moved),
        verdict,
    )


def _moved(difference: Difference) -> str:
    star = "*" if difference.p < 0.05 else ""
    return f"{difference.interval.mean:+.3f}{star}"
