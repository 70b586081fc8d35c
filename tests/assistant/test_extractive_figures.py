"""Which figure a question asks for, and whether a sentence gives it."""

import pytest

from assistant.extractive.figures import Sort, figure_asked

UNDER_TENS = (
    "A thorough assessment process has resulted in a quarter of children aged under 10 who left "
    "care having their permanence secured through an SGO."
)


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("How many children are looked after?", Sort.NUMBER),
        ("How much has been spent on agency staff?", Sort.MONEY),
        ("What proportion of care leavers live in suitable homes?", Sort.SHARE),
        ("How often does the panel meet?", Sort.OFTEN),
        ("How many weeks do proceedings take?", Sort.LONG),
        ("What age does support end at?", Sort.AGE),
        ("Is the number of children in care going down?", None),
        ("How good is supervision?", None),
    ],
)
def test_the_sort_of_figure(question, sort):
    figure = figure_asked(question)
    assert (figure.sort if figure else None) == sort


@pytest.mark.parametrize(
    ("question", "text", "given"),
    [
        ("How many children are looked after?", UNDER_TENS, False),
        (
            "I chair scrutiny and hear of churn. In the summer report, how many DCSs were there?",
            "Four directors of children's services have led the service.",
            True,
        ),
        (
            "What percent of the children are in care, and did parents know their rights?",
            "Only 8% of children in care are accommodated so.",
            True,
        ),
        ("What share of the under-10s leaving care got an SGO?", UNDER_TENS, True),
        ("What percentage of care leavers are in education?", UNDER_TENS, False),
        ("How many files did inspectors read?", "Inspectors read over 250 children's files.", True),
        ("How many meetings did the team hold?", "The team undertook around 80 meetings.", True),
        ("How many social workers have left?", "On 4 and 5 October 2023 they met staff.", False),
        (
            "How many visits were there?",
            "Children aged 16 to 17 live in regulation 24 homes.",
            False,
        ),
        (
            "How much was invested?",
            "Services have received significant financial investment.",
            False,
        ),
        ("How much was invested?", "The council has invested £2.3 million in early help.", True),
        ("How many LAC live outside the area?", "334 (or 57%) live outside the area", True),
    ],
)
def test_a_figure_is_of_the_thing_asked_about(question, text, given):
    assert figure_asked(question).given(text) is given


def test_a_row_is_named_by_its_table():
    figure = figure_asked("how many authorities were RI for leadership and governance?")
    row = "RI\t50\t48%"
    assert figure.given(row, "Leadership, management and governance · Judgement | Count | %")
    assert not figure.given(row, "Adoption performance · Judgement | Count | %")
