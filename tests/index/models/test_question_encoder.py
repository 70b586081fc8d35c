"""The encoder over questions that ships: what it says of a fixed sample, and what it is read of."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from evals.reading import data
from evals.reading.question_encoder import told_rightly
from evals.reading.tasks import tasks
from index.errors import ModelUnavailable
from index.models.heads import INTENTS, LEANINGS, OUTPUTS
from index.models.question_encoder import FOLDER, MAX_TOKENS, NAMED, QuestionEncoder

RECORDED = json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def encoder() -> QuestionEncoder:
    return QuestionEncoder()


def test_the_data_are_those_that_it_was_trained_on() -> None:
    found = data.digest(without=RECORDED["without"], of_questions=True)
    assert found == RECORDED["data_sha256"]


@pytest.mark.slow
def test_it_tells_the_voices_kept_back_as_recorded(encoder: QuestionEncoder) -> None:
    assert told_rightly(encoder, tasks()) == pytest.approx(RECORDED["kept"], abs=0.01)


@pytest.mark.parametrize("before", [None, "", "What about Leeds?", "x " * 5_000])
@pytest.mark.parametrize("question", ["", "?", "x" * 50_000, "y " * 5_000, "a\x00b"])
def test_any_question_is_read(encoder: QuestionEncoder, question: str, before: str | None) -> None:
    said = encoder.logits(question, before)
    named = said.pop(NAMED)
    assert {name: len(values) for name, values in said.items()} == {
        name: OUTPUTS[name] for name in RECORDED["kept"]
    }
    assert 0 < len(named) <= MAX_TOKENS
    assert all(np.isfinite(values).all() for values in said.values())


def test_of_what_is_too_long_the_end_is_read(encoder: QuestionEncoder) -> None:
    end = "What did inspectors say of caseloads in Kent? " * 20
    asked = encoder.logits("What about adoption?", end)[LEANINGS]
    assert asked == pytest.approx(
        encoder.logits("What about adoption?", "It rains. " + end)[LEANINGS]
    )
    assert asked != pytest.approx(encoder.logits("Who signed that letter?", end)[LEANINGS])
    alone = encoder.logits(end + "Who signed the letter to Kent?")[INTENTS]
    assert alone != pytest.approx(encoder.logits(end)[INTENTS])


@pytest.mark.parametrize("file", ["model.onnx", "tokenizer.json"])
def test_a_missing_file_is_named(tmp_path: Path, file: str) -> None:
    shutil.copytree(FOLDER, tmp_path / "q")
    (tmp_path / "q" / file).unlink()
    with pytest.raises(ModelUnavailable, match=file.replace(".", r"\.")):
        QuestionEncoder(tmp_path / "q")
