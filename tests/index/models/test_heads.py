"""What the heads over questions that ship say, and what becomes of a damaged file of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evals.reading import data
from index import models
from index.errors import ModelUnavailable
from index.models.heads import FILE, QuestionHeads, placeless
from index.types import Intent, Leaning

EMBEDDER = models.embedder(models.DEFAULT_EMBEDDER)
EVERY = 10
"""Every so many of the questions kept back are asked."""


@pytest.fixture(scope="module")
def heads() -> QuestionHeads:
    return QuestionHeads(EMBEDDER)


def test_intents_of_the_voices_kept_back_are_told(heads: QuestionHeads) -> None:
    kept = [w for p in data.DATA.glob("intents*.jsonl") for w in data.intents(p) if w.kept]
    right = []
    for wanted in kept[::EVERY]:
        chances = heads.intent(wanted.text)
        right.append(max(chances, key=lambda one: chances[one]) is wanted.intent)
    assert np.mean(right) > 0.75


def test_what_follow_ups_of_the_voices_kept_back_take_is_told(heads: QuestionHeads) -> None:
    kept = [f for p in data.DATA.glob("follow-ups*.jsonl") for f in data.follow_ups(p) if f.kept]
    right = []
    for follow in kept[::EVERY]:
        chances = heads.leaning(follow.text, follow.before)
        right.append(max(chances, key=lambda one: chances[one]) is follow.leaning)
    assert np.mean(right) > 0.75


def test_the_sides_that_the_voice_kept_back_wants_are_told(heads: QuestionHeads) -> None:
    kept = [w for w in data.sides(data.DATA / "sides.jsonl") if w.kept]
    right = []
    for wanted in kept[::4]:
        chances = heads.sides(wanted.text)
        right.append(max(chances, key=lambda one: chances[one]) is wanted.sides)
    assert np.mean(right) > 0.85


def test_probabilities_of_kinds_sum_to_one(heads: QuestionHeads) -> None:
    intents = heads.intent("Who inspected Leeds in 2019?")
    assert set(intents) == set(Intent)
    assert sum(intents.values()) == pytest.approx(1, abs=1e-5)
    leanings = heads.leaning("and in Kent?", "Are caseloads too high in Leeds?")
    assert set(leanings) == set(Leaning)
    assert sum(leanings.values()) == pytest.approx(1, abs=1e-5)


def test_what_takes_something_for_granted_is_told(heads: QuestionHeads) -> None:
    assert heads.assumes("Why is supervision so poor?") > 0.5
    assert heads.assumes("What did inspectors say about supervision?") < 0.5


def test_which_place_is_named_does_not_matter(heads: QuestionHeads) -> None:
    assert placeless("supervision in Kent and Leeds") == (
        "supervision in Placeville and Placeville",
        True,
    )
    assert heads.leaning("and Kent?", "Hull?") == heads.leaning("and Leeds?", "Dudley?")


@pytest.mark.parametrize("question", ["", "?", "x" * 50_000, "\ud800", "a\x00b"])
def test_any_question_is_read(heads: QuestionHeads, question: str) -> None:
    assert np.isfinite(list(heads.intent(question).values())).all()
    assert np.isfinite(list(heads.leaning(question, question).values())).all()


def test_the_file_that_ships_is_checked_before_it_is_read() -> None:
    assert QuestionHeads(EMBEDDER, FILE).assumes("Why?") > 0


@pytest.mark.parametrize("kept", [0, 10, 1_000, -1_000])
def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path, kept: int) -> None:
    damaged = tmp_path / "heads.npz"
    damaged.write_bytes(FILE.read_bytes()[:kept])
    with pytest.raises(ModelUnavailable, match=r"heads\.npz cannot be read .* make it again"):
        QuestionHeads(EMBEDDER, damaged)


def test_a_file_without_one_of_the_heads_is_named(tmp_path: Path) -> None:
    other = tmp_path / "heads.npz"
    with np.load(FILE) as arrays:
        np.savez(other, **{n: a for n, a in arrays.items() if not n.startswith("leanings")})
    with pytest.raises(ModelUnavailable, match=r"heads\.npz cannot be read .*leanings"):
        QuestionHeads(EMBEDDER, other)


def test_a_file_for_another_embedder_is_refused() -> None:
    class Other:
        name, dim = "other", 7

        def embed_queries(self, texts: list[str]) -> np.ndarray:
            return np.zeros((len(texts), 7), dtype=np.float32)

    with pytest.raises(ModelUnavailable, match="made for another embedder than other"):
        QuestionHeads(Other(), FILE)
