"""Questions over whole reports: read, put into rows together, and held to their order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from evals.reading import data
from evals.reading.batches import collate
from evals.reading.data import Excerpt
from evals.reading.model import Scores
from evals.reading.reports import (
    batched,
    items,
    listed_loss,
    report_figures,
    reported,
    taught_order_loss,
    unmarked,
)
from evals.reading.varied import Varied
from index.models.reader import FOLDER
from index.models.reader_input import InputWriter

HULL = {
    name: Excerpt(name, "Hull", "inspection report", "2019-01-01", "Findings", sentences)
    for name, sentences in (
        ("a", ("Caseloads are high.", "Most children are seen.")),
        ("b", ("Staff leave often.", "Leaders know this.")),
    )
}


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    row = {
        "report": "Hull 2019-01-01",
        "question": "Why do plans drift?",
        "answers": {"b": [1], "a": [1]},
        "partly": {"b": [2]},
        "first": ["b", 1],
        "type": "why",
    }
    nothing = row | {"question": "What does it cost?", "answers": {}, "partly": {}, "first": None}
    path = tmp_path / "reports.jsonl"
    path.write_text("\n".join(map(json.dumps, (row, nothing))), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def varied() -> Varied:
    from tokenizers import Tokenizer

    writer = InputWriter(Tokenizer.from_file(str(FOLDER / "tokenizer.json")))
    return Varied(writer, list(HULL.values()), None)


def _scores(rows: list[list[float]]) -> Scores:
    each = torch.tensor(rows)
    return Scores(each, each, each, torch.zeros(len(rows)), torch.zeros(len(rows)))


def test_a_question_is_put_over_every_excerpt_of_its_report(asked: Path) -> None:
    one, nothing = reported(asked, HULL)
    assert [(q.excerpt.excerpt_id, q.answers, q.partly) for q in one.over] == [
        ("a", {0}, frozenset()),
        ("b", {0}, {1}),
    ]
    assert (one.first, nothing.first) == ((1, 0), None)


def test_a_report_that_nobody_knows_is_named(asked: Path) -> None:
    with pytest.raises(ValueError, match="Hull 2019-01-01"):
        reported(asked, {})


def test_its_rows_stay_together_and_the_right_order_loses_less(asked: Path, varied: Varied) -> None:
    one, nothing = reported(asked, HULL)
    (group,) = batched([items(varied, one), items(varied, nothing)], tokens=10_000)
    batch = collate(group)
    assert len(batch.of) == 4
    assert len(set(batch.of)) == 2
    silent = [[-3.0, -3.0], [-3.0, -3.0]]
    by_question = {one: [[1.0, -3.0], [3.0, 0.0]], nothing: silent}
    first_of_all = batch.of[0]
    right = by_question[one] + silent if group[0].passage else silent + by_question[one]
    wrong = [[-value for value in row] for row in right]
    assert first_of_all
    assert listed_loss(_scores(right), batch) < listed_loss(_scores(wrong), batch)


def test_what_nobody_marked_is_held_to_the_order_that_a_teacher_gives(varied: Varied) -> None:
    batch = collate(unmarked(varied, "Why do plans drift?", list(HULL.values())))
    taught = _scores([[1.0, -3.0], [3.0, 0.0]])
    assert float(listed_loss(taught, batch)) == 0
    assert float(taught_order_loss(taught, taught, batch)) == pytest.approx(0, abs=1e-6)
    assert float(taught_order_loss(_scores([[3.0, 0.0], [1.0, -3.0]]), taught, batch)) > 0.5


def test_how_well_a_whole_report_is_read_is_counted(asked: Path) -> None:
    every = reported(asked, HULL)
    said = [
        [_scores([[1.0, -3.0]]), _scores([[3.0, 0.0]])],
        [_scores([[-3.0, -3.0]]), _scores([[-3.0, -3.0]])],
    ]
    assert report_figures(every, said) == {
        "first": 1.0,
        "found3": 1.0,
        "found5": 1.0,
        "answerable_auc": 1.0,
        "questions": 2,
    }


def test_the_reports_that_are_trained_on_can_be_read() -> None:
    of = data.excerpts(*sorted(data.DATA.glob("*excerpts*.jsonl")))
    every = reported(data.DATA / "reports.jsonl", of)
    assert len(every) > 2_500
    assert 0.05 < sum(one.held_out for one in every) / len(every) < 0.15
