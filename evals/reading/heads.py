"""Fit what tells what a question wants, assumes, takes from before, wants heard and falls apart
into: ``python -m evals.reading.heads OUT``.

Logistic regressions over the packaged embedder's question vectors and the question's words, one
and two together: either alone tells fewer rightly (``evals/LOG.md`` #reader-intents-2,
#heads-3). Plain questions over excerpts are added, so that few pass for questions of fact.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from evals.reading import data
from evals.reading.batches import framed, without_authority
from evals.report.terminal import stdout
from index import models
from index.models.gaps import places
from index.models.heads import (
    ASPECTS,
    ASSUMES,
    GRADED,
    INTENTS,
    LEANINGS,
    PARTS,
    SIDES,
    SLANTS,
    TELLINGS,
    WHENS,
    following,
    grams,
    placeless,
    under,
    unplaced,
    word_row,
)
from index.types import Aspect, Intent, Leaning, Sides, Slant, Telling, When

SEED = 1
STRENGTH = {INTENTS: 15.0, ASSUMES: 5.0, LEANINGS: 3.0, SIDES: 16.0}
STRENGTH |= {SLANTS: 8.0, PARTS: 20.0, TELLINGS: 15.0, WHENS: 10.0, GRADED: 5.0, ASPECTS: 10.0}
MOST_PLAIN = 5_000
_TWICE = ("questions-found.jsonl", "questions-shown.jsonl")
"""Files of questions that stand in others too."""
LEAST = 2
"""Questions that a word or pair must stand in to be known."""
LEAST_WORDS = 3
"""Words of a part of a question whose intent can be told alone."""
_PLAIN = {
    Intent.OPEN: ("direct", "paraphrase", "keyword", "broad", "qualified"),
    Intent.YES_NO: ("yesno",),
    Intent.WHY: ("why",),
    Intent.FIGURE: ("figure",),
}
"""Types of question over excerpts whose intent is known."""
_EACH = {Intent.OPEN: 900, Intent.YES_NO: 200, Intent.WHY: 120, Intent.FIGURE: 80}


def known(texts: Sequence[str]) -> list[str]:
    """Return the words and pairs that stand in enough of the questions, sorted."""
    return _common([grams(text) for text in texts])


def _common(rows: Sequence[Sequence[str]]) -> list[str]:
    counts = Counter(gram for row in rows for gram in set(row))
    return sorted(gram for gram, count in counts.items() if count >= LEAST)


def rows(texts: Sequence[str], words: Sequence[str]) -> sparse.csr_matrix:
    """Return what a head reads of each question, one a row."""
    vectors = models.embedder(models.DEFAULT_EMBEDDER).embed_queries(list(texts))
    return _with_words(vectors, texts, words)


def rows_after(
    follow_ups: Sequence[data.FollowUp | data.Moved], words: Sequence[str]
) -> sparse.csr_matrix:
    """Return what a head reads of each question and the one before it, one a row."""
    texts, before = [f.text for f in follow_ups], [f.before for f in follow_ups]
    read = following(models.embedder(models.DEFAULT_EMBEDDER), texts, before)
    return _with_words(read, [placeless(text)[0] for text in texts], words)


def _with_words(
    read: NDArray[np.float32], texts: Sequence[str], words: Sequence[str]
) -> sparse.csr_matrix:
    places = {gram: n for n, gram in enumerate(words)}
    held = [sparse.csr_matrix(word_row(grams(text), places)) for text in texts]
    return sparse.hstack([sparse.csr_matrix(read), sparse.vstack(held)]).tocsr()


def fit(
    held: sparse.csr_matrix, wanted: Sequence[int], strength: float, balanced: bool = True
) -> LogisticRegression:
    """Fit a head on what it reads and what it is to say.

    Args:
        balanced: what is said rarely counts for more, so that all count the same.
    """
    weights = "balanced" if balanced else None
    return LogisticRegression(C=strength, max_iter=300, class_weight=weights).fit(held, wanted)


def assuming(held: bool) -> tuple[list[str], list[str]]:
    """Return questions that take something for granted, true or not, and others.

    Args:
        held: of the reports held out and the voice kept back, or of the others.
    """
    chance = random.Random(SEED)
    found = data.excerpts(*sorted(data.DATA.glob("excerpts*.jsonl")))
    loaded, plain = [], []
    for path in sorted(data.DATA.glob("questions*.jsonl")):
        for question in data.questions(path, found) if path.name not in _TWICE else ():
            if question.excerpt.ours or question.excerpt.held_out != held:
                continue
            text = question.text
            if chance.random() < 0.5:
                text = without_authority(text, question.excerpt.authority)
            if chance.random() < 0.25:
                text = framed(text, chance)
            if question.kind in ("premise", "premise_ok"):
                loaded.append(text)
            elif question.kind != "absent":
                plain.append(text)
    chance.shuffle(plain)
    plain = plain[:MOST_PLAIN]
    for text, takes, kept in data.flagged(data.DATA / "assumed.jsonl", "assumes"):
        if kept == held:
            (loaded if takes else plain).append(text)
    return loaded, plain


def _arrays(name: str, words: Sequence[str], head: LogisticRegression) -> dict[str, Any]:
    return {
        f"{name}_grams": np.array(words),
        f"{name}_weights": head.coef_.astype(np.float16),
        f"{name}_bias": head.intercept_.astype(np.float32),
    }


def material() -> tuple[list[data.Wanted], list[data.Wanted]]:
    """Return what is fitted on, and the questions of the voices that are kept back."""
    every = [w for path in sorted(data.DATA.glob("intents*.jsonl")) for w in data.intents(path)]
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
    parted = [
        data.Wanted(part, intent, False)
        for one in data.parts(data.DATA / "parts.jsonl")
        for part, intent in zip(one.parts, one.intents, strict=True)
        if not one.kept and len(part.split()) >= LEAST_WORDS
    ]
    return [w for w in every if not w.kept] + plain + parted, [w for w in every if w.kept]


def wants() -> tuple[dict[str, Any], str]:
    """Return the arrays of the head that tells intents, and how well it tells them."""
    fitted, kept = material()
    words = known([w.text for w in fitted])
    targets = [list(Intent).index(w.intent) for w in fitted]
    head = fit(rows([w.text for w in fitted], words), targets, STRENGTH[INTENTS])
    wanted = [list(Intent).index(w.intent) for w in kept]
    right = head.score(rows([w.text for w in kept], words), wanted)
    said = f"Intents: {len(fitted)} fitted; of the {len(kept)} kept back {right:.3f} right"
    return _arrays(INTENTS, words, head), said


def assumptions() -> tuple[dict[str, Any], str]:
    """Return the arrays of the head that tells what assumes, and how well it tells it."""
    loaded, plain = assuming(held=False)
    held, others = assuming(held=True)
    words = known([*loaded, *plain])
    targets = [1] * len(loaded) + [0] * len(plain)
    head = fit(rows([*loaded, *plain], words), targets, STRENGTH[ASSUMES])
    chances = head.predict_proba(rows([*held, *others], words))[:, 1]
    told = roc_auc_score([1] * len(held) + [0] * len(others), chances)
    said = f"What assumes: {len(targets)} fitted; AUC over {len(chances)} held out {told:.3f}"
    return _arrays(ASSUMES, words, head), said


def graded() -> tuple[dict[str, Any], str]:
    """Return the arrays of the head that tells a grade from praise or blame of work, and how well
    it does.
    """
    every = data.flagged(data.DATA / "grade-words.jsonl", "grade")
    fitted, kept = [one for one in every if not one[2]], [one for one in every if one[2]]
    words = known([unplaced(text) for text, *_ in fitted])
    read = rows([unplaced(text) for text, *_ in fitted], words)
    head = fit(read, [int(is_one) for _, is_one, _ in fitted], STRENGTH[GRADED])
    chances = head.predict_proba(rows([unplaced(text) for text, *_ in kept], words))[:, 1]
    told = roc_auc_score([int(is_one) for _, is_one, _ in kept], chances)
    said = f"Grades: {len(fitted)} fitted; AUC over {len(kept)} kept back {told:.3f}"
    return _arrays(GRADED, words, head), said


def leanings() -> tuple[dict[str, Any], str]:
    """Return the arrays of the head that tells what follow-ups take, and how well it does."""
    every = [f for p in sorted(data.DATA.glob("follow-ups*.jsonl")) for f in data.follow_ups(p)]
    fitted, kept = [f for f in every if not f.kept], [f for f in every if f.kept]
    words = known([placeless(f.text)[0] for f in fitted])
    targets = [list(Leaning).index(f.leaning) for f in fitted]
    head = fit(rows_after(fitted, words), targets, STRENGTH[LEANINGS])
    wanted = [list(Leaning).index(f.leaning) for f in kept]
    right = head.score(rows_after(kept, words), wanted)
    said = f"Follow-ups: {len(fitted)} fitted; of the {len(kept)} kept back {right:.3f} right"
    return _arrays(LEANINGS, words, head), said


def aspects() -> tuple[dict[str, Any], str]:
    """Return the arrays of the head that tells after whom or what number a question is, and how
    well it does.
    """
    return _wanting(
        ASPECTS, data.marked(data.DATA / "aspects.jsonl", "aspect", Aspect), list(Aspect)
    )


def whens() -> tuple[dict[str, Any], str]:
    """Return the arrays of the head that tells which inspection follow-ups mean, and how well.

    Most mean the one talked about: that is left as likely as it is.
    """
    every = data.moved(data.DATA / "whens.jsonl")
    fitted, kept = [m for m in every if not m.kept], [m for m in every if m.kept]
    words = known([placeless(m.text)[0] for m in fitted])
    targets = [list(When).index(m.when) for m in fitted]
    head = fit(rows_after(fitted, words), targets, STRENGTH[WHENS], balanced=False)
    right = head.score(rows_after(kept, words), [list(When).index(m.when) for m in kept])
    said = f"Whens: {len(fitted)} fitted; of the {len(kept)} kept back {right:.3f} right"
    return _arrays(WHENS, words, head), said


def sides() -> tuple[dict[str, Any], str]:
    """Return the arrays of the head that tells which sides are wanted, and how well it does."""
    return _wanting(SIDES, data.marked(data.DATA / "sides.jsonl", "sides", Sides), list(Sides))


def slants() -> tuple[dict[str, Any], str]:
    """Return the arrays of the head that tells which side is asked for, and how well it does.

    Whether something is so, and what is a fact, is asked of no side.
    """
    every = data.marked(data.DATA / "slants.jsonl", "slant", Slant)
    plain = [
        data.Marked(one.text, Slant.ANY, one.kept)
        for one in data.parts(data.DATA / "parts.jsonl")
        if len(one.parts) == 1 and one.intents[0] not in (Intent.OPEN, Intent.WHY, Intent.POINTS)
    ]
    return _wanting(SLANTS, [*every, *plain], list(Slant))


def _wanting(
    name: str, every: Sequence[data.Marked], kinds: Sequence[Sides | Slant | Aspect]
) -> tuple[dict[str, Any], str]:
    """Return the arrays of a head over questions without their places, and how well it does."""
    fitted, kept = [w for w in every if not w.kept], [w for w in every if w.kept]
    words = known([unplaced(w.text) for w in fitted])
    targets = [kinds.index(w.wants) for w in fitted]
    head = fit(rows([unplaced(w.text) for w in fitted], words), targets, STRENGTH[name])
    wanted = [kinds.index(w.wants) for w in kept]
    right = head.score(rows([unplaced(w.text) for w in kept], words), wanted)
    title = name.capitalize()
    said = f"{title}: {len(fitted)} fitted; of the {len(kept)} kept back {right:.3f} right"
    return _arrays(name, words, head), said


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
    every = data.parts(data.DATA / "parts.jsonl")
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
    args = parser.parse_args(argv)
    made = [wants(), assumptions(), graded(), leanings(), whens()]
    made += [aspects(), sides(), slants(), parts(), tellings()]
    np.savez_compressed(args.out, **{name: a for arrays, _ in made for name, a in arrays.items()})
    for _, said in made:
        stdout().print(said)
    return 0


if __name__ == "__main__":
    sys.exit(main())
