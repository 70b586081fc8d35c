import pytest

from assistant.llm.checks import literal
from tests.llm_evidence import NUMBERED, STOCKTON, evidence

HEADING = "The experiences of children in care: requires improvement to be good"


def graded(text, told, heading=""):
    return literal.grades(text, [evidence(STOCKTON, told, heading)])


def test_good_is_a_grade_beside_one_and_a_plain_word_under_a_heading():
    prompt = "Assessments are prompt."
    assert graded("Assessments are done in good time.", prompt) == []
    assert graded("Assessments are done in good time.", prompt, HEADING) == []
    assert graded("The service is outstanding.", prompt, HEADING) == [
        'says "outstanding", which the evidence does not'
    ]
    lost = "Leadership was judged inadequate."
    assert graded("Leadership was judged good.", lost, HEADING.removesuffix(" to be good")) == [
        'says "good", which the evidence does not'
    ]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("“Top tips” help.", 0),
        ("They have “top tips”.", 0),
        ("They have “top tip”.", 1),
        ("They have “TOP tips”.", 1),
    ],
)
def test_a_quotation_may_begin_a_sentence(text, faults):
    told = [evidence(STOCKTON, "Workers were given ‘top tips’ by children.")]
    assert len(literal.quotations(text, told)) == faults


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("27 authorities were good or better.", []),
        ("Of the 104 authorities, 27 were good or outstanding.", []),
        ("Three of the 104 authorities were outstanding for care leavers.", []),
        ("Outstanding: three; good or better: 27.", []),
        ("27 authorities were outstanding.", ["27"]),
        ("104 authorities were inspected.", []),
    ],
)
def test_a_figure_stands_beside_the_grade_that_the_evidence_gives_it(text, faults):
    (told,) = [item for item in NUMBERED if "104 Inspections" in item.text]
    assert literal.misgraded(text, [told]) == [
        f'gives "{figure}" beside another grade than the evidence does' for figure in faults
    ]


def test_a_row_with_one_figure_sets_no_grades_apart():
    row = [evidence(STOCKTON, "Help and protection Good 2")]
    assert literal.misgraded("Two areas required improvement.", row) == []
