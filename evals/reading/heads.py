"""Fit linear heads over questions and sentences: ``python -m evals.reading.heads OUT``.

Logistic regressions over the packaged embedder's vectors and the words, one and two together:
either alone tells fewer rightly (``evals/LOG.md`` #reader-intents-2, #heads-3). Of a question an
encoder tells the same beside them (``evals.reading.question_encoder``).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from evals.reading import data
from evals.reading.tasks import Example, Task, alone, tasks
from evals.report.terminal import stdout
from index import models
from index.models.gaps import places
from index.models.heads import (
    ANCHORS,
    AREAS,
    ASPECTS,
    ASSUMES,
    COUNTS,
    FILE,
    GRADED,
    INTENTS,
    LEANINGS,
    NAMED_BY,
    OUTPUTS,
    PARTS,
    SHORT,
    SIDES,
    SLANTS,
    TELLINGS,
    WHENS,
    as_read,
)
from index.models.question_words import following, grams, under, word_row
from index.types import Telling

STRENGTH = {INTENTS: 15.0, ASSUMES: 5.0, LEANINGS: 3.0, SIDES: 16.0}
STRENGTH |= {SLANTS: 8.0, PARTS: 20.0, TELLINGS: 15.0, WHENS: 10.0, GRADED: 5.0, ASPECTS: 10.0}
STRENGTH |= {SHORT: 10.0, ANCHORS: 15.0, NAMED_BY: 15.0, AREAS: 40.0, COUNTS: 10.0}
LEAST = 2
"""Questions that a word or pair must stand in to be known."""


def linear(task: Task) -> tuple[dict[str, Any], str]:
    """Return the arrays of the head of a task, and how well it tells the voices kept back.

    Which inspection a question means is left as likely as it is: nearly all mean the one talked
    about, or dated. Of all else what is said rarely counts as much as what is said often.
    """
    words = _common([_grams(task.name, one) for one in task.fitted])
    balanced = task.name not in (WHENS, ANCHORS, NAMED_BY, AREAS)
    labels = [one.label for one in task.fitted]
    head = fit(_rows(task.name, task.fitted, words), labels, STRENGTH[task.name], balanced)
    kept, wanted = _rows(task.name, task.kept, words), [one.label for one in task.kept]
    if OUTPUTS[task.name] == 1:
        told = f"AUC {roc_auc_score(wanted, head.predict_proba(kept)[:, 1]):.3f}"
    else:
        told = f"{head.score(kept, wanted):.3f} right"
    said = f"{task.name}: {len(labels)} fitted; of the {len(wanted)} kept back {told}"
    return _arrays(task.name, words, head), said


def _grams(name: str, one: Example) -> list[str]:
    return grams(as_read(name, one.text, one.before)[0])


def _rows(name: str, examples: Sequence[Example], words: Sequence[str]) -> sparse.csr_matrix:
    """Return what a head reads of each question, one a row."""
    embedder = models.embedder(models.DEFAULT_EMBEDDER)
    before = [one.before for one in examples if one.before is not None]
    if before:
        read = following(embedder, [one.text for one in examples], before)
    else:
        read = embedder.embed_queries([as_read(name, one.text)[0] for one in examples])
    marks = [(tuple(_grams(name, one)), 0) for one in examples]
    return sparse.hstack([sparse.csr_matrix(read), _marked(marks, words)]).tocsr()


def _common(rows: Sequence[Sequence[str]]) -> list[str]:
    counts = Counter(gram for row in rows for gram in set(row))
    return sorted(gram for gram, count in counts.items() if count >= LEAST)


def fit(
    held: sparse.csr_matrix, wanted: Sequence[int], strength: float, balanced: bool = True
) -> LogisticRegression:
    """Fit a head on what it reads and what it is to say.

    Args:
        balanced: what is said rarely counts for more, so that all count the same.
    """
    weights = "balanced" if balanced else None
    return LogisticRegression(C=strength, max_iter=300, class_weight=weights).fit(held, wanted)


def _arrays(name: str, words: Sequence[str], head: LogisticRegression) -> dict[str, Any]:
    return {
        f"{name}_grams": np.array(words),
        f"{name}_weights": head.coef_.astype(np.float16),
        f"{name}_bias": head.intercept_.astype(np.float32),
    }


def tellings() -> tuple[dict[str, Any], str]:
    """Return the arrays of the head that tells what sentences tell, and how well it does."""
    found = data.excerpts(*sorted(data.DATA.glob("excerpts*.jsonl")))
    every = data.told(data.DATA / "sentences.jsonl", found)
    fitted, kept = (
        [
            (one.excerpt.heading, text, list(Telling).index(tells))
            for one in every
            if one.excerpt.held_out == held
            for text, tells in zip(one.excerpt.sentences, one.tells, strict=False)
        ]
        for held in (False, True)
    )
    words = _common([under(heading, text) for heading, text, _ in fitted])
    head = fit(_told(fitted, words), [tells for *_, tells in fitted], STRENGTH[TELLINGS])
    right = head.score(_told(kept, words), [tells for *_, tells in kept])
    said = (
        f"Tellings: {len(fitted)} fitted; of the {len(kept)} of held-out reports {right:.3f} right"
    )
    return _arrays(TELLINGS, words, head), said


def _told(sentences: Sequence[tuple[str, str, int]], words: Sequence[str]) -> sparse.csr_matrix:
    vectors = models.embedder(models.DEFAULT_EMBEDDER).embed_passages([s for _, s, _ in sentences])
    marks = [(tuple(under(heading, text)), 0) for heading, text, _ in sentences]
    return sparse.hstack([sparse.csr_matrix(vectors), _marked(marks, words)]).tocsr()


def parts() -> tuple[dict[str, Any], str]:
    """Return the arrays of the head that tells where a question falls apart, and how well."""
    every = data.parts()
    fitted, kept = _gaps(every, kept=False), _gaps(every, kept=True)
    words = _common([marks for marks, _ in fitted])
    head = fit(_marked(fitted, words), [apart for _, apart in fitted], STRENGTH[PARTS])
    chances = head.predict_proba(_marked(kept, words))[:, 1]
    told = roc_auc_score([apart for _, apart in kept], chances)
    said = f"Parts: {len(fitted)} places fitted; AUC over {len(kept)} kept back {told:.3f}"
    return _arrays(PARTS, words, head), said


def _gaps(every: Sequence[data.Parted], kept: bool) -> list[tuple[tuple[str, ...], int]]:
    """Return the marks of each place at which a question may fall apart, and whether it does: the
    last place before a part begins.
    """
    found = []
    for one in every:
        if one.kept != kept:
            continue
        begins, at = set(), 0
        here = places(one.text)
        for nth, part in enumerate(one.parts):
            at = one.text.index(part, at)
            if nth:
                begins.add(max((n for n, p in enumerate(here) if p.end <= at + 1), default=-1))
            at += len(part)
        found += [(place.marks, int(n in begins)) for n, place in enumerate(here)]
    return found


def _marked(gaps: Sequence[tuple[tuple[str, ...], int]], words: Sequence[str]) -> sparse.csr_matrix:
    known_words = {word: n for n, word in enumerate(words)}
    return sparse.vstack(
        [sparse.csr_matrix(word_row(marks, known_words)) for marks, _ in gaps]
    ).tocsr()


def main(argv: Sequence[str] | None = None) -> int:
    """Fit the heads, tell how well they do on what was kept back, and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="an .npz file")
    parser.add_argument("--only", nargs="*", help="heads fitted anew; the others as they ship")
    args = parser.parse_args(argv)
    with np.load(FILE) as shipped:
        kept = dict(shipped) if args.only else {}
    every = (*tasks(), *alone())
    wanted = [task for task in every if not args.only or task.name in args.only]
    made = [*map(linear, wanted), *([] if args.only else [parts(), tellings()])]
    arrays = kept | {name: array for one, _ in made for name, array in one.items()}
    np.savez_compressed(args.out, **arrays)
    for _, said in made:
        stdout().print(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
