"""Takes the retriever's ingredients out one at a time: ``python -m evals.ablation SUITE``.

Prints, for each ingredient left out, the figures of retrieval beside the whole retriever's,
with the p-value of a paired randomisation test on MRR. It changes nothing and answers nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from evals.report.terminal import stdout
from evals.scores import Scores
from evals.stats.randomisation import p_value
from evals.variants import columns, measured
from index import models
from index.compose import retriever
from index.retrieval.ranking import Weights
from index.retrieval.retriever import HybridRetriever
from index.store.collection import Collection

SHOWN = ("hit@1", "hit@5", "mrr", "recall@10", "recall@500w")
WHOLE = Weights()
VARIANTS: Mapping[str, Weights] = {
    "the whole retriever": WHOLE,
    "dense only": Weights(dense=1, late=0, lexical=0, time=0, person=0, furniture=0),
    "without dense": replace(WHOLE, dense=0),
    "without lexical": replace(WHOLE, lexical=0),
    "without late interaction": replace(WHOLE, late=0),
    "without time": replace(WHOLE, time=0),
    "without person": replace(WHOLE, person=0),
    "without furniture": replace(WHOLE, furniture=0),
}


def main() -> None:
    """Run every variant over one suite and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suite", type=Path)
    parser.add_argument("--index", type=Path, default=Path(".assistant/index"))
    given = parser.parse_args()
    collection = Collection(given.index)
    retriever(collection)  # refuses an index that other models made
    console = stdout()
    console.print(f"{'':26}" + "".join(f"{name:>13}" for name in SHOWN) + f"{'p (mrr)':>10}")
    whole: Scores | None = None
    for name, weights in VARIANTS.items():
        scores = measured(given.suite, collection, _retriever(collection, weights))
        whole = whole or scores
        console.print(f"{name:26}{columns(scores, SHOWN, 13)}{_chance(whole, scores):>10.3f}")


def _retriever(collection: Collection, weights: Weights) -> HybridRetriever:
    return HybridRetriever(
        collection,
        models.embedder(collection.manifest.settings.embedder),
        models.token_encoder(),
        weights,
    )


def _chance(whole: Scores, other: Scores) -> float:
    """Return how likely a difference in MRR at least this large is by chance."""
    mine, theirs = _mrr(whole), _mrr(other)
    return p_value([mine[question] - theirs[question] for question in mine])


def _mrr(scores: Scores) -> dict[str, float]:
    return {
        scored.judged.question.id: value
        for scored in scores.questions
        if (value := scored.values.get("mrr")) is not None
    }


if __name__ == "__main__":
    main()
