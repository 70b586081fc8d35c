"""Which sides a question wants heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.question.sides import MOST_PLACES, MOST_TIMES, OF_NO_ONE_PLACE, sides_of
from index.types import Identity, Mention, Period, Query, Sides
from tests.fakes import held

ANY = Query("supervision", "supervision", "supervision")
LEEDS = replace(ANY, authorities=(Mention("Leeds", "Leeds"),))


def letter(place: str, year: int) -> Identity:
    return held(f"{place}-{year}", place, date(year, 5, 1))


HELD = [letter("Leeds", year) for year in (2016, 2019, 2022)] + [letter("Kent", 2021)]


def wanting(sides: Sides) -> dict[Sides, float]:
    return {one: float(one is sides) for one in Sides}


def heard(
    query: Query,
    sides: Sides,
    among: list[Identity] = HELD,
    meant: frozenset[str] = frozenset(),
) -> list[list[str]]:
    found = sides_of(query, among, meant, wanting(sides), 0.6)
    return [sorted(side.doc_ids) for side in found]


def year(of: int) -> Mention[Period]:
    return Mention(Period(date(of, 1, 1), date(of, 12, 31)), str(of))


def test_one_answer_suffices_where_nothing_else_is_wanted():
    assert heard(LEEDS, Sides.ONE) == []
    assert heard(ANY, Sides.TIMES) == []
    assert heard(LEEDS, Sides.PLACES) == []


def test_then_and_now_hears_each_document_of_the_place_newest_first():
    assert heard(LEEDS, Sides.TIMES) == [["Leeds-2022"], ["Leeds-2019"], ["Leeds-2016"]]
    since = replace(LEEDS, periods=(year(2019),))
    assert heard(since, Sides.TIMES) == [["Leeds-2022"], ["Leeds-2019"]]
    many = [letter("Leeds", 2000 + n) for n in range(20)]
    assert len(heard(LEEDS, Sides.TIMES, many)) == MOST_TIMES


def test_two_times_named_are_heard_whatever_the_head_says():
    both = replace(LEEDS, periods=(year(2016), year(2022)))
    assert heard(both, Sides.ONE) == [["Leeds-2022"], ["Leeds-2016"]]


def test_a_document_that_tells_of_an_inspection_of_a_time_named_is_heard_though_undated():
    among = [*HELD, replace(letter("Leeds", 2020), dated=None, doc_id="told")]
    both = replace(LEEDS, periods=(year(2016), year(2020)))
    assert heard(both, Sides.TIMES, among, frozenset({"told"})) == [["Leeds-2016"], ["told"]]


def test_a_span_named_hears_nothing_from_after_it():
    span = Mention(Period(date(2016, 1, 1), date(2019, 12, 31)), "between 2016 and 2019")
    found = heard(replace(LEEDS, periods=(span,)), Sides.TIMES)
    assert found == [["Leeds-2019"], ["Leeds-2016"]]


BOTH = replace(LEEDS, authorities=(*LEEDS.authorities, Mention("Kent", "Kent")))
OF_LEEDS = ["Leeds-2016", "Leeds-2019", "Leeds-2022"]


def test_several_places_named_are_heard_each():
    assert heard(BOTH, Sides.ONE) == [OF_LEEDS, ["Kent-2021"]]
    found = sides_of(BOTH, HELD, frozenset(), wanting(Sides.ONE), 0.6)
    assert [(side.name, side.named) for side in found] == [("Leeds", True), ("Kent", True)]


def test_a_place_is_not_heard_on_an_inspection_that_is_not_meant():
    assert heard(BOTH, Sides.ONE, meant=frozenset({"Leeds-2019"})) == [["Leeds-2019"], []]


def test_a_place_named_of_which_nothing_is_held_is_a_side_that_says_nothing():
    hull = replace(BOTH, authorities=(*BOTH.authorities, Mention("Hull", "Hull")))
    assert heard(hull, Sides.ONE) == [OF_LEEDS, ["Kent-2021"], []]
    either = Mention("Hull", "HCC", certain=False)
    unsure = replace(BOTH, authorities=(*BOTH.authorities, either))
    assert heard(unsure, Sides.ONE) == [OF_LEEDS, ["Kent-2021"]]


def test_places_not_named_are_heard_unless_they_are_too_many():
    assert heard(ANY, Sides.PLACES) == [["Kent-2021"], OF_LEEDS]
    many = [letter(f"Place {n}", 2020) for n in range(MOST_PLACES + 1)]
    assert heard(ANY, Sides.PLACES, many) == []
    assert heard(ANY, Sides.PLACES, HELD[:3]) == []


def test_documents_about_no_single_place_are_heard_too():
    article = held("article")
    found = sides_of(ANY, [*HELD, article], frozenset(), wanting(Sides.PLACES), 0.6)
    assert [side.name for side in found] == [OF_NO_ONE_PLACE, "Kent", "Leeds"]


def test_places_named_with_times_of_their_own_are_heard_at_these():
    both = replace(LEEDS, authorities=(*LEEDS.authorities, Mention("Kent", "Kent")))
    among = [*HELD, letter("Kent", 2016)]
    own = {"Leeds": frozenset({"Leeds-2016"}), "Kent": frozenset({"Kent-2021"})}
    sides = sides_of(both, among, frozenset({"Leeds-2016"}), wanting(Sides.ONE), 0.6, own)
    assert [sorted(side.doc_ids) for side in sides] == [["Leeds-2016"], ["Kent-2021"]]
