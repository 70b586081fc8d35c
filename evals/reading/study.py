"""Judge the reader that ships on excerpts, questions and claims from files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from evals.reading import data
from evals.reading.figures import ReadQuestion, claim_figures, reading_figures
from index.models.reader import TrainedReader

Accepts = Callable[[data.Claim], float]
"""Returns 1 or 0, or a probability, for a claim: whether the product lets it pass."""


def reading(excerpts: Path, questions: Path, reader: TrainedReader) -> dict[str, object]:
    """Return ``first``, ``mrr``, ``sentence_auc``, ``answerable_auc`` and ``questions``.

    Raises:
        ValueError: a line of a file cannot be used; names file and line.
    """
    found = data.excerpts(excerpts)
    rows = []
    for question in data.questions(questions, found):
        excerpt = question.excerpt
        answers, _, whole = reader.read_sentences(question.text, excerpt.header, excerpt.sentences)
        passage = float((answers.max(initial=0.0) * whole) ** 0.5)
        rows.append(ReadQuestion(answers, passage, question.answers, question.kind))
    return reading_figures(rows)


def claims(excerpts: Path, claimed: Path, accepts: Accepts) -> dict[str, object]:
    """Return ``right_accepted``, ``wrong_accepted``, ``auc``, ``by_kind`` and ``claims``.

    Raises:
        ValueError: a line of a file cannot be used; names file and line.
    """
    every = data.claims(claimed, data.excerpts(excerpts))
    return claim_figures(every, [accepts(claim) for claim in every])


def intents(questions: Path, reader: TrainedReader) -> dict[str, object]:
    """Return the share of questions whose intent is told rightly, in all and by intent."""
    every = data.intents(questions)
    right: dict[str, list[bool]] = {}
    for wanted in every:
        chances = reader.intent(wanted.text)
        guess = max(chances, key=lambda intent: chances[intent])
        right.setdefault(wanted.intent.value, []).append(guess is wanted.intent)
    return {
        "right": round(float(np.mean([one for row in right.values() for one in row])), 4),
        "by_intent": {name: round(float(np.mean(row)), 3) for name, row in sorted(right.items())},
        "questions": len(every),
    }


def accepted_by_product() -> Accepts:
    """Return how the product decides on a claim: 1 where all its checks let it pass, else 0."""
    from index import models

    checker = models.trained_reader()

    def accepts(claim: data.Claim) -> float:
        near = data.around(claim)
        cited = {near.index(n) for n in claim.cited if n in near}
        sentences = [claim.excerpt.sentences[n] for n in near]
        return checker.supports(claim.text, claim.excerpt.header, sentences, cited)

    return accepts
