"""Grades in the layout of 2012 and 2013, where a table tells what the grades mean."""

import pytest

from index.identity import identify
from index.types import CleanText, Grade

HEAD = (
    "Inspection of local authority arrangements for the protection of children\n\n"
    "{} County Council\n\nInspection dates: 3 – 12 June 2013\n\n"
)
SCALE = (
    "Grade 1 (outstanding): a service that significantly exceeds minimum requirements",
    "Grade 2 (good): a service that exceeds minimum requirements",
    "Grade 3 (adequate): a service that meets minimum requirements",
    "Grade 4 (inadequate): a service that does not meet minimum requirements",
)
BEST_FIRST = "\n\n".join(SCALE) + "\n\n"
WORST_FIRST = "\n\n".join(reversed(SCALE)) + "\n\n"


def overall(text):
    found = identify(CleanText(text, (0,), (), ()), "0" * 16, ("a.pdf",), None)
    return [one.grade for one in found.judgements if one.key == "overall_effectiveness"]


@pytest.mark.parametrize("place", ["Essex", "Cornwall"])
@pytest.mark.parametrize("scale", [BEST_FIRST, WORST_FIRST])
@pytest.mark.parametrize(
    ("printed", "grade"),
    [
        ("Grade 4 (inadequate)", Grade.INADEQUATE),
        ("Grade 3 (adequate)", Grade.ADEQUATE),
        ("Grade 2 (good)", Grade.GOOD),
        ("Grade 1 (outstanding)", Grade.OUTSTANDING),
    ],
)
def test_a_grade_on_a_line_of_its_own_is_the_judgement(place, scale, printed, grade):
    given = f"Overall effectiveness\n\n{printed}\n\n"
    head = HEAD.format(place)
    assert overall(head + given + "Areas for improvement\n\nThe council must act.") == [grade]
    assert overall(head + scale + given) == [grade]
    assert overall(head + given + scale) == [grade]


@pytest.mark.parametrize("scale", [BEST_FIRST, WORST_FIRST])
@pytest.mark.parametrize("before", ["", "Overall effectiveness\n\n", "Overall effectiveness: "])
def test_a_table_of_what_the_grades_mean_is_no_judgement(scale, before):
    assert overall(HEAD.format("Essex") + before + scale) == []
