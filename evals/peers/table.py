"""Retrievers side by side: a row a metric, a column a retriever, with 95 % intervals."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from evals.judged import Judged
from evals.metrics.metric import Metric
from evals.metrics.registry import BY_NAME
from evals.report.rows import Table
from evals.scores import Scores, cluster
from evals.stats.bootstrap import interval

FIRST = 10


def all_groups(judged: Judged) -> float | None:
    """Say whether the first ten passages hold all that a complete answer needs."""
    groups = judged.question.groups
    return float(judged.groups_in(judged.found[:FIRST]) == len(groups)) if groups else None


METRICS = (
    *(BY_NAME[name] for name in ("hit@1", "hit@5", "mrr", "recall@10")),
    Metric("all_groups@10", "every gold group in the first 10 passages", all_groups),
    BY_NAME["hit@500w"],
    BY_NAME["wrong_authority"],
)


def beside(runs: Sequence[tuple[str, Scores]], *, naming: bool = False) -> Table:
    """Return the figures of several runs of one suite.

    Args:
        runs: column heading and scores, in order.
        naming: only the questions that name one authority.
    """
    judged = [[s.judged for s in scores.questions] for _, scores in runs]
    if naming:
        judged = [[j for j in one if j.question.authority] for one in judged]
    about = runs[0][1].run.about
    rows = [(m.name, *(_cell(m, one) for one in judged), m.title) for m in METRICS]
    words = ("words", *(_words(one) for one in judged), "median words of the first 5 passages")
    return Table(
        f"{about.suite}: {len(judged[0])} questions over {len(set(about.documents.values()))} "
        f"documents, k = {about.k}",
        ("metric", *(name for name, _ in runs), "meaning"),
        (*rows, words),
    )


def _cell(metric: Metric, judged: Sequence[Judged]) -> str:
    scored = [(value, j) for j in judged if (value := metric.score(j)) is not None]
    if not scored:
        return "–"
    found = interval([value for value, _ in scored], [cluster(j.question) for _, j in scored])
    bounds = "" if found.low is None else f" ({found.low:.2f}–{found.high:.2f})"
    return f"{found.mean:.3f}{bounds}"


def _words(judged: Sequence[Judged]) -> str:
    sizes = [len(hit.text.split()) for one in judged for hit in one.result.hits[:5]]
    return f"{median(sizes):.0f}" if sizes else "–"
