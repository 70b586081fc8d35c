"""Fit the head that tells what a question wants: ``python -m evals.reading.intents OUT``.

A logistic regression over the packaged embedder's question vectors. The reader's own encoder, which
reading turns away from the form of a question, tells fewer rightly (``evals/LOG.md``
#reader-intents). Plain questions over excerpts are added, so that few pass for questions of fact.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from evals.reading import data
from evals.report.terminal import stdout
from index import models
from index.types import Intent

SEED, STRENGTH = 1, 60.0
_PLAIN = {
    Intent.OPEN: ("direct", "paraphrase", "keyword", "broad", "qualified"),
    Intent.YES_NO: ("yesno",),
    Intent.WHY: ("why",),
    Intent.FIGURE: ("figure",),
}
"""Types of question over excerpts whose intent is known."""
_EACH = {Intent.OPEN: 900, Intent.YES_NO: 200, Intent.WHY: 120, Intent.FIGURE: 80}


def fit(texts: Sequence[str], intents: Sequence[Intent]) -> LogisticRegression:
    """Fit the head on questions and what they want."""
    vectors = models.embedder(models.DEFAULT_EMBEDDER).embed_queries(list(texts))
    head = LogisticRegression(C=STRENGTH, max_iter=300, class_weight="balanced")
    return head.fit(vectors, [list(Intent).index(intent) for intent in intents])


def material() -> tuple[list[data.Wanted], list[data.Wanted]]:
    """Return what is fitted on, and the questions of the voice that is kept back."""
    every = data.intents(data.DATA / "intents.jsonl")
    found = data.excerpts(*sorted(data.DATA.glob("excerpts*.jsonl")))
    asked = [
        question
        for name in ("questions.jsonl", "questions-wrapped.jsonl")
        for question in data.questions(data.DATA / name, found)
        if not question.excerpt.ours
    ]
    chance = random.Random(SEED)
    plain = [
        data.Wanted(question.text, intent, False)
        for intent, kinds in _PLAIN.items()
        for question in chance.sample([q for q in asked if q.kind in kinds], _EACH[intent])
    ]
    return [w for w in every if not w.kept] + plain, [w for w in every if w.kept]


def main(argv: Sequence[str] | None = None) -> int:
    """Fit, tell how well the voice kept back is told, and write the head."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="an .npz file")
    args = parser.parse_args(argv)
    fitted, kept = material()
    head = fit([w.text for w in fitted], [w.intent for w in fitted])
    vectors = models.embedder(models.DEFAULT_EMBEDDER).embed_queries([w.text for w in kept])
    right = head.score(vectors, [list(Intent).index(w.intent) for w in kept])
    np.savez(
        args.out,
        weights=head.coef_.astype(np.float32),
        bias=head.intercept_.astype(np.float32),
    )
    stdout().print(f"{len(fitted)} fitted; of the {len(kept)} kept back {right:.3f} right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
