"""Which sides a question wants heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.question.sides import MOST_PLACES, MOST_TIMES, sides_of
from index.types import Identity, Mention, Period, Query, Sides
from tests.fakes import held

ANY = Query("supervision", "supervision", "supervision")
LEEDS = replace(ANY, authorities=(Mention("Leeds", "Leeds"),))


def letter(place: str, year: int) -> Identity:
    return held(f"{place}-{year}", place, date(year, 5, 1))


HELD = [letter("Leeds", year) for year in (2016, 2019, 2022)] + [letter("Kent", 2021)]


def wanting(sides: Sides) -> dict[Sides, float]:
    return {one: float(one is sides) for one in Sides}


def heard(query: Query, sides: Sides, among: list[Identity] = HELD) -> list[list[str]]:
    return [sorted(side.doc_ids) for side in sides_of(query, among, wanting(sides), 0.6)]


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


def test_several_places_named_are_heard_each_at_the_time_named():
    both = replace(LEEDS, authorities=(*LEEDS.authorities, Mention("Kent", "Kent")))
    assert heard(both, Sides.ONE) == [["Kent-2021"], ["Leeds-2016", "Leeds-2019", "Leeds-2022"]]
    then = replace(both, periods=(year(2019),))
    assert heard(then, Sides.ONE) == [["Kent-2021"], ["Leeds-2019"]]
    found = sides_of(both, HELD, wanting(Sides.ONE), 0.6)
    assert [(side.name, side.named) for side in found] == [("Kent", True), ("Leeds", True)]


def test_places_not_named_are_heard_unless_they_are_too_many():
    assert heard(ANY, Sides.PLACES) == [["Kent-2021"], ["Leeds-2016", "Leeds-2019", "Leeds-2022"]]
    many = [letter(f"Place {n}", 2020) for n in range(MOST_PLACES + 1)]
    assert heard(ANY, Sides.PLACES, many) == []
    assert heard(ANY, Sides.PLACES, HELD[:3]) == []
