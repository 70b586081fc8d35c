"""Grades asked all together, by framework, nationally, now and of a place that is no more."""

from datetime import date

import pytest

from assistant.extractive.facts import Fact
from assistant.extractive.grades import (
    asks_every,
    asks_nationally,
    last_overall,
    of_predecessor,
    up_to_now,
)
from assistant.extractive.identities import facts_for
from assistant.rendering.labels import long_days
from assistant.extractive.relevance import relevant
from index.types import (
    Document,
    Framework,
    Grade,
    Identity,
    Issuer,
    Judgement,
    Kind,
    Proven,
    Query,
    ReportedJudgement,
    Span,
    Wanted,
)

GOOD, RI = Grade.GOOD, Grade.REQUIRES_IMPROVEMENT
JOINT = "The experiences and progress of children in care and care leavers"
TEXT = "The predecessor authority, Oldshire, was judged inadequate in 2018. Overall: good."


def _identity(doc_id, dated, judgements=(), told=(), framework=None):
    return Identity(
        doc_id,
        (f"{doc_id}.pdf",),
        Proven(Issuer.OFSTED, Span(0, 1)),
        Proven(Kind.INSPECTION_REPORT, Span(0, 1)),
        framework=Proven(framework, Span(0, 1)) if framework else None,
        authority=Proven("Newton", Span(0, 1)),
        dated=dated,
        judgements=tuple(judgements),
        reported_judgements=tuple(told),
    )


class _Documents:
    def __init__(self, *identities):
        self._all = {i.doc_id: Document(i, TEXT, (0,), (), (), "0") for i in identities}

    def document(self, doc_id):
        return self._all[doc_id]


def _values(question, identity):
    query = Query(question, question, question)
    return [f.value for f in facts_for(Wanted.GRADE, [identity], _Documents(identity), query)]


@pytest.mark.parametrize(
    ("question", "every"),
    [
        ("list all the judgements from the 2014 report", True),
        ("which grades did they get in 2018?", True),
        ("every sub-judgement please", True),
        ("what grade did they get for adoption?", False),
        ("how was it rated?", False),
    ],
)
def test_all_the_grades_of_an_inspection(question, every):
    assert asks_every(question) is every


@pytest.mark.parametrize(
    ("question", "national"),
    [
        ("how many were outstanding nationally?", True),
        ("had any council in the country been rated good?", True),
        ("out of the 87 inspections how many were inadequate?", True),
        ("how was adoption rated in 2016?", False),
    ],
)
def test_the_country_is_not_the_authority(question, national):
    assert asks_nationally(question) is national


def test_a_joint_judgement_answers_for_care_leavers():
    joint = Judgement("in_care", GOOD, JOINT, Span(0, 5))
    identity = _identity("a", date(2021, 5, 1), [joint])
    expected = ["Children in care and care leavers: good"]
    assert _values("how were care leavers graded?", identity) == expected


def test_a_judgement_of_their_own_does_not():
    own = Judgement("care_leavers", RI, "The experiences of care leavers", Span(0, 5))
    in_care = Judgement("in_care", GOOD, "The experiences of children in care", Span(6, 9))
    identity = _identity("a", date(2024, 5, 1), [in_care, own])
    expected = ["Care leavers: requires improvement to be good"]
    assert _values("how were care leavers graded?", identity) == expected


def test_the_grade_of_a_place_that_was_replaced_is_the_recalled_one():
    question = "how was Oldshire judged before it was abolished?"
    overall = Judgement("overall_effectiveness", GOOD, "Overall effectiveness", Span(67, 81))
    told = ReportedJudgement("overall_effectiveness", Grade.INADEQUATE, "2018", Span(0, 66))
    identity = _identity("a", date(2022, 5, 1), [overall], [told])
    assert of_predecessor(question)
    assert _values(question, identity) == ["Overall effectiveness (2018): inadequate"]


def test_the_last_overall_grade_is_called_that():
    overall = Judgement("overall_effectiveness", RI, "Overall effectiveness", Span(67, 81))
    identity = _identity("a", date(2022, 5, 1), [overall])
    fact = last_overall(_Documents(identity).document("a"))
    assert fact is not None
    assert fact.value == "Last overall grade held: requires improvement to be good"


def test_no_older_grade_than_the_newest_one_given_unless_asked():
    new, old = _identity("n", date(2024, 1, 1)), _identity("o", date(2019, 1, 1))
    facts = [
        Fact(new, "good", (Span(0, 1),), grade=GOOD),
        Fact(old, "RI", (Span(0, 1),), grade=RI),
    ]
    now, ever = Query("what is its rating?", "", ""), Query("was it ever rated worse?", "", "")
    assert [fact.value for fact in up_to_now(facts, now)] == ["good"]
    assert [fact.value for fact in up_to_now(facts, ever)] == ["good", "RI"]


def test_a_framework_named_chooses_the_inspection():
    sif = _identity("s", date(2014, 1, 1), framework=Framework.SIF)
    ilacs = _identity("i", date(2020, 1, 1), framework=Framework.ILACS_STANDARD)
    query = Query("how did the SIF inspectors grade adoption?", "", "")
    assert [i.doc_id for i in relevant([sif, ilacs], query)] == ["s"]


def test_days_are_written_as_letters_write_them():
    assert long_days(date(2023, 10, 4), date(2023, 10, 5)) == "4 and 5 October 2023"
    assert long_days(date(2022, 11, 28), date(2022, 12, 9)) == "28 November to 9 December 2022"
