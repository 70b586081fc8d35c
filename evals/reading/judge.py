"""Say how well a torch reader reads what was held out; the exported one is judged by ``study``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from evals.reading.batches import Item, Varied, collate, grouped
from evals.reading.figures import ReadQuestion, auc, claim_figures, reading_figures
from evals.reading.model import ReaderModel, Scores

if TYPE_CHECKING:
    from evals.reading.material import Material


def judge(model: ReaderModel, material: Material) -> dict[str, object]:
    """Return the figures over the held-out questions and claims of ``material``."""
    model.eval()
    plain = Varied(material.writer, material.excerpts, None)
    found: dict[str, object] = {}
    if material.held_questions:
        items = [plain.question(q) for q in material.held_questions]
        rows = [
            ReadQuestion(
                scores.answers[0, : len(item.answers or ())].numpy(),
                float(scores.passage[0]),
                q.answers,
                q.kind,
            )
            for q, item, scores in zip(
                material.held_questions, items, _scores(model, items), strict=True
            )
        ]
        found.update(reading_figures(rows))
        contrary = [
            (float(scores.contradicts[0, n]), value)
            for item, scores in zip(items, _scores(model, items), strict=True)
            for n, value in enumerate(item.contradicts or ())
            if (item.answers or ())[n] == 1
        ]
        belongs = [
            (float(scores.belongs[0, n]), value)
            for item, scores in zip(items, _scores(model, items), strict=True)
            for n, value in enumerate(item.belongs or ())
        ]
        found["belongs_auc"] = auc([s for s, _ in belongs], [v > 0 for _, v in belongs])
        found["contradicts_auc"] = auc([s for s, _ in contrary], [v > 0 for _, v in contrary])
    if material.held_claims:
        items = [plain.claim(c) for c in material.held_claims]
        chances = [float(torch.sigmoid(s.supported[0])) for s in _scores(model, items)]
        found["claims"] = claim_figures(material.held_claims, chances)
    return found


def _scores(model: ReaderModel, items: list[Item]) -> list[Scores]:
    device = next(model.parameters()).device
    by_id: dict[int, Scores] = {}
    with torch.inference_mode(), torch.autocast(device.type, dtype=torch.bfloat16):
        for group in grouped(items):
            said = model(**collate(group).to(device).inputs)
            parts = [tensor.float().cpu() for _, tensor in said.items()]
            for n, item in enumerate(group):
                by_id[id(item)] = Scores(*(part[n : n + 1] for part in parts))
    return [by_id[id(item)] for item in items]
