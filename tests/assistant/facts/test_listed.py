"""What a follow-up asks of a list of points just shown, over the letters beside the repository."""

from datetime import date

import pytest

from assistant.facts.listed import _how_many_alike, of_the_list
from assistant.question.resolved import Resolved
from assistant.rendering.draft import Draft
from assistant.types import CitedBefore
from index.types import Intent, Leaning, Mention, Period, Query

WEST = "West Northamptonshire"


def year(number):
    return Mention(Period(date(number, 1, 1), date(number, 12, 31)), str(number))


def newest(name, corpus):
    return [one for one in corpus.of(name) if one.improvements][-1]


def cited(event, corpus, points=None):
    draft = Draft()
    for point in points or event.improvements:
        draft.quote(*corpus.quote(point.place))
    return tuple(map(CitedBefore.of, draft.citations))


def asked(words, corpus, leaning, intent, of="Nottingham", name=None, periods=()):
    place = (Mention(name or of, name or of),)
    query = Query(words, authorities=place, periods=periods, subject=words, topic=words)
    shown = cited(newest(of, corpus), corpus)
    resolved = Resolved(words, query, leaning=leaning, typed=words, cited=shown)
    return of_the_list(resolved, {intent: 1.0}, corpus)


def lines(found):
    return [sentence.text for sentence in found.draft.sentences]


def test_a_list_is_set_beside_the_one_of_another_time(letter_corpus):
    words = "which were on the 2018 list too?"
    found = asked(words, letter_corpus, Leaning.ANSWER, Intent.HELD, periods=(year(2018),))
    first, *alike, whole = lines(found)[:5]
    assert first.startswith("3 of the 8 points of the inspection of 11 to 22 July 2022 read ")
    assert "Placement sufficiency" in " ".join(alike)
    assert whole == "Complete: Nottingham, inspection of 5 to 16 November 2018: 8 points."
    assert len(lines(found)[5:]) == 8


def test_a_list_is_set_beside_each_of_several(letter_corpus):
    words, times = "were any on the lists of 2014 and 2018?", (year(2014), year(2018))
    found = asked(words, letter_corpus, Leaning.ANSWER, Intent.COUNT, periods=times)
    said = " ".join(lines(found))
    assert "of the inspection of 5 to 16 November 2018." in said
    assert "the inspection of 11 March to 2 April 2014" in said


def test_both_lists_are_shown_where_no_point_surely_says_the_same(letter_corpus):
    words, of = "were any on the list in 2022?", "Redcar and Cleveland"
    found = asked(words, letter_corpus, Leaning.ANSWER, Intent.COUNT, of, periods=(year(2022),))
    first, whole, *points = lines(found)
    assert first.endswith("; the lists, to compare:")
    assert whole.count("points") == 2
    assert len(points) == 3 + 6


def test_a_list_is_set_beside_another_places(letter_corpus):
    words, of, name = "is it different from West's?", "North Northamptonshire", WEST
    found = asked(words, letter_corpus, Leaning.TOPIC, Intent.COMPARE, of, name)
    first = lines(found)[0]
    assert first.startswith("2 of the 2 points of the inspection of 11 to 22 May 2026 (North ")


def test_what_reads_as_a_point_is_told_where_no_list_is_held(seed_corpus):
    words, of = "what was on the list before?", "Stockton-on-Tees"
    found = asked(words, seed_corpus, Leaning.TOPIC, Intent.POINTS, of, periods=(year(2019),))
    assert found.chance == 1.0  # or it would never be told
    assert "made by qualified workers" in " ".join(lines(found))


def test_of_a_list_shown_in_part_that_is_said(letter_corpus):
    event = newest("North Northamptonshire", letter_corpus)
    other = newest(WEST, letter_corpus)
    said = _how_many_alike(1, event, event.improvements[:1], other)
    assert said.startswith("1 of the 1 point shown of the inspection of 11 to 22 May 2026")


def test_the_points_on_a_matter_are_told_among_those_shown(letter_corpus):
    words, of = "any of that aimed at IROs?", "Middlesbrough"
    first, second = lines(asked(words, letter_corpus, Leaning.PLACE, Intent.COUNT, of))
    assert first == "1 of the 6 points of the inspection of 8 to 19 June 2026 is on this."
    assert "independent reviewing officers" in second


def test_where_no_point_surely_is_on_it_all_are_shown(letter_corpus):
    words = "how many are about school trips?"
    first, *rest = lines(asked(words, letter_corpus, Leaning.ANSWER, Intent.COUNT))
    assert first.startswith("None of the 8 points")
    assert len(rest) == 1 + 8


@pytest.mark.parametrize(
    ("leaning", "intent"),
    [
        (Leaning.NOTHING, Intent.OPEN),
        (Leaning.PLACE, Intent.OPEN),
        (Leaning.ANSWER, Intent.WHO),
        (Leaning.PLACE, Intent.YES_NO),
    ],
)
def test_what_asks_for_something_else_is_left(letter_corpus, leaning, intent):
    assert asked("what about schools?", letter_corpus, leaning, intent) is None


def test_a_list_is_known_by_its_points_alone(letter_corpus):
    event = newest("Nottingham", letter_corpus)
    shown = cited(event, letter_corpus)
    words = "how many of those are about care leavers?"
    query = Query(words, authorities=(Mention("Nottingham", ""),), subject=words, topic=words)
    more = CitedBefore(shown[0].doc_id, "Something else that was quoted.")
    resolved = Resolved(words, query, leaning=Leaning.ANSWER, typed=words, cited=(*shown, more))
    assert of_the_list(resolved, {Intent.COUNT: 1.0}, letter_corpus) is None
