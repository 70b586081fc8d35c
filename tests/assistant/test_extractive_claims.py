"""What questions take for granted, and questions of two parts, over the five seeds."""

import pytest

from assistant.compose import open_assistant
from assistant.extractive.grades import grades_claimed
from assistant.extractive.parts import asking_alone, parts_of
from assistant.settings import Settings
from assistant.types import Ask, Role, Status
from index.types import Grade


@pytest.fixture(scope="module")
def answer(seed_index):
    answerer = open_assistant(Settings(index=seed_index)).extractive
    return lambda question: answerer.answer(Ask(question))


def _facts(answer):
    return [sentence.text for sentence in answer.sentences if sentence.role is Role.ANSWER]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "When did Stoke's children's services become outstanding?",
            "Overall effectiveness (October 2022): requires improvement to be good, "
            "recalled from an earlier inspection",
        ),
        ("Why did Louise Hollick inspect Stockton in 2021?", "Vicky Metheringham"),
        ("Why did Middlesbrough's monitoring visit last a whole week?", "29 and 30 March 2022"),
        ("What did the full inspection of Stoke in October 2023 find?", "4 and 5 October 2023"),
        ("Why was Stoke visited in May 2023?", "4 and 5 October 2023"),
        (
            "As March 2022 was the second time inspectors came to Middlesbrough, what changed?",
            "Third monitoring visit",
        ),
        (
            "Stockton failed its 2016 inspection overall, what went wrong?",
            "Overall effectiveness (23 May 2016 to 16 June 2016): good",
        ),
    ],
)
def test_a_claim_about_a_visit_or_grade_is_met_with_the_fact(answer, question, told):
    got = answer(question)
    assert got.status is Status.PREMISE_CONTRADICTED
    assert _facts(got)[0].startswith(told)
    assert got.citations


@pytest.mark.parametrize(
    "question",
    [
        "What did the focused visit to Stoke in October 2023 find?",
        "Why did the Stoke visit take two days?",
        "What did Rebecca Quested find in Stoke?",
        "Why was Middlesbrough judged inadequate in 2020?",
    ],
)
def test_what_is_so_is_not_contradicted(answer, question):
    assert answer(question).status is not Status.PREMISE_CONTRADICTED


@pytest.mark.parametrize(
    ("text", "grades"),
    [
        ("why was it judged good in 2022?", (Grade.GOOD,)),
        ("why is life-story work of a good standard?", ()),
        ("why was it not judged outstanding?", ()),
        ("why inadequate?", (Grade.INADEQUATE,)),
        ("why did it fail its last inspection?", (Grade.INADEQUATE,)),
        ("why did social workers fail children?", ()),
    ],
)
def test_good_is_a_grade_only_where_something_is_graded(text, grades):
    assert grades_claimed(text) == grades


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "How good is early help, and who runs it?",
            ("How good is early help?", "who runs it?"),
        ),
        ("When and where was it?", ("When and where was it?",)),
        (
            "Do leaders know what they do well and where they fall short?",
            ("Do leaders know what they do well and where they fall short?",),
        ),
    ],
)
def test_two_questions_are_told_apart(question, parts):
    assert parts_of(question) == parts


def test_it_is_the_inspection_in_a_part_of_its_own():
    assert asking_alone("who was in charge of it?") == "who led the inspection?"


def test_two_parts_are_both_answered_from_the_head_of_the_letter(answer):
    got = answer("Who inspected Middlesbrough and when was it?")
    assert got.status is Status.ANSWERED
    assert _facts(got) == ["Louise Hollick and Nick Stacey", "29 and 30 March 2022"]


def test_the_part_that_is_not_told_is_named(answer):
    got = answer("What is the Pause project in Stoke, and how many mothers has it helped?")
    assert got.status is Status.PARTIAL
    assert got.notes[0] == ("Part of this is not in the documents: how many mothers has it helped.")
    assert "Pause project" in " ".join(c.quote for c in got.citations)
