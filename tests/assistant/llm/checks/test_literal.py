import pytest

from assistant.llm.checks import literal
from tests.llm_evidence import STOCKTON, evidence

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
