"""Each grade counted by itself, where none is named."""

import pytest

from assistant.facts.tally import tallied, tallies
from index.query.understand import understand


def asked(question, corpus):
    return understand(question, corpus.collection.identities())


@pytest.mark.parametrize(
    "question",
    [
        "Across every letter and report, how many give each overall grade, and do any give none?",
        "Which of the reports you have give no overall grade at all?",
        "Have any of these authorities been found failing overall?",
    ],
)
def test_a_count_that_names_no_grade_is_of_each(question, letter_corpus):
    query = asked(question, letter_corpus)
    assert tallies(query, letter_corpus.reader)
    first, second, *rest = tallied(query, letter_corpus).draft.sentences
    assert first.text == (
        "Overall effectiveness, over 19 inspections with a known grade: good 3 (1 recalled), "
        "requires improvement to be good 13 and inadequate 3."
    )
    assert second.text.startswith("No overall grade, as none is given since April 2026: 3, Midd")
    assert [one.group for one in rest] == [
        *(["Good"] * 3 + ["Requires improvement to be good"] * 13 + ["Inadequate"] * 3)
    ]
    assert all(one.citations for one in rest)


@pytest.mark.parametrize(
    "question",
    [
        "How many were inadequate overall?",
        "Which documents mention private fostering?",
        "Which lists of what needs to improve have life-story work?",
        "How many letters are held?",
    ],
)
def test_a_grade_or_matter_that_is_named_is_counted_instead(question, letter_corpus):
    assert not tallies(asked(question, letter_corpus), letter_corpus.reader)


def test_of_a_time_without_grades_nothing_is_counted(letter_corpus):
    assert tallied(asked("How many gave each grade in 1999?", letter_corpus), letter_corpus) is None


def test_every_inspection_counted_is_a_row(letter_corpus):
    view = tallied(asked("How many give each grade?", letter_corpus), letter_corpus).counted()
    (table,) = view.tables
    assert len(table.rows) == 19


def test_grades_of_one_place_are_no_count_of_places(seed_corpus):
    question = "How many councils in England had the top grade for care leavers when it got it?"
    assert tallied(asked(question, seed_corpus), seed_corpus) is None
