"""Turn a reader's scores into figures: first right, reciprocal rank, areas under the curve."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.reading.data import Claim


@dataclass(frozen=True)
class ReadQuestion:
    """A question that was read.

    Attributes:
        sentences: float, shape (n,): a score a sentence, higher is better.
        passage: score of the whole excerpt.
        answers: indexes of the sentences that answer.
    """

    sentences: NDArray[np.float32]
    passage: float
    answers: frozenset[int]
    kind: str


def auc(scores: Sequence[float], positive: Sequence[bool]) -> float:
    """Return the area under the ROC curve, ties counted half; nan where one class is empty.

    Source: the rank-sum form (Hanley and McNeil 1982).
    """
    values, mask = np.asarray(scores, dtype=float), np.asarray(positive, dtype=bool)
    ones, zeros = int(mask.sum()), int((~mask).sum())
    if not ones or not zeros:
        return float("nan")
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[mask].sum() - ones * (ones + 1) / 2) / (ones * zeros))


def reading_figures(rows: Sequence[ReadQuestion]) -> dict[str, object]:
    """Return ``first``, ``mrr``, ``sentence_auc``, ``answerable_auc`` and ``questions``.

    ``first`` and ``mrr`` are over the questions that are answered, ``answerable_auc`` over all.
    """
    answered = [row for row in rows if row.answers]
    ranks = [_rank(row) for row in answered]
    scores = [float(s) for row in rows for s in row.sentences]
    truths = [n in row.answers for row in rows for n in range(len(row.sentences))]
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for row, rank in zip(answered, ranks, strict=True):
        by_kind[row.kind].append(rank == 1)
    return {
        "first": round(float(np.mean([rank == 1 for rank in ranks])), 4) if ranks else None,
        "mrr": round(float(np.mean([1 / rank for rank in ranks])), 4) if ranks else None,
        "sentence_auc": round(auc(scores, truths), 4),
        "answerable_auc": round(
            auc([row.passage for row in rows], [bool(r.answers) for r in rows]), 4
        ),
        "questions": len(rows),
        "first_by_kind": {k: round(float(np.mean(v)), 3) for k, v in sorted(by_kind.items())},
    }


def _rank(row: ReadQuestion) -> float:
    """The rank of the best sentence that answers; infinite where it was cut off."""
    order = np.argsort(-row.sentences, kind="stable")
    places = [n + 1 for n, at in enumerate(order) if int(at) in row.answers]
    return places[0] if places else float("inf")


def claim_figures(
    claims: Sequence[Claim], chances: Sequence[float], threshold: float = 0.5
) -> dict[str, object]:
    """Return what is accepted at ``threshold``, in all and by kind, and the AUC."""
    accepted = [chance >= threshold for chance in chances]
    by_kind: dict[str, list[bool]] = defaultdict(list)
    for claim, yes in zip(claims, accepted, strict=True):
        by_kind[claim.kind].append(yes)
    right = [yes for claim, yes in zip(claims, accepted, strict=True) if claim.supported]
    wrong = [yes for claim, yes in zip(claims, accepted, strict=True) if not claim.supported]
    return {
        "right_accepted": round(float(np.mean(right)), 4) if right else None,
        "wrong_accepted": round(float(np.mean(wrong)), 4) if wrong else None,
        "auc": round(auc(chances, [claim.supported for claim in claims]), 4),
        "by_kind": {k: round(float(np.mean(v)), 3) for k, v in sorted(by_kind.items())},
        "claims": len(claims),
    }
