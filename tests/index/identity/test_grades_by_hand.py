"""Grades that a person gives beside a report: from the row of its sidecar to its inspection."""

from pathlib import Path

import pytest

from index.errors import LoadError
from index.identity import identify, identity_record
from index.inspections import inspection_record
from index.inspections.linking import link
from index.types import CleanText, Grade, Judgement, Span

FRONTS = Path(__file__).parents[1] / "identity_fronts"
REPORT = (FRONTS / "bcp.txt").read_text("utf-8")
"""Inadequate three times, children in care "requires improvement", no grade of care leavers."""


def read(row=None, text=REPORT):
    return identify(CleanText(text, (0,), (), ()), "0123456789abcdef", ("a/b.pdf",), row)


def grades(identity):
    return {one.key: (one.grade.value, one.origin) for one in identity.judgements}


def test_a_corrected_grade_holds_over_the_text_at_its_place_and_is_marked():
    row = {"in_care": "Requires improvement to be good", "overall_effectiveness": "good"}
    known = read()
    corrected = read(row | {"corrected": "overall_effectiveness"})
    assert grades(corrected) == grades(known) | {"overall_effectiveness": ("good", "sidecar")}
    assert corrected.judgements[0].span == known.judgements[0].span
    assert read(row) == known  # without the word of a person that it corrects, it fills gaps alone
    assert read() == known


def test_a_grade_that_was_missed_is_added_where_the_report_names_it():
    added = read({"care_leavers": "good"})
    assert grades(added) == grades(read()) | {"care_leavers": ("good", "sidecar")}
    assert added.judgements[-1] == Judgement(
        "care_leavers", Grade.GOOD, "", Span(0, REPORT.index("\n")), "sidecar"
    )
    named = REPORT + "\nThe experiences and progress of care leavers\nGood"
    at = named.index("The experiences and progress of care leavers\n")
    missed = read({"care_leavers": "outstanding", "corrected": "care_leavers"}, named)
    assert missed.judgements[-1].span.start == at
    assert missed.judgements[-1].grade is Grade.OUTSTANDING


def test_a_grade_that_was_read_wrongly_is_not_given():
    taken = read({"in_care": "Not given", "corrected": "in_care"})
    assert "in_care" not in grades(taken)
    assert taken.ungraded == ("in_care",)
    assert identity_record(taken, 1)["judgements"]["in_care"] is None


def test_its_inspection_and_the_json_say_that_it_was_given_by_hand():
    row = {"overall_effectiveness": "good", "corrected": "overall_effectiveness"}
    proof = identity_record(read(row), 1)["proof"]["judgements"]
    assert proof["overall_effectiveness"]["origin"] == "sidecar"
    assert list(proof["in_care"]) == ["heading", "span"]
    (event,) = link([read(row)])
    assert [(one.key, one.by_hand) for one in event.judgements if one.by_hand] == [
        ("overall_effectiveness", True)
    ]
    told = inspection_record(event)["judgements"]
    assert (told["overall_effectiveness"]["grade"], told["overall_effectiveness"]["by_hand"]) == (
        "good", True,
    )  # fmt: skip
    assert told["in_care"]["by_hand"] is False


KNOWN = "outstanding, good, requires improvement, inadequate, not given"


@pytest.mark.parametrize(
    ("front", "key", "cell", "said"),
    [
        ("bcp", "in_care", "brilliant", f"“brilliant” is no grade that can be given; use {KNOWN}"),
        ("bcp", "in_care", "3", f"“3” is no grade that can be given; use {KNOWN}"),
        ("bcp", "in_care", "adequate", f"“adequate” is no grade that can be given; use {KNOWN}"),
        ("bcp", "lscb", "good", "inspections under ILACS standard do not judge that; use overall_"
                                "effectiveness, impact_of_leaders, help_and_protection, in_care, "
                                "care_leavers"),
        ("sif_enfield", "impact_of_leaders", "good", "inspections under SIF do not judge that"),
        ("assure", "in_care", "good", "a document of the kind “assurance visit letter” gives no "
                                      "grade of its own; leave the cell empty, or correct"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_says_where_and_what_may_stand_there(front, key, cell, said):
    text = (FRONTS / f"{front}.txt").read_text("utf-8")
    with pytest.raises(LoadError) as caught:
        read({key: cell}, text)
    assert f"a/b.pdf: metadata.csv, column {key}: {said}" in str(caught.value)


def test_reports_from_before_the_frameworks_may_be_adequate():
    text = (FRONTS / "presif.txt").read_text("utf-8")
    row = {"in_care": "adequate", "corrected": "in_care"}
    assert grades(read(row, text))["in_care"] == ("adequate", "sidecar")
