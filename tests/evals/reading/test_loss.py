"""What a reader loses, on a few rows: nothing is trained."""

from __future__ import annotations

import torch

from evals.reading import loss
from evals.reading.batches import Batch
from evals.reading.model import Scores

NAN = float("nan")


def _batch(answers: list[list[float]], passage: list[float]) -> Batch:
    target = torch.tensor(answers)
    none = torch.full_like(target, NAN)
    targets = {
        "answers": target,
        "contradicts": target * 0,
        "belongs": none,
        "passage": torch.tensor(passage),
        "supported": torch.full((len(answers),), NAN),
    }
    return Batch({}, targets, torch.ones_like(target, dtype=torch.bool), claims=False)


def _scores(answers: list[list[float]]) -> Scores:
    each = torch.tensor(answers)
    row = each.amax(1)
    return Scores(each, each * 0 - 5, each * 0, row, row)


def test_the_right_sentence_loses_less_than_a_wrong_one() -> None:
    batch = _batch([[1.0, 0.0, 0.0]], [1.0])
    right = loss.marked_loss(_scores([[5.0, -5.0, -5.0]]), batch)
    wrong = loss.marked_loss(_scores([[-5.0, 5.0, -5.0]]), batch)
    assert right < wrong


def test_what_nobody_marked_loses_nothing() -> None:
    batch = _batch([[NAN, NAN]], [NAN])
    assert float(loss.marked_loss(_scores([[3.0, -3.0]]), batch)) == 0


def test_saying_what_a_teacher_says_loses_less_than_saying_otherwise() -> None:
    batch = _batch([[NAN, NAN]], [NAN])
    taught = [_scores([[4.0, -4.0]]), _scores([[3.0, -3.0]])]
    alike = loss.taught_loss(_scores([[3.5, -3.5]]), taught, batch)
    other = loss.taught_loss(_scores([[-3.5, 3.5]]), taught, batch)
    assert alike < other


def test_a_claim_is_held_to_whether_it_is_borne_out() -> None:
    batch = _batch([[NAN], [NAN]], [NAN, NAN])
    batch.claims = True
    batch.targets["supported"] = torch.tensor([1.0, 0.0])
    right = loss.marked_loss(_scores([[4.0], [-4.0]]), batch)
    wrong = loss.marked_loss(_scores([[-4.0], [4.0]]), batch)
    assert right < wrong
