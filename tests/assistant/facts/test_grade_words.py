"""What a word for a grade means, and what is told of the grades that a question names."""

from __future__ import annotations

import pytest

from assistant.facts import chat, grades, premise
from assistant.types import Status
from index import models
from index.query.understand import understand


@pytest.mark.parametrize(
    ("graded", "done"),
    [
        ("why is Kent's leadership outstanding", "why are Kent's social workers outstanding"),
        ("how did Derby get from inadequate to good", "how do plans in Derby get good outcomes"),
        (
            "were care leavers good or inadequate in 2019",
            "are care leavers in inadequate housing in 2019",
        ),
    ],
)
def test_a_grade_is_told_from_praise_of_work(graded, done):
    reader = models.trained_reader()
    assert reader.grade_meant(graded) >= premise.LIKELY > reader.grade_meant(done)


def denied(question, corpus):
    return premise.denied(understand(question, corpus.identities), corpus)


def test_a_grade_of_one_judgement_that_is_taken_for_granted_is_denied(letter_corpus):
    found = denied("what made Stockton's adoption service outstanding in 2016", letter_corpus)
    assert found.status is Status.PREMISE_CONTRADICTED
    assert "Adoption: requires improvement to be good" in [s.text for s in found.draft.sentences]


def test_an_overall_grade_does_not_bear_out_one_of_a_judgement(letter_corpus):
    found = denied(
        "given Nottingham's leaders were rated inadequate in 2022, what must they fix?",
        letter_corpus,
    )
    assert found.status is Status.PREMISE_CONTRADICTED
    told = [s.text for s in found.draft.sentences]
    assert told == ["Impact of leaders: requires improvement to be good"]


def test_of_no_time_a_grade_that_only_an_older_inspection_gave_is_told_with_the_newest(
    letter_corpus,
):
    found = denied(
        "Now that children in care in Redcar has gone up to good, what did Ofsted like?",
        letter_corpus,
    )
    assert found.status is Status.ANSWERED
    told = [s.text for s in found.draft.sentences]
    assert told == ["Children in care: requires improvement to be good", "Children in care: good"]


def test_an_overall_grade_that_none_was_given_is_denied_with_all_that_were(letter_corpus):
    found = denied(
        "great that West Northants got outstanding overall in 2026, what was that based on?",
        letter_corpus,
    )
    assert found.status is Status.PREMISE_CONTRADICTED
    assert "Help and protection: good" in [s.text for s in found.draft.sentences]
    assert "gives no overall grade" in " ".join(found.notes)


def test_of_all_grades_those_that_are_named_come_first(letter_corpus):
    query = understand("which part of Stoke was rated good in 2015", letter_corpus.identities)
    told = [s.text for s in grades.graded(query, letter_corpus).draft.sentences]
    assert told == ["Adoption: good", "Overall effectiveness: requires improvement to be good"]


@pytest.mark.parametrize(
    ("question", "grade"),
    [
        ("compare North and West Northamptonshire 2026", "good"),  # the newest of each
        ("compare North and West Northamptonshire 2022", "requires improvement to be good"),
        ("how do North and West Northants compare in 2026 - grades, what needs to improve", "good"),
    ],
)
def test_what_is_compared_is_the_inspections_of_the_time_named(question, grade, letter_corpus):
    query = understand(question, letter_corpus.identities)
    told = chat.tell_comparison(query, letter_corpus)
    assert told
    row = next(row for row in told.tables[0].rows if row[0].text == "help and protection")
    assert [cell.text for cell in row[1:]] == [grade] * 2


def test_a_time_of_which_one_place_has_no_inspection_is_not_compared(letter_corpus):
    query = understand("compare Stoke and Redcar 2025", letter_corpus.identities)
    assert chat.tell_comparison(query, letter_corpus)  # the newest of each
    query = understand("compare Stoke and Redcar 2015", letter_corpus.identities)
    assert chat.tell_comparison(query, letter_corpus) is None


def test_the_grade_of_an_area_is_told_of_each_place_named(letter_corpus):
    query = understand(
        "care leavers in Redcar, Stockton and Middlesbrough at their latest inspections",
        letter_corpus.identities,
    )
    draft = grades.grade_of_area(query, letter_corpus)
    assert draft
    assert len({one.group for one in draft.sentences}) == 3


@pytest.mark.parametrize("tell", [chat.tell_changes, chat.tell_timeline, chat.tell_brief])
def test_of_two_places_no_view_of_one_is_given(tell, letter_corpus):
    query = understand(
        "what changed at North and West Northamptonshire in 2026", letter_corpus.identities
    )
    assert tell(query, letter_corpus) is None


def test_the_grade_of_an_area_is_that_of_the_one_inspection_named(letter_corpus):
    held = letter_corpus.identities

    def grade(question):
        draft = grades.grade_of_area(understand(question, held), letter_corpus)
        return [s.text for s in draft.sentences] if draft else None

    assert grade("how good was help and protection in Redcar in December 2025?") == [
        "Help and protection: good"
    ]
    assert grade("how good was help and protection in Redcar?") is None
    assert grade("how good was Redcar in December 2025?") is None


def test_a_grade_is_meant_in_the_one_sentence_that_names_it():
    """What is said beside it does not hide it."""
    asked = "West Northamptonshire got outstanding overall in May 2026 didn't they?"
    assert (
        models.trained_reader().grade_meant(f"{asked} I want to quote that, which page")
        >= premise.LIKELY
    )


def test_two_times_of_each_place_are_compared_one_after_the_other(letter_corpus):
    question = (
        "North and West Northamptonshire share a trust. Are their grades and points for "
        "improvement any different, in 2026 and in 2022?"
    )
    told = chat.tell_comparison(understand(question, letter_corpus.identities), letter_corpus)
    assert told
    lines = [one.text for one in told.draft.sentences]
    assert sum(line.startswith("Inspection: ") for line in lines) == 4
    assert any("outstanding" in line for line in lines)
