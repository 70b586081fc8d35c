"""Judge the reader that ships on excerpts, questions and claims from files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from evals.reading import data
from evals.reading.figures import ReadQuestion, claim_figures, reading_figures
from index.models.reader import TrainedReader
from index.ports import Checker
from index.types import Evidence, Identity, Issuer, Kind, Passage, Proven, Sentence, Span

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
        said = reader.read_sentences(question.text, excerpt.header, excerpt.sentences)
        passage = float((said.answers.max(initial=0.0) * said.whole) ** 0.5)
        rows.append(ReadQuestion(said.answers, passage, question.answers, question.kind))
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


def accepted_by_product(checker: Checker | None = None) -> Accepts:
    """Return how the product decides on a claim: 0 where a literal check fails, else what the
    trained checker says, put so that the product's threshold lies at one half.

    Args:
        checker: None for the one that ships.
    """
    from assistant.llm.checks import SUPPORTED, Checks, chance
    from index import models

    trained = checker or models.trained_checker()

    def accepts(claim: data.Claim) -> float:
        evidence = _evidence(claim.excerpt)
        cited = [evidence[n] for n in sorted(claim.cited)]
        if Checks(evidence, trained).literal(claim.text, cited):
            return 0.0
        said = chance(trained, claim.text, cited)
        return float(said ** (np.log(0.5) / np.log(SUPPORTED)))

    return accepts


def _evidence(excerpt: data.Excerpt) -> list[Evidence]:
    """Return an excerpt's sentences as the product would show them, each of its own document."""
    return [item for part in data.apart(excerpt) for item in _of_one(part)]


def _of_one(excerpt: data.Excerpt) -> list[Evidence]:
    kind = Kind(excerpt.kind) if excerpt.kind in set(Kind) else Kind.OTHER
    issuer = {Kind.COUNCIL_REPORT: Issuer.COUNCIL, Kind.NEWS_ARTICLE: Issuer.PRESS}
    day = date.fromisoformat(excerpt.dated) if len(excerpt.dated) == 10 else None
    span = Span(0, 1)
    identity = Identity(
        doc_id=excerpt.report,
        sources=(excerpt.report,),
        issuer=Proven(issuer.get(kind, Issuer.OFSTED), span),
        kind=Proven(kind, span),
        authority=Proven(excerpt.authority, span) if excerpt.authority else None,
        published=Proven(day, span) if day else None,
        dated=day,
    )
    text = " ".join(excerpt.sentences)
    starts = [sum(len(s) + 1 for s in excerpt.sentences[:n]) for n in range(len(excerpt.sentences))]
    sentences = tuple(
        Sentence(start, start + len(words), excerpt.heading, 0)
        for start, words in zip(starts, excerpt.sentences, strict=True)
    )
    passage = Passage(
        f"{excerpt.excerpt_id} {excerpt.report}", identity.doc_id, identity.source, 0, len(text),
        text, excerpt.heading, None, None, sentences,
    )  # fmt: skip
    return [Evidence(identity, passage, s, passage.text_of(s), 1.0) for s in sentences]
