"""Scores and comparisons as JSON objects, for other programs."""

from __future__ import annotations

from typing import Any

from evals.compare import Comparison, Difference
from evals.run.record import Given
from evals.scores import Figure, Scores


def scores_json(scores: Scores) -> dict[str, Any]:
    """Return scores as JSON, for other programs."""
    about = scores.run.about
    return {
        "run": str(scores.run.folder),
        "suite": about.suite,
        "suite_sha256": about.suite_sha256,
        "index_fingerprint": about.index_fingerprint,
        "questions": len(scores.questions),
        "complete": scores.run.complete,
        "outcomes": {kind.value: n for kind, n in scores.outcomes.items()},
        "metrics": {f.metric.name: _figure_json(f) for f in scores.figures},
        "by_category": {
            name: {f.metric.name: _figure_json(f) for f in found}
            for name, found in scores.by_category.items()
        },
        "latency_ms": scores.latency,
        "stale": about.stale,
    }


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON."""
    return {
        "a": str(comparison.a.run.folder),
        "b": str(comparison.b.run.folder),
        "verdict": comparison.verdict.value,
        "regressions": [d.metric.name for d in comparison.regressions],
        "settings": {n: list(pair) for n, pair in comparison.settings.items()},
        "differences": {d.metric.name: _difference_json(d) for d in comparison.differences},
        "by_category": {
            name: {d.metric.name: _difference_json(d) for d in found}
            for name, found in comparison.by_category.items()
        },
        "flips": [
            {
                "id": flip.after.judged.question.id,
                "better": flip.better,
                "before": flip.before.outcome.value,
                "after": flip.after.outcome.value,
                "answer_before": _answer(flip.before.judged.answer),
                "answer_after": _answer(flip.after.judged.answer),
            }
            for flip in comparison.flips
        ],
    }


def _answer(answer: Given | None) -> str | None:
    return None if answer is None else answer.text


def _figure_json(figure: Figure) -> dict[str, float | int | None]:
    found = figure.interval
    return {
        "value": found.mean,
        "low": found.low,
        "high": found.high,
        "detectable": found.detectable,
        "clusters": found.clusters,
        "scored": figure.scored,
        "unscored": figure.unscored,
    }


def _difference_json(difference: Difference) -> dict[str, float | int | bool | None]:
    found = difference.interval
    return {
        "before": difference.before,
        "after": difference.after,
        "difference": found.mean,
        "low": found.low,
        "high": found.high,
        "p": difference.p,
        "p_adjusted": difference.adjusted,
        "detectable": found.detectable,
        "scored": difference.scored,
        "moved": difference.moved,
        "worse": difference.worse,
    }
