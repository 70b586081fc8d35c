"""Questions over whole reports: which of all its sentences to quote, and which of them first.

The sentences of a report's excerpts are told apart together, as the product tells those of the
passages that it reads (``evals/LOG.md`` #whole-1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from evals.reading import data
from evals.reading.batches import TOKENS, Batch
from evals.reading.data import Excerpt, Question
from evals.reading.figures import auc
from evals.reading.model import Scores
from evals.reading.varied import PARTLY, Item, Varied

FIRST, QUOTED, ALSO = 1.5, 1.0, 0.2
"""Weights in a list of the sentence to quote first, of the others, and of what answers in part."""
WHOLE = 0.5
"""Weight of a passage's own logit beside its sentences', as the product blends them."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A question over all excerpts of a report.

    Attributes:
        over: the question over each excerpt, in order.
        first: the excerpt and the sentence (indexes) to quote first, None where none answers.
    """

    over: tuple[Question, ...]
    first: tuple[int, int] | None

    @property
    def held_out(self) -> bool:
        """Whether its report is kept for choosing."""
        return self.over[0].excerpt.held_out


def reported(path: Path, of: Mapping[str, Excerpt]) -> list[Reported]:
    """Read questions over whole reports; of those ``of`` that are ours none.

    Raises:
        ValueError: a line is no such question, or names a report or excerpt not of these.
    """
    reports: dict[str, list[Excerpt]] = defaultdict(list)
    for excerpt in of.values():
        reports[excerpt.report].append(excerpt)
    found = []
    for row in data.rows(path, "report", "question", "answers", "partly", "first"):
        excerpts = [e for e in reports[row["report"]] if not e.ours]
        if not excerpts:
            raise ValueError(f"{path}: there is no report {row['report']!r}")
        numbers = {excerpt.excerpt_id: n for n, excerpt in enumerate(excerpts)}
        strange = {*row["answers"], *row["partly"]} - numbers.keys()
        if strange:
            raise ValueError(f"{path}: {row['report']} has no excerpt {min(strange)!r}")
        over = tuple(
            Question(
                excerpt,
                row["question"],
                frozenset(n - 1 for n in row["answers"].get(excerpt.excerpt_id, ())),
                frozenset(n - 1 for n in row["partly"].get(excerpt.excerpt_id, ())),
                row.get("type", ""),
            )
            for excerpt in excerpts
        )
        first = (numbers[row["first"][0]], row["first"][1] - 1) if row["first"] else None
        found.append(Reported(over, first))
    return found


def items(varied: Varied, one: Reported) -> list[Item]:
    """Return a row an excerpt, the question varied alike in all of them."""
    said = varied.said(one.over[0])
    made = []
    for n, question in enumerate(one.over):
        item = varied.plain(replace(question, text=said))
        answers = item.answers or []
        item.contradicts = None
        item.passage = max(answers, default=0.0)
        item.listed = [ALSO if a == PARTLY else QUOTED if a else 0.0 for a in answers]
        if one.first and one.first[0] == n and one.first[1] < len(item.listed):
            item.listed[one.first[1]] = FIRST
        made.append(item)
    for item in made:
        item.of = id(one)
    return made


def unmarked(varied: Varied, question: str, over: Sequence[Excerpt]) -> list[Item]:
    """Return a row an excerpt for a question over a report that nobody has marked for it."""
    made = [varied.unmarked(question, excerpt) for excerpt in over]
    for item in made:
        item.of = id(made)
    return made


def batched(groups: Sequence[list[Item]], tokens: int = TOKENS) -> list[list[Item]]:
    """Put groups of like length together, each whole, into batches of about ``tokens``."""
    found: list[list[Item]] = []
    longest = 0
    for group in sorted(groups, key=lambda g: max(len(item.row.ids) for item in g)):
        longest = max(len(item.row.ids) for item in group)
        if not found or (len(found[-1]) + len(group)) * longest > tokens:
            found.append([])
        found[-1] += group
    return found


def listed_loss(scores: Scores, batch: Batch) -> torch.Tensor:
    """Return how far the order of each question's sentences, over all its rows, is from what was
    marked: a scalar, 0 where no question has rows together.

    Source: Cao et al. 2007 (ListNet's top one), with the marks as its target.
    """
    wanted = batch.targets["listed"].nan_to_num(0.0)
    group, count = _groups(batch, scores.answers.device)
    marks = wanted.new_zeros(count).index_add(0, group, wanted.sum(1))
    lost = -(_shares(scores, batch, group, count) * wanted).sum(1)
    each = wanted.new_zeros(count).index_add(0, group, lost) / marks.clamp(min=1e-6)
    known = (marks >= QUOTED) & (torch.arange(count, device=group.device) > 0)
    return (each * known).sum() / known.sum().clamp(min=1)


def taught_order_loss(scores: Scores, taught: Scores, batch: Batch) -> torch.Tensor:
    """Return how far the order of each question's sentences, over all its rows, is from what a
    teacher says: a scalar, 0 where no question has rows together (Cao et al. 2007).
    """
    group, count = _groups(batch, scores.answers.device)
    mine, theirs = (_shares(said, batch, group, count) for said in (scores, taught))
    far = (theirs.exp() * (theirs - mine) * batch.held).sum(1)
    each = far.new_zeros(count).index_add(0, group, far)
    return each[1:].mean() if count > 1 else each.sum() * 0


def _groups(batch: Batch, device: torch.device) -> tuple[torch.Tensor, int]:
    """Return a number for each row, the same where rows are of one question, 0 where a row stands
    alone, and how many numbers there are.
    """
    numbers = {0: 0}
    each = [numbers.setdefault(one, len(numbers)) for one in batch.of or (0,) * len(batch.held)]
    return torch.tensor(each, device=device), len(numbers)


def _shares(scores: Scores, batch: Batch, group: torch.Tensor, count: int) -> torch.Tensor:
    """Return the log of each sentence's share in its group: float32, shape (batch, sentences)."""
    logits = scores.answers.float() + WHOLE * scores.passage.float().unsqueeze(1)
    logits = logits.masked_fill(~batch.held, -1e4)
    most = logits.new_full((count,), -1e4)
    most = most.scatter_reduce(0, group, logits.detach().amax(1), "amax")
    beyond = logits - most[group].unsqueeze(1)
    sums = logits.new_zeros(count).index_add(0, group, beyond.exp().sum(1))
    return beyond - sums.clamp(min=1e-9).log()[group].unsqueeze(1)


def report_figures(
    asked: Sequence[Reported], scores: Sequence[Sequence[Scores]]
) -> dict[str, object]:
    """Return how the sentences of whole reports are told apart.

    Returns:
        ``first``: the likeliest sentence is one to quote; ``found3`` and ``found5``: of those to
        quote, in the first three and five; ``answerable_auc``; ``questions``.
    """
    first: list[bool] = []
    best: list[float] = []
    found: dict[int, list[float]] = {3: [], 5: []}
    for one, rows in zip(asked, scores, strict=True):
        said = [
            (float(row.answers[0, n] + WHOLE * row.passage[0]), n in question.answers)
            for question, row in zip(one.over, rows, strict=True)
            for n in range(min(len(question.excerpt.sentences), row.answers.shape[1]))
        ]
        said.sort(key=lambda pair: -pair[0])
        best.append(said[0][0])
        wanted = sum(right for _, right in said)
        if wanted:
            first.append(said[0][1])
            for most, shares in found.items():
                shares.append(sum(right for _, right in said[:most]) / min(wanted, most))
    return {
        "first": round(float(np.mean(first)), 4),
        "found3": round(float(np.mean(found[3])), 4),
        "found5": round(float(np.mean(found[5])), 4),
        "answerable_auc": round(auc(best, [one.first is not None for one in asked]), 4),
        "questions": len(asked),
    }
