"""Which sentences are shown, which are folded away, and in which order."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answerers.compose import (
    FOLDED,
    SHOWN,
    Composer,
    choose,
    choose_of_sides,
    contrary,
)
from assistant.answerers.decide import Thresholds
from assistant.evidence.reader import Look
from assistant.question.sides import Side
from assistant.rendering.draft import Draft
from index.types import BlockKind, Mention, Period, Query
from tests.fakes import document
from tests.llm_evidence import COUNCIL, MIDDLESBROUGH, STOCKTON, STOKE, evidence, reading

LIMIT = Thresholds(answers=0.1, contradicts=0.3, sure=0.75, shown=0.5)
ANY = Query("how are they?", "how are they?", "how are they?")


def scored(who, score, start=0, text="They do well.", **more):
    return replace(evidence(who, text, start=start), score=score, **more)


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


def test_a_place_is_never_without_what_its_newest_letter_answers():
    newer = replace(STOCKTON, doc_id="newer", dated=date(2025, 5, 1))
    side = Side("Stockton", frozenset({STOCKTON.doc_id, "newer"}), named=True)
    found = [scored(STOCKTON, 0.9, 1), scored(STOCKTON, 0.8, 2), scored(newer, 0.3, 3)]
    readings = tuple(reading(item, n, item.score) for n, item in enumerate(found))
    chosen, _ = choose_of_sides(Look((), tuple(found), 0.9, readings), [side], LIMIT)
    assert [item.identity.doc_id for item in chosen.shown] == ["newer", STOCKTON.doc_id]


def test_an_older_letter_keeps_one_finding_where_it_is_asked_how_things_are():
    older = replace(STOKE, doc_id="older", dated=date(2015, 5, 1))
    found = [scored(STOKE, 0.9, 1), scored(older, 0.8, 2), scored(older, 0.7, 3)]
    named = replace(ANY, authorities=(Mention("Stoke-on-Trent", "Stoke"),))
    chosen = choose(found, named, None, LIMIT)
    assert [item.sentence.start for item in chosen.shown] == [1, 2]
    assert [item.sentence.start for item in chosen.more] == [3]


def test_a_list_that_mostly_answers_is_whole():
    items = [f"Thing number {n} is done well" for n in "abcde"]
    clean = document([(BlockKind.ITEM, text) for text in items])

    class Listed(_Store):
        def __init__(self):
            self._clean = clean

    for count, wanted in ((3, 5), (2, 2)):
        found = [scored(STOKE, 0.9, clean.blocks[n].start) for n in range(0, 2 * count, 2)][:count]
        draft = Composer(Listed(), LIMIT).write(Draft(), choose(found, ANY, None, LIMIT), found)
        assert len(draft.citations) == wanted


class _Store:
    """Every document holds the same text."""

    def __init__(self, *paragraphs):
        self._clean = document([(BlockKind.PARAGRAPH, text) for text in paragraphs])

    def document(self, doc_id):
        return replace(self._clean, identity=replace(self._clean.identity, doc_id=doc_id))


def test_neighbours_that_belong_or_are_shown_make_one_quote_and_none_is_lost():
    text = " ".join(f"Sentence number {n} holds well." for n in "abcdef")
    starts = [at for at in range(len(text)) if text.startswith("Sentence", at)]
    scores = (0.9, 0.1, 0.1, 0.6, 0.01, 0.5)
    found = [
        scored(STOKE, score, at, belongs=float(n in (1, 2)))
        for n, (score, at) in enumerate(zip(scores, starts, strict=True))
    ]
    found.sort(key=lambda item: -item.score)
    chosen = choose(found, ANY, None, LIMIT)
    draft = Composer(_Store(text), LIMIT).write(Draft(), chosen, found)
    first, second = (one.quote for one in draft.citations)
    assert [first.count(f"number {n} ") for n in "abcdef"] == [1, 1, 1, 1, 0, 0]
    assert second == "Sentence number f holds well."


def test_findings_are_counted_and_the_rest_is_folded():
    words = ("rain", "snow", "hail", "wind", "sun", "fog", "ice", "dew")
    text = "\n\n".join(f"There is {one} in the {one} of {one}." for one in words)
    store = _Store(*text.split("\n\n"))
    starts = [block.start for block in store.document("d").blocks]
    found = [scored(STOKE, 0.9 - at / 1000, at) for at in starts]
    draft = Composer(store, LIMIT).write(Draft(), choose(found, ANY, None, LIMIT), found)
    assert len([one for one in draft.sentences if not one.more]) == SHOWN
    assert len([one for one in draft.sentences if one.more]) == 3 <= FOLDED


def test_letters_stand_newest_first_ofsteds_own_before_others():
    text = "One thing holds well. Another one holds too."
    found = [
        scored(COUNCIL, 0.9),
        scored(STOCKTON, 0.8),
        scored(STOKE, 0.7),
    ]
    draft = Composer(_Store(text), LIMIT).write(Draft(), choose(found, ANY, None, LIMIT), found)
    assert [one.identity.doc_id for one in draft.citations] == [
        STOKE.doc_id, STOCKTON.doc_id, COUNCIL.doc_id,
    ]  # fmt: skip
