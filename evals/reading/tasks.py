"""Say what is told of a question, and gather the questions that teach it to a linear head
(``evals.reading.heads``) and to an encoder (``evals.reading.question_encoder``).
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from evals.reading import data
from evals.reading.wordings import framed, without_authority
from index.models.heads import (
    ANCHORED,
    ANCHORS,
    AREAS,
    ASPECTS,
    ASSUMES,
    COUNTS,
    GRADED,
    INTENTS,
    LEANINGS,
    NAMED_BY,
    SHORT,
    SIDES,
    SLANTS,
    WHENS,
)
from index.models.question_words import as_anchor
from index.query.periods import periods_named
from index.types import Area, Aspect, Counted, Intent, Leaning, NamedBy, Sides, Slant, When

SEED = 1
TODAY = date(2026, 11, 28)
"""From which "last year" is told."""
MOST_PLAIN = 5_000
_TWICE = ("questions-found.jsonl", "questions-shown.jsonl")
"""Files of questions that stand in others too."""
_MOVED = ("whens.jsonl", "follow-ups-lately.jsonl")
"""Files of follow-ups that say which inspection is meant."""
OTHERS = 1_500
"""Questions of other tasks among those of a head alone, which ask for no such thing."""
LEAST_WORDS = 3
"""Words of a part of a question whose intent can be told alone."""
_PLAIN = {
    Intent.OPEN: ("direct", "paraphrase", "keyword", "broad", "qualified"),
    Intent.YES_NO: ("yesno",),
    Intent.WHY: ("why",),
    Intent.FIGURE: ("figure",),
}
"""Types of question over excerpts whose intent is known."""
_OF_A_PART = ("direct", "paraphrase", "yesno", "why", "figure", "keyword")
PLAIN_OF_A_PART = 3_000
"""Questions over excerpts among those of judged areas, which ask about a part of one."""
_EACH = {Intent.OPEN: 900, Intent.YES_NO: 200, Intent.WHY: 120, Intent.FIGURE: 80}


@dataclass(frozen=True, slots=True)
class Example:
    """A question, the one before it where it follows one, and the number of what is told of it."""

    text: str
    before: str | None
    label: int


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is told of a question.

    Attributes:
        name: its head's, of ``index.models.heads``.
        fitted, kept: what teaches it, and the voices that are kept back.
    """

    name: str
    fitted: tuple[Example, ...]
    kept: tuple[Example, ...]


def tasks() -> tuple[Task, ...]:
    """Return what is told of a question by a head and by the encoder together."""
    of_one = (intents(), assumptions(), graded(), aspects(), sides(), slants())
    return (*of_one, leanings(), whens(), anchors(), named_by(), wishes())


def alone() -> tuple[Task, ...]:
    """Return what is told of a question by a head alone: on what the encoder learns besides, its
    states tell it worse (``evals/LOG.md`` #areas-1).
    """
    return (areas(), counts())


def intents() -> Task:
    """Return what questions want; with plain questions over excerpts, so that few pass for
    questions of fact.
    """
    every = [w for path in sorted(data.DATA.glob("intents*.jsonl")) for w in data.intents(path)]
    asked = _plain_questions()
    chance = random.Random(SEED)
    plain = [
        data.Wanted(question.text, intent, False)
        for intent, kinds in _PLAIN.items()
        for question in chance.sample([q for q in asked if q.kind in kinds], _EACH[intent])
    ]
    parted = [
        data.Wanted(part, intent, False)
        for one in data.parts()
        for part, intent in zip(one.parts, one.intents, strict=True)
        if not one.kept and len(part.split()) >= LEAST_WORDS
    ]
    kinds = list(Intent)
    rows = ((w.text, None, kinds.index(w.intent), w.kept) for w in [*every, *plain, *parted])
    return _task(INTENTS, rows)


def _plain_questions() -> list[data.Question]:
    """Return questions over excerpts, in order."""
    found = data.excerpts(*sorted(data.DATA.glob("excerpts*.jsonl")))
    return [
        question
        for name in ("questions.jsonl", "questions-wrapped.jsonl")
        for question in data.questions(data.DATA / name, found)
        if not question.excerpt.ours
    ]


def assumptions() -> Task:
    """Return which questions take something for granted; kept back are reports held out."""
    rows = []
    for held in (False, True):
        loaded, plain = _assuming(held)
        rows += [(text, None, 1, held) for text in loaded]
        rows += [(text, None, 0, held) for text in plain]
    return _task(ASSUMES, rows)


def graded() -> Task:
    """Return in which questions the word of a grade is one."""
    every = data.flagged(data.DATA / "grade-words.jsonl", "grade")
    return _task(GRADED, ((text, None, int(is_one), kept) for text, is_one, kept in every))


def anchors() -> Task:
    """Return which inspections questions mean, seen from the one time that they name; with follow-
    ups and other questions that name one and mean it, as nearly all do.
    """
    rows = [
        (as_anchor(row["question"], row["anchor"]), None, ANCHORED.index(When(row["when"])), kept)
        for row, kept in data.voiced(data.DATA / "anchors.jsonl", "anchor", "when")
    ]
    sides = data.marked(data.DATA / "sides.jsonl", "sides", Sides)
    asked = [(one.text, one.kept) for one in _follow_ups()]
    asked += [(one.text, one.kept) for one in sides if one.wants is Sides.ONE]
    for text, kept in asked:
        times = periods_named(text, TODAY)
        if len(times) == 1 and times[0].value.start and times[0].value.end:
            rows.append((as_anchor(text, times[0].words), None, 0, kept))
    return _task(ANCHORS, rows)


def named_by() -> Task:
    """Return by what questions name their inspection; with follow-ups and other questions that do
    so by no grade, as nearly all do.
    """
    rows = [
        (row["question"], None, list(NamedBy).index(NamedBy(row["named"])), kept)
        for row, kept in data.voiced(data.DATA / "graded-by.jsonl", "named")
    ]
    others = [(text, None, 0, kept) for text, kept in _plain()]
    return _task(NAMED_BY, rows + random.Random(SEED).sample(others, OTHERS))


def _plain() -> list[tuple[str, bool]]:
    """Return follow-ups and questions of other tasks, and whether each is kept back."""
    sides = data.marked(data.DATA / "sides.jsonl", "sides", Sides)
    follow_ups = [(one.text, one.kept) for one in _follow_ups()]
    return [*follow_ups, *((one.text, one.kept) for one in sides)]


def wishes() -> Task:
    """Return which questions ask for a short answer; with follow-ups and other questions that do
    not, so that short questions ("why not?") do not pass for such.
    """
    every = data.flagged(data.DATA / "short.jsonl", "short")
    chance, others = random.Random(SEED), _plain()
    rows = [(text, None, int(short), kept) for text, short, kept in every]
    rows += [(text, None, 0, kept) for text, kept in chance.sample(others, OTHERS)]
    return _task(SHORT, rows)


def leanings() -> Task:
    """Return what follow-ups take."""
    kinds = list(Leaning)
    rows = ((f.text, f.before, kinds.index(f.leaning), f.kept) for f in _follow_ups())
    return _task(LEANINGS, rows)


def _follow_ups() -> list[data.FollowUp]:
    paths = sorted(data.DATA.glob("follow-ups*.jsonl"))
    return [follow for path in paths for follow in data.follow_ups(path)]


def whens() -> Task:
    """Return which inspection follow-ups mean."""
    paths = (data.DATA / name for name in _MOVED)
    every, kinds = [m for path in paths for m in data.moved(path)], list(When)
    return _task(WHENS, ((m.text, m.before, kinds.index(m.when), m.kept) for m in every))


def aspects() -> Task:
    """Return after whom or what number questions are."""
    return _marked(ASPECTS, "aspect", Aspect)


def sides() -> Task:
    """Return which sides questions want heard."""
    return _marked(SIDES, "sides", Sides)


def areas() -> Task:
    """Return which judged area questions ask about as a whole; with plain questions over excerpts,
    which ask about a part of one, whatever they are about.
    """
    asked = [one for one in _plain_questions() if one.kind in _OF_A_PART]
    plain = [
        data.Marked(one.text, Area.NONE, False)
        for one in random.Random(SEED).sample(asked, PLAIN_OF_A_PART)
    ]
    return _marked(AREAS, "area", Area, plain)


def counts() -> Task:
    """Return what questions count."""
    return _marked(COUNTS, "counts", Counted)


def slants() -> Task:
    """Return which side is asked for; whether something is so, and what is a fact, is asked of no
    side.
    """
    plain = [
        data.Marked(one.text, Slant.ANY, one.kept)
        for one in data.parts()
        if len(one.parts) == 1 and one.intents[0] not in (Intent.OPEN, Intent.WHY, Intent.POINTS)
    ]
    return _marked(SLANTS, "slant", Slant, plain)


def _marked(name: str, field: str, kind: Any, more: Sequence[data.Marked] = ()) -> Task:
    paths = sorted(data.DATA.glob(f"{name}*.jsonl"))
    every = [*(one for path in paths for one in data.marked(path, field, kind)), *more]
    kinds = list(kind)
    return _task(name, ((one.text, None, kinds.index(one.wants), one.kept) for one in every))


def _task(name: str, rows: Iterable[tuple[str, str | None, int, bool]]) -> Task:
    every = [(Example(text, before, label), kept) for text, before, label, kept in rows]
    return Task(
        name,
        tuple(example for example, kept in every if not kept),
        tuple(example for example, kept in every if kept),
    )


def _assuming(held: bool) -> tuple[list[str], list[str]]:
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
    for path in sorted(data.DATA.glob("assumed*.jsonl")):
        for text, takes, kept in data.flagged(path, "assumes"):
            if kept == held:
                (loaded if takes else plain).append(text)
    return loaded, plain
