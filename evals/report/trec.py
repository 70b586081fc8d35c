"""TREC run and qrels files, for trec_eval and everything that reads its formats.

The judged units are gold groups, as in nDCG here: ``<question>-g<n>``. A passage that finds
nothing new stands under its own id. Scores fall by one a position, so that no tool reorders.
"""

from __future__ import annotations

from evals.judged import Judged
from evals.metrics.ndcg import ranking
from evals.scores import Scores


def run_file(scores: Scores) -> str:
    """Return ``<question> Q0 <id> <rank> <score> <tag>``, questions with gold only."""
    lines = []
    for judged in _with_gold(scores):
        names = ranking(judged)
        for rank, name in enumerate(names, start=1):
            lines.append(f"{_id(judged)} Q0 {_unit(judged, name)} {rank} {len(names) - rank} run")
    return "\n".join(lines) + "\n"


def qrels_file(scores: Scores) -> str:
    """Return ``<question> 0 <id> 1``: every gold group is relevant once."""
    lines = [
        f"{_id(judged)} 0 {_unit(judged, f'g{n}')} 1"
        for judged in _with_gold(scores)
        for n in range(len(judged.question.groups))
    ]
    return "\n".join(lines) + "\n"


def _with_gold(scores: Scores) -> list[Judged]:
    return [s.judged for s in scores.questions if s.judged.question.groups]


def _id(judged: Judged) -> str:
    return "_".join(judged.question.id.split())


def _unit(judged: Judged, name: str) -> str:
    if name.startswith("g"):
        return f"{_id(judged)}-{name}"
    hit = judged.result.hits[int(name[1:]) - 1]
    return "_".join(hit.passage_id.split())
