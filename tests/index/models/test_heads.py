"""What the heads over questions that ship say, and what becomes of a damaged file of them."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import numpy as np
import pytest

from assistant.question.parts import MOST, parts_of
from evals.reading import data
from evals.reading.tasks import leanings
from index import models
from index.errors import ModelUnavailable
from index.models.heads import FILE, LEANINGS, Heads
from index.models.question_words import following, grams, placeless, unplaced
from index.types import Area, Counted, Intent, Leaning, Sides, Slant, When

EMBEDDER = models.embedder(models.DEFAULT_EMBEDDER)
EVERY = 10
"""Every so many of the questions kept back are asked."""


@pytest.fixture(scope="module")
def heads() -> Heads:
    return Heads(EMBEDDER)


def test_intents_of_the_voices_kept_back_are_told(heads: Heads) -> None:
    kept = [w for p in data.DATA.glob("intents*.jsonl") for w in data.intents(p) if w.kept]
    right = []
    for wanted in kept[::EVERY]:
        chances = heads.intent(wanted.text)
        right.append(max(chances, key=lambda one: chances[one]) is wanted.intent)
    assert np.mean(right) > 0.75


def test_what_follow_ups_of_the_voices_kept_back_take_is_told(heads: Heads) -> None:
    kept = [f for p in data.DATA.glob("follow-ups*.jsonl") for f in data.follow_ups(p) if f.kept]
    right = []
    for follow in kept[::EVERY]:
        chances = heads.leaning(follow.text, follow.before)
        right.append(max(chances, key=lambda one: chances[one]) is follow.leaning)
    assert np.mean(right) > 0.75


def test_the_encoder_and_the_words_tell_more_than_the_words(heads: Heads) -> None:
    kept = leanings().kept[::3]
    told, by_words = 0, 0
    for one in kept:
        chances = heads.leaning(one.text, one.before or "")
        told += max(chances, key=lambda leaning: chances[leaning]) is list(Leaning)[one.label]
        read = following(EMBEDDER, [one.text], [one.before or ""])[0]
        words = heads._heads[LEANINGS].logits(read, grams(placeless(one.text)[0]))
        by_words += int(words.argmax()) == one.label
    assert told > by_words + 0.03 * len(kept)


@pytest.mark.parametrize(
    ("name", "field", "kind", "least"),
    [
        ("sides", "sides", Sides, 0.85),
        ("slants", "slant", Slant, 0.7),
        ("areas", "area", Area, 0.93),
        ("counts", "counts", Counted, 0.95),
    ],
)
def test_what_questions_of_the_voice_kept_back_want_heard_is_told(
    name: str, field: str, kind: type[StrEnum], least: float, heads: Heads
) -> None:
    right = []
    told = {"counts": heads.counted}.get(name) or getattr(heads, field)
    for one in [w for w in data.marked(data.DATA / f"{name}.jsonl", field, kind) if w.kept][::2]:
        chances = told(one.text)
        right.append(max(chances, key=lambda wants: chances[wants]) is one.wants)
    assert np.mean(right) > least


def test_where_questions_of_the_voice_kept_back_fall_apart_is_told(heads: Heads) -> None:
    kept = [one for one in data.parts() if one.kept]
    right = [
        len(parts_of(one.text, heads.gaps(one.text), 0.5)) == min(len(one.parts), MOST)
        for one in kept
    ]
    assert np.mean(right) > 0.8
    two = "When was it, and what grade did they get?"
    assert parts_of(two, heads.gaps(two), 0.9) == ("When was it", "what grade did they get?")
    assert heads.gaps("") == heads.gaps("and") == heads.gaps("supervision?") == ()


def test_what_sentences_of_held_out_reports_tell_is_told(heads: Heads) -> None:
    found = data.excerpts(*sorted(data.DATA.glob("excerpts*.jsonl")))
    right = []
    for one in data.told(data.DATA / "sentences.jsonl", found):
        if one.excerpt.held_out:
            texts = one.excerpt.sentences[: len(one.tells)]
            for told, tells in zip(heads.tells(one.excerpt.heading, texts), one.tells, strict=True):
                right.append(max(told, key=lambda kind: told[kind]) is tells)
    assert np.mean(right) > 0.8
    assert heads.tells("", []) == []


def test_a_time_is_told_to_mean_another_inspection_where_that_is_sure(heads: Heads) -> None:
    moved = []
    for row, kept in data.voiced(data.DATA / "anchors.jsonl", "anchor", "when"):
        told = heads.anchored(row["question"], row["anchor"]) if kept else {When.SAME: 1.0}
        when, chance = max(told.items(), key=lambda one: one[1])
        if when is not When.SAME and chance >= 0.7:
            moved.append(when == row["when"])
    assert len(moved) > 40
    assert np.mean(moved) > 0.95


def test_by_what_an_inspection_is_named_is_told(heads: Heads) -> None:
    right = []
    for row, kept in data.voiced(data.DATA / "graded-by.jsonl", "named"):
        if kept:
            told = heads.named_by(row["question"])
            right.append(max(told, key=lambda by: told[by]) == row["named"])
    assert np.mean(right) > 0.8


def test_whether_a_short_answer_is_asked_for_is_told(heads: Heads) -> None:
    rows = data.flagged(data.DATA / "short.jsonl", "short")
    right = [(heads.short(text) >= 0.5) == short for text, short, kept in rows if kept]
    assert np.mean(right) > 0.85
    for plain in ("why not?", "and in the newest one?", "What was said about short breaks?"):
        assert heads.short(plain) < 0.5


def test_probabilities_of_kinds_sum_to_one(heads: Heads) -> None:
    intents = heads.intent("Who inspected Leeds in 2019?")
    assert set(intents) == set(Intent)
    assert sum(intents.values()) == pytest.approx(1, abs=1e-5)
    leanings = heads.leaning("and in Kent?", "Are caseloads too high in Leeds?")
    assert set(leanings) == set(Leaning)
    assert sum(leanings.values()) == pytest.approx(1, abs=1e-5)


def test_what_takes_something_for_granted_is_told(heads: Heads) -> None:
    assert heads.assumes("Why is supervision so poor?") > 0.5
    assert heads.assumes("What did inspectors say about supervision?") < 0.5


def test_which_place_is_named_does_not_matter(heads: Heads) -> None:
    assert placeless("supervision in Kent and Leeds") == (
        "supervision in Placeville and Placeville",
        True,
    )
    assert heads.leaning("and Kent?", "Hull?") == heads.leaning("and Leeds?", "Dudley?")


def test_one_year_does_not_ask_for_several_times(heads: Heads) -> None:
    assert unplaced("Kent in 2014, not 2016") == "Placeville in 2019, not 2022"
    for question in ("Was Kent still short of carers in 2017?", "Kent 2017 life story work"):
        assert heads.sides(question)[Sides.TIMES] < 0.5
    assert heads.sides("Has life story work in Kent got better since 2017?")[Sides.TIMES] > 0.5


@pytest.mark.parametrize("question", ["", "?", "x" * 50_000, "\ud800", "a\x00b"])
def test_any_question_is_read(heads: Heads, question: str) -> None:
    assert np.isfinite(list(heads.intent(question).values())).all()
    assert np.isfinite(list(heads.leaning(question, question).values())).all()


def test_the_file_that_ships_is_checked_before_it_is_read() -> None:
    assert Heads(EMBEDDER, file=FILE).assumes("Why?") > 0


@pytest.mark.parametrize("kept", [0, 10, 1_000, -1_000])
def test_a_damaged_file_is_named_with_what_to_do(tmp_path: Path, kept: int) -> None:
    damaged = tmp_path / "heads.npz"
    damaged.write_bytes(FILE.read_bytes()[:kept])
    with pytest.raises(ModelUnavailable, match=r"heads\.npz cannot be read .* make it again"):
        Heads(EMBEDDER, file=damaged)


def test_a_file_without_one_of_the_heads_is_named(tmp_path: Path) -> None:
    other = tmp_path / "heads.npz"
    with np.load(FILE) as arrays:
        np.savez(other, **{n: a for n, a in arrays.items() if not n.startswith("leanings")})
    with pytest.raises(ModelUnavailable, match=r"heads\.npz cannot be read .*leanings"):
        Heads(EMBEDDER, file=other)


def test_a_file_for_another_embedder_is_refused() -> None:
    class Other:
        name, dim = "other", 7

        def embed_queries(self, texts: list[str]) -> np.ndarray:
            return np.zeros((len(texts), 7), dtype=np.float32)

    with pytest.raises(ModelUnavailable, match="made for another embedder than other"):
        Heads(Other(), file=FILE)
