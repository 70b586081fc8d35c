"""Say how well a torch reader reads what was held out; the exported one is judged by ``study``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import torch

from evals.reading.base import narrow
from evals.reading.batches import collate, grouped
from evals.reading.data import Question
from evals.reading.figures import ReadQuestion, auc, claim_figures, reading_figures
from evals.reading.model import ReaderModel, Scores
from evals.reading.reports import items, report_figures
from evals.reading.varied import Item, Varied

if TYPE_CHECKING:
    from evals.reading.material import Material


SIZE = (16000, 96)
"""Tokens and rows that a GPU reads at once."""


def judge(model: ReaderModel, material: Material) -> dict[str, object]:
    """Return the figures over what is held out of ``material``: questions, reports, claims."""
    model.eval()
    plain = Varied(material.writer, material.excerpts, None)
    found: dict[str, object] = {}
    if material.held_questions:
        found |= _of_questions(model, material.held_questions, plain)
    if material.held_reports:
        groups = [items(plain, one) for one in material.held_reports]
        each = iter(_scores(model, [item for group in groups for item in group]))
        read = [[next(each) for _ in group] for group in groups]
        found["reports"] = report_figures(material.held_reports, read)
    if material.held_claims:
        claimed = [plain.claim(c) for c in material.held_claims]
        chances = [float(torch.sigmoid(s.supported[0])) for s in _scores(model, claimed)]
        found["claims"] = claim_figures(material.held_claims, chances)
    return found


def _of_questions(
    model: ReaderModel, questions: Sequence[Question], plain: Varied
) -> dict[str, object]:
    asked = [plain.question(q) for q in questions]
    read = list(zip(asked, _scores(model, asked), strict=True))
    rows = [
        ReadQuestion(
            scores.answers[0, : len(item.answers or ())].numpy(),
            float(scores.passage[0]),
            question.answers,
            question.kind,
        )
        for question, (item, scores) in zip(questions, read, strict=True)
    ]
    contrary = [
        (float(scores.contradicts[0, n]), value)
        for item, scores in read
        for n, value in enumerate(item.contradicts or ())
        if (item.answers or ())[n] == 1
    ]
    belongs = [
        (float(scores.belongs[0, n]), value)
        for item, scores in read
        for n, value in enumerate(item.belongs or ())
    ]
    return reading_figures(rows) | {
        "belongs_auc": auc([s for s, _ in belongs], [v > 0 for _, v in belongs]),
        "contradicts_auc": auc([s for s, _ in contrary], [v > 0 for _, v in contrary]),
    }


def _scores(model: ReaderModel, rows: list[Item]) -> list[Scores]:
    device = next(model.parameters()).device
    by_id: dict[int, Scores] = {}
    with torch.inference_mode(), narrow(device.type):
        for group in grouped(rows, *(SIZE if device.type == "cuda" else ())):
            said = model(**collate(group).to(device).inputs)
            parts = [tensor.float().cpu() for _, tensor in said.items()]
            for n, item in enumerate(group):
                by_id[id(item)] = Scores(*(part[n : n + 1] for part in parts))
    return [by_id[id(item)] for item in rows]
