"""Which evidence is shown, which is folded away, and in which order."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answerers.choose import choose, choose_of_sides, contrary
from assistant.answerers.decide import Thresholds
from assistant.evidence.reader import Look
from assistant.question.sides import Side
from index.types import Mention, Period, Query
from tests.llm_evidence import MIDDLESBROUGH, STOCKTON, STOKE, reading, scored

LIMIT = Thresholds(answers=0.1, contradicts=0.3, sure=0.75, shown=0.5)
ANY = Query("how are they?", "how are they?", "how are they?")


def test_what_reaches_half_of_the_best_is_shown_and_half_of_that_folded():
    found = [scored(STOKE, score, at) for at, score in enumerate((0.8, 0.5, 0.3, 0.19, 0.05))]
    chosen = choose(found, ANY, None, LIMIT)
    assert [one.score for one in chosen.shown] == [0.8, 0.5]
    assert [one.score for one in chosen.more] == [0.3]


@pytest.mark.parametrize(("periods", "newest"), [((), True), ((2016,), False)])
def test_the_newest_comes_first_unless_a_time_is_asked_for(periods, newest):
    named = tuple(
        Mention(Period(date(year, 1, 1), date(year, 12, 31)), str(year)) for year in periods
    )
    chosen = choose([scored(STOKE, 0.9)], replace(ANY, periods=named), None, LIMIT)
    assert chosen.newest_first is newest


def test_only_what_is_near_the_best_denies_a_premise():
    found = [
        scored(STOKE, 0.9, 1, contradicts=0.5),
        scored(STOKE, 0.8, 2, contradicts=0.1),
        scored(STOKE, 0.1, 3, contradicts=0.9),
    ]
    assert [one.sentence.start for one in contrary(found, LIMIT).shown] == [1]


def test_each_side_is_heard_the_surest_first_and_the_silent_are_named():
    sides = [
        Side("2023", frozenset({STOKE.doc_id})),
        Side("2022", frozenset({MIDDLESBROUGH.doc_id})),
        Side("2021", frozenset({STOCKTON.doc_id})),
    ]
    found = [
        scored(MIDDLESBROUGH, 0.9, 1),
        scored(MIDDLESBROUGH, 0.2, 2),
        scored(STOKE, 0.3, 3),
        scored(STOCKTON, 0.04, 4),
    ]
    readings = tuple(reading(item, n, item.score) for n, item in enumerate(found))
    chosen, silent = choose_of_sides(Look((), tuple(found), 0.9, readings), sides, LIMIT)
    assert [item.sentence.start for item in chosen.shown] == [1, 3]
    assert [side.name for side in silent] == ["2021"]


@pytest.mark.parametrize(
    ("scores", "order"), [((0.5, 0.9), ["new", "old"]), ((0.3, 0.9), ["old", "new"])]
)
def test_two_times_stand_newest_first_where_both_are_about_as_sure(scores, order):
    sides = [
        Side("new", frozenset({STOKE.doc_id}), timed=True),
        Side("old", frozenset({STOCKTON.doc_id}), timed=True),
    ]
    found = [scored(STOKE, scores[0], 1), scored(STOCKTON, scores[1], 2)]
    readings = tuple(reading(item, n, item.score) for n, item in enumerate(found))
    chosen, silent = choose_of_sides(Look((), tuple(found), 0.9, readings), sides, LIMIT)
    names = {STOKE.doc_id: "new", STOCKTON.doc_id: "old"}
    assert [names[item.identity.doc_id] for item in chosen.shown] == order
    assert not silent


def test_the_one_time_that_is_named_goes_first():
    sides = [
        Side("new", frozenset({STOKE.doc_id}), timed=True),
        Side("named", frozenset({STOCKTON.doc_id}), timed=True, first=True),
    ]
    found = [scored(STOKE, 0.9, 1), scored(STOCKTON, 0.3, 2)]
    readings = tuple(reading(item, n, item.score) for n, item in enumerate(found))
    chosen, _ = choose_of_sides(Look((), tuple(found), 0.9, readings), sides, LIMIT)
    assert [item.identity for item in chosen.shown] == [STOCKTON, STOKE]


def test_a_place_is_never_without_what_its_newest_letter_answers():
    newer = replace(STOCKTON, doc_id="newer", dated=date(2025, 5, 1))
    side = Side("Stockton", frozenset({STOCKTON.doc_id, "newer"}), named=True)
    found = [scored(STOCKTON, 0.9, 1), scored(STOCKTON, 0.8, 2), scored(newer, 0.3, 3)]
    readings = tuple(reading(item, n, item.score) for n, item in enumerate(found))
    chosen, _ = choose_of_sides(Look((), tuple(found), 0.9, readings), [side], LIMIT)
    assert [item.identity.doc_id for item in chosen.shown] == ["newer", STOCKTON.doc_id]


def test_what_older_letters_say_is_folded_where_it_is_asked_how_things_are():
    older = replace(STOKE, doc_id="older", dated=date(2015, 5, 1))
    found = [scored(STOKE, 0.9, 1), scored(older, 0.8, 2), scored(older, 0.7, 3)]
    named = replace(ANY, authorities=(Mention("Stoke-on-Trent", "Stoke"),))
    chosen = choose(found, named, None, LIMIT)
    assert [item.sentence.start for item in chosen.shown] == [1]
    assert [item.sentence.start for item in chosen.more] == [2, 3]


def test_an_older_letter_is_heard_where_the_newest_does_not_answer():
    older = replace(STOKE, doc_id="older", dated=date(2015, 5, 1))
    found = [scored(older, 0.9, 1), scored(STOKE, 0.01, 2)]
    named = replace(ANY, authorities=(Mention("Stoke-on-Trent", "Stoke"),))
    assert [item.sentence.start for item in choose(found, named, None, LIMIT).shown] == [1]
