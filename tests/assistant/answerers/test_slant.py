"""Of what is weak or strong as a whole, a letter's findings are told, and points on a matter."""

import pytest

from assistant.compose import open_assistant
from assistant.settings import Settings
from assistant.types import Ask, Status


@pytest.fixture(scope="module")
def answer(seed_index):
    answerer = open_assistant(Settings(index=seed_index)).extractive
    return lambda question: answerer.answer(Ask(question))


def said(answered):
    return " ".join(" ".join(c.quote for c in answered.citations).split())


def test_the_weaknesses_of_a_letter_are_its_concerns(answer):
    found = answer("What are the weaknesses inspectors found in Stockton in 2021?")
    assert found.status is Status.ANSWERED
    assert "under a section 20 arrangement" in said(found)
    assert "assessments of their suitability are not always completed" in said(found)
    assert "Inspectors looked at" not in said(found)
    assert {c.identity.dated.year for c in found.citations} == {2022}


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("any problems with recording in Stoke?", "not recorded by managers"),
        ("what is good about fostering in Middlesbrough?", "good-quality placements"),
    ],
)
def test_a_matter_is_read_whatever_side_is_asked_for(question, says, answer):
    assert says in said(answer(question))


def test_points_on_the_matter_stand_with_what_the_text_says(answer):
    found = answer("What did inspectors say about life story work in Stoke in 2023?")
    assert "Life-story work for all children" in said(found)
