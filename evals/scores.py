"""Scores a saved run: every metric on every question, then means with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.judged import Judged, judge
from evals.metrics.latency import latencies
from evals.metrics.metric import Metric
from evals.metrics.registry import ALL
from evals.outcome import Outcome, outcome
from evals.run.folder import Run
from evals.stats.bootstrap import Interval, interval
from evals.types import Question
from index.errors import SuiteError

FOLLOW_UPS = "(follow-ups)"
"""Stands among the categories for later turns of conversations, which have one of their own too."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric over some questions; ``unscored`` are those it does not apply to."""

    metric: Metric
    interval: Interval
    scored: int
    unscored: int


@dataclass(frozen=True, slots=True)
class Scored:
    """One question with its value by metric name (absent where unscored)."""

    judged: Judged
    outcome: Outcome
    values: dict[str, float]


@dataclass(frozen=True, slots=True)
class Scores:
    """A scored run.

    Attributes:
        figures: over all questions, in the order of the registry.
        by_category: category → figures; "(follow-ups)" gathers later turns.
        latency: milliseconds by what was done and percentile.
    """

    run: Run
    questions: tuple[Scored, ...]
    figures: tuple[Figure, ...]
    by_category: dict[str, tuple[Figure, ...]]
    outcomes: dict[Outcome, int]
    latency: dict[str, dict[str, float]]

    def figure(self, name: str) -> Figure | None:
        """Return the figure of one metric, None where no question was scored."""
        return next((f for f in self.figures if f.metric.name == name), None)


def score(run: Run) -> Scores:
    """Score everything that the run has results for.

    Raises:
        SuiteError: it has none.
    """
    if not run.results:
        raise SuiteError(f"{run.folder}: no results yet; run it first")
    questions = {question.id: question for question in run.suite.questions}
    scored = tuple(_scored(judge(questions[r.id], r)) for r in run.results)
    return Scores(
        run,
        scored,
        figures(scored),
        _by_category(scored),
        {kind: sum(1 for s in scored if s.outcome is kind) for kind in Outcome},
        latencies(run.timings.values()),
    )


def figures(scored: Sequence[Scored]) -> tuple[Figure, ...]:
    """Return all metrics that apply to at least one of the questions."""
    out = []
    for metric in ALL:
        having = [s for s in scored if metric.name in s.values]
        if having:
            values = [s.values[metric.name] for s in having]
            clusters = [cluster(s.judged.question) for s in having]
            found = interval(values, clusters)
            out.append(Figure(metric, found, len(having), len(scored) - len(having)))
    return tuple(out)


def cluster(question: Question) -> str:
    """Return what a question shares its luck with: its gold documents, else its conversation."""
    sources = sorted({gold.source for gold in question.gold})
    return "\n".join(sources) or question.conversation or question.id


def _scored(judged: Judged) -> Scored:
    values = {metric.name: metric.score(judged) for metric in ALL}
    return Scored(judged, outcome(judged), {n: v for n, v in values.items() if v is not None})


def _by_category(scored: tuple[Scored, ...]) -> dict[str, tuple[Figure, ...]]:
    drawers: dict[str, list[Scored]] = {}
    for one in scored:
        drawers.setdefault(one.judged.question.category, []).append(one)
        if one.judged.question.turn > 1:
            drawers.setdefault(FOLLOW_UPS, []).append(one)
    return {name: figures(drawers[name]) for name in sorted(drawers)}
