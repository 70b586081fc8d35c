"""Prepares one question for reading: hits with the gold marked, the answer, its citations."""

from __future__ import annotations

from dataclasses import dataclass

from evals.judged import Judged, same_document
from evals.outcome import Outcome
from evals.run.record import Cited, FoundPassage, Line
from evals.scores import Scored
from evals.spans import merged
from evals.types import Gold, Question

_HITS = 10
_LONG = 1500


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a passage, gold or not."""

    text: str
    gold: bool


@dataclass(frozen=True, slots=True)
class ShownHit:
    """A hit; ``finds`` has the numbers (from 1) of the gold quotes found."""

    hit: FoundPassage
    pieces: tuple[Piece, ...]
    finds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShownGold:
    """A gold quote with the rank that finds it and the citation that is right for it."""

    number: int
    gold: Gold
    group: int | None
    rank: int | None
    citation: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that the page shows of a question; ``values`` are the metrics that apply."""

    question: Question
    text: str
    asked: str
    outcome: Outcome
    status: str
    expected: str
    error: str
    lines: tuple[Line, ...]
    answer_text: str
    notes: tuple[str, ...]
    citations: tuple[tuple[Cited, bool | None], ...]
    gold: tuple[ShownGold, ...]
    hits: tuple[ShownHit, ...]
    values: tuple[tuple[str, float], ...]


def reading(one: Scored) -> Reading:
    """Prepare a scored question."""
    judged = one.judged
    question, answer = judged.question, judged.answer
    asked = judged.result.asked
    return Reading(
        question=question,
        text=_shortened(question.question),
        asked="" if asked == question.question else _shortened(asked),
        outcome=one.outcome,
        status=answer.status if answer else "",
        expected=", ".join(question.statuses),
        error=judged.result.error or "",
        lines=answer.sentences if answer else (),
        answer_text=_shortened(answer.text) if answer else "",
        notes=answer.notes if answer else (),
        citations=_citations(judged),
        gold=tuple(_gold(judged, at) for at in range(len(question.gold))),
        hits=tuple(_hit(judged, at) for at in range(min(_HITS, len(judged.found)))),
        values=tuple(one.values.items()),
    )


def _citations(judged: Judged) -> tuple[tuple[Cited, bool | None], ...]:
    if judged.answer is None:
        return ()
    right = [bool(found) if judged.question.gold else None for found in judged.cited]
    return tuple(zip(judged.answer.citations, right, strict=True))


def _gold(judged: Judged, at: int) -> ShownGold:
    groups = judged.question.groups
    citations = judged.answer.citations if judged.answer else ()
    return ShownGold(
        number=at + 1,
        gold=judged.question.gold[at],
        group=next((n for n, g in enumerate(groups, start=1) if at in g), None),
        rank=next((n for n, f in enumerate(judged.found, start=1) if at in f), None),
        citation=next(
            (c.number for c, f in zip(citations, judged.cited, strict=True) if at in f), None
        ),
    )


def _hit(judged: Judged, at: int) -> ShownHit:
    hit = judged.result.hits[at]
    spans = [
        (max(g.start, hit.start), min(g.end, hit.end))
        for g in judged.question.gold
        if g.quote and same_document(g, hit) and g.start < hit.end and hit.start < g.end
    ]
    pieces, done = [], hit.start
    for start, end in merged(spans):
        pieces.append(Piece(hit.text[done - hit.start : start - hit.start], False))
        pieces.append(Piece(hit.text[start - hit.start : end - hit.start], True))
        done = end
    pieces.append(Piece(hit.text[done - hit.start :], False))
    return ShownHit(
        hit,
        tuple(piece for piece in pieces if piece.text),
        tuple(sorted(i + 1 for i in judged.found[at])),
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[:_LONG]}… ({len(text):,} characters)"
