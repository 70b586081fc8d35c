"""The checker that ships: what it says of claims that no training saw."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from evals.reading import data, study
from index import models
from index.errors import ModelUnavailable
from index.models.checker import FOLDER, TrainedChecker
from tests.index.models.test_reader import HEAD, SENTENCES

KEPT = Path(__file__).parents[3] / "evals" / "reading" / "data-kept"
RECORDED = json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checker() -> TrainedChecker:
    return models.trained_checker()


def test_the_data_are_those_that_it_was_trained_on() -> None:
    assert data.digest(without=RECORDED["without"]) == RECORDED["data_sha256"]


def test_a_claim_is_read_with_what_it_cites(checker: TrainedChecker) -> None:
    right = checker.supports(
        "Most social workers find their caseloads manageable.", HEAD, SENTENCES, {0}
    )
    wrong = checker.supports("No social worker has a manageable caseload.", HEAD, SENTENCES, {0})
    assert right > 0.5 > wrong


def test_a_short_claim_that_takes_one_thing_out_of_a_sentence_is_borne_out(
    checker: TrainedChecker,
) -> None:
    said = (
        "In addition, inspectors spoke to a range of staff, including political members, the "
        "local family judge, and social workers.",
    )
    right = checker.supports("Inspectors spoke to the local family judge.", HEAD, said, {0})
    wrong = checker.supports("Inspectors spoke to foster carers.", HEAD, said, {0})
    assert right > 0.5 > wrong


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(RECORDED["kept"]))
def test_it_accepts_what_was_recorded(checker: TrainedChecker, name: str) -> None:
    accepts = study.accepted_by_product(checker)
    found = study.claims(KEPT / "excerpts-seeds.jsonl", KEPT / name, accepts)
    for figure in ("right_accepted", "wrong_accepted", "auc"):
        assert found[figure] == pytest.approx(RECORDED["kept"][name][figure], abs=0.02)


def test_weights_that_are_not_there_are_named(tmp_path: Path) -> None:
    shutil.copy(FOLDER / "tokenizer.json", tmp_path)
    with pytest.raises(ModelUnavailable, match=r"model\.onnx"):
        TrainedChecker(tmp_path)
