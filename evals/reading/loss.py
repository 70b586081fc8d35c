"""What a reader loses: against marks people made, and against what teachers say."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import nn

from evals.reading.batches import Batch
from evals.reading.model import Scores

ELSEWHERE = 0.05
"""Weight of a sentence that does not answer, for what denies: who denies a premise answers it."""
_bce = nn.functional.binary_cross_entropy_with_logits


def marked_loss(scores: Scores, batch: Batch) -> torch.Tensor:
    """Return the loss against the marks of a batch: a scalar, 0 where nothing is marked."""
    wanted = batch.targets
    if batch.claims:
        return _over(scores.supported, wanted["supported"], _known(wanted["supported"]))
    target, known = wanted["answers"], _known(wanted["answers"])
    answering = known * (ELSEWHERE + (1 - ELSEWHERE) * (target >= 1))
    loss = _over(scores.answers, target, known)
    loss = loss + 0.5 * _over(scores.contradicts, wanted["contradicts"], answering)
    loss = loss + 0.5 * _over(scores.belongs, wanted["belongs"], _known(wanted["belongs"]))
    loss = loss + 0.4 * _over(scores.passage, wanted["passage"], _known(wanted["passage"]))
    right = (target >= 1).float()
    answered = right.sum(1).clamp(min=1)
    logs = torch.log_softmax(scores.answers.float().masked_fill(known == 0, -1e4), 1)
    listed = (logs * right).sum(1) / answered * (right.sum(1) > 0)
    return loss - 0.3 * listed.sum() / (right.sum(1) > 0).sum().clamp(min=1)


def taught_loss(scores: Scores, taught: Sequence[Scores], batch: Batch) -> torch.Tensor:
    """Return how far scores are from the mean of what teachers say: a scalar.

    Source: Hinton et al. 2015, with the teachers' chances as targets; of the sentences of a
    passage the order too (Cao et al. 2007).
    """
    said = {
        name: torch.stack([dict(each.items())[name].float() for each in taught]).mean(0)
        for name, _ in scores.items()
    }
    if batch.claims:
        return _bce(scores.supported.float(), torch.sigmoid(said["supported"]))
    held = batch.held.float()
    loss = 0.4 * _bce(scores.passage.float(), torch.sigmoid(said["passage"]))
    for name, part in (("answers", 1.0), ("contradicts", 0.5), ("belongs", 0.5)):
        loss = loss + part * _over(getattr(scores, name), torch.sigmoid(said[name]), held)
    mine, theirs = (
        torch.log_softmax(logits.float().masked_fill(held == 0, -1e4), 1)
        for logits in (scores.answers, said["answers"])
    )
    listed = (theirs.exp() * (theirs - mine) * held).sum(1)
    return loss + 0.3 * listed.mean()


def _known(target: torch.Tensor) -> torch.Tensor:
    return (~target.isnan()).float()


def _over(logits: torch.Tensor, target: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    each = _bce(logits.float(), target.nan_to_num(0.0), reduction="none")
    return (each * weight).sum() / weight.sum().clamp(min=1e-6)
