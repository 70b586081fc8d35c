"""The reader that ships: what it says of a fixed sample, and that it says it of each alone."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from evals.reading import data, study
from evals.reading.export import QUESTIONS_EVERY
from index import models
from index.errors import ModelUnavailable
from index.models.heads import Heads
from index.models.reader import FOLDER, TrainedReader

ROOT = Path(__file__).parents[3]
DATA = ROOT / "evals" / "reading" / "data"
RECORDED = json.loads((FOLDER / "figures.json").read_text(encoding="utf-8"))
HEADS = Heads(models.embedder(models.DEFAULT_EMBEDDER))
HEAD = "Stoke-on-Trent, focused visit letter, 8 November 2023: Main findings"
SENTENCES = (
    "Most social workers report that their caseloads are manageable.",
    "For a minority, they are too high, which impacts on their ability to complete tasks.",
    "Children are supported to see their brothers and sisters.",
)


@pytest.fixture(scope="module")
def reader() -> TrainedReader:
    return models.trained_reader()


def sample(name: str, out: Path, every: int) -> Path:
    """Write every so many lines of a data file."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    out.write_text("\n".join(lines[::every]), encoding="utf-8")
    return out


def test_the_data_are_those_that_it_was_trained_on() -> None:
    assert data.digest(without=RECORDED["without"]) == RECORDED["data_sha256"]


@pytest.mark.slow
def test_it_reads_as_recorded(reader: TrainedReader, tmp_path: Path) -> None:
    questions = sample("questions.jsonl", tmp_path / "q.jsonl", QUESTIONS_EVERY)
    found = study.reading(DATA / "excerpts.jsonl", questions, reader)
    for name in ("first", "mrr", "answerable_auc"):
        assert found[name] == pytest.approx(RECORDED["sample"]["reading"][name], abs=0.01)


def test_what_answers_scores_above_what_does_not(reader: TrainedReader) -> None:
    said = reader.read_sentences("Are caseloads too high?", HEAD, SENTENCES)
    assert int(said.answers.argmin()) == 2
    assert int(said.belongs.argmin()) == 2
    assert said.whole > 0.5
    assert reader.read_sentences("How many foster homes are there?", HEAD, SENTENCES).whole < 0.3


@pytest.mark.parametrize("question", ["", "?", "x" * 50_000, "\ud800", "a\x00b"])
def test_any_question_is_read(reader: TrainedReader, question: str) -> None:
    said = reader.read_sentences(question, HEAD, SENTENCES)
    assert np.isfinite([said.answers, said.contradicts, said.belongs]).all()
    assert 0 <= said.whole <= 1


def test_a_long_passage_is_read_to_its_end(reader: TrainedReader) -> None:
    filler = ("The weather was mild and the roads were dry on the day of the visit.",) * 120
    said = reader.read_sentences("Are caseloads too high?", HEAD, (*filler, SENTENCES[1]))
    assert int(said.answers.argmax()) == len(filler)


def test_nothing_to_read_is_no_answer(reader: TrainedReader) -> None:
    said = reader.read_sentences("Are caseloads too high?", HEAD, ())
    assert said.answers.shape == said.contradicts.shape == said.belongs.shape == (0,)


def test_missing_weights_are_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"model\.onnx is missing"):
        TrainedReader(HEADS, tmp_path)


def test_changed_weights_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    (folder / "model.onnx").write_bytes(b"not a model")
    with pytest.raises(ModelUnavailable, match="holds no usable model"):
        TrainedReader(HEADS, folder)
