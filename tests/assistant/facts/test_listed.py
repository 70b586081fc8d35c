"""What a follow-up asks of a list of points just shown, over the letters beside the repository."""

from datetime import date

import pytest

from assistant.facts.listed import of_the_list
from assistant.question.resolved import Resolved
from assistant.rendering.draft import Draft
from assistant.types import CitedBefore
from index.types import Intent, Leaning, Mention, Period, Query

IN_2018 = Mention(Period(date(2018, 1, 1), date(2018, 12, 31)), "2018")


def newest(name, corpus):
    return [one for one in corpus.of(name) if one.improvements][-1]


def cited(event, corpus, points=None):
    draft = Draft()
    for point in points or event.improvements:
        draft.quote(*corpus.quote(point.place))
    return tuple(map(CitedBefore.of, draft.citations))


def asked(words, corpus, *, leaning, intent, of="Nottingham", name="Nottingham", periods=()):
    place = (Mention(name, name),)
    query = Query(words, authorities=place, periods=periods, subject=words, topic=words)
    shown = cited(newest(of, corpus), corpus)
    resolved = Resolved(words, query, leaning=leaning, typed=words, cited=shown)
    return of_the_list(resolved, {intent: 1.0}, corpus)


def test_a_list_is_set_beside_the_one_of_another_time(letter_corpus):
    found = asked(
        "which were on the 2018 list too?",
        letter_corpus,
        leaning=Leaning.ANSWER,
        intent=Intent.HELD,
        periods=(IN_2018,),
    )
    lines = [sentence.text for sentence in found.draft.sentences]
    assert lines[0].startswith("1 of the 8 points of the inspection of 11 to 22 July 2022 reads ")
    assert "Placement sufficiency" in lines[1]
    assert lines[2] == "Complete: Nottingham, inspection of 5 to 16 November 2018: 8 points."
    assert len(lines) == 3 + 8


def test_both_lists_are_shown_where_no_point_surely_says_the_same(letter_corpus):
    in_2022 = Mention(Period(date(2022, 1, 1), date(2022, 12, 31)), "2022")
    found = asked(
        "were any on the list in 2022?",
        letter_corpus,
        leaning=Leaning.ANSWER,
        intent=Intent.COUNT,
        of="Redcar and Cleveland",
        name="Redcar and Cleveland",
        periods=(in_2022,),
    )
    lines = [sentence.text for sentence in found.draft.sentences]
    assert lines[0].endswith("; both lists, to compare:")
    assert len(lines) == 1 + (1 + 3) + (1 + 6)


def test_a_list_is_set_beside_another_places(letter_corpus):
    found = asked(
        "is it any different from West's?",
        letter_corpus,
        leaning=Leaning.TOPIC,
        intent=Intent.COMPARE,
        of="North Northamptonshire",
        name="West Northamptonshire",
    )
    first = found.draft.sentences[0].text
    assert first.startswith("2 of the 2 points of the inspection of 11 to 22 May 2026 (North ")


def test_the_points_on_a_matter_are_told_among_those_shown(letter_corpus):
    found = asked(
        "any of that aimed at IROs?",
        letter_corpus,
        leaning=Leaning.PLACE,
        intent=Intent.COUNT,
        of="Middlesbrough",
        name="Middlesbrough",
    )
    first, second = (sentence.text for sentence in found.draft.sentences)
    assert first == "1 of the 6 points of the inspection of 8 to 19 June 2026 is on this."
    assert "independent reviewing officers" in second


def test_where_no_point_surely_is_on_it_all_are_shown(letter_corpus):
    found = asked(
        "how many are about school trips?",
        letter_corpus,
        leaning=Leaning.ANSWER,
        intent=Intent.COUNT,
    )
    lines = [sentence.text for sentence in found.draft.sentences]
    assert lines[0].startswith("None of the 8 points")
    assert len(lines) == 2 + 8


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
    assert asked("what about schools?", letter_corpus, leaning=leaning, intent=intent) is None


def test_a_list_is_known_by_its_points_alone(letter_corpus):
    event = newest("Nottingham", letter_corpus)
    shown = cited(event, letter_corpus)
    words = "how many of those are about care leavers?"
    query = Query(words, authorities=(Mention("Nottingham", ""),), subject=words, topic=words)
    more = CitedBefore(shown[0].doc_id, "Something else that was quoted.")
    resolved = Resolved(words, query, leaning=Leaning.ANSWER, typed=words, cited=(*shown, more))
    assert of_the_list(resolved, {Intent.COUNT: 1.0}, letter_corpus) is None
