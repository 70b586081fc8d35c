"""What the parts of a question come to, as one answer."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from assistant.answerers.joined import joined
from assistant.answerers.outcome import Outcome
from assistant.evidence.quoting import Quote
from assistant.rendering.draft import Draft
from assistant.types import Status
from tests import fakes

ANSWERED, NOT_STATED = Status.ANSWERED, Status.NOT_STATED
IDENTITY = fakes.identity()


def told(identity, *places, status=ANSWERED):
    draft = Draft()
    for start, end in places:
        draft.quote(identity, Quote(identity.doc_id, start, end, f"{start}-{end}", "", None, None))
    return Outcome(status, draft)


def test_parts_stand_in_their_order_and_nothing_twice():
    whole = joined(("a", "b"), [told(IDENTITY, (0, 9)), told(IDENTITY, (0, 9), (20, 30), (5, 12))])
    assert whole.status is ANSWERED
    assert [(c.start, c.end) for c in whole.draft.citations] == [(0, 9), (20, 30)]


def test_what_is_not_answered_is_named():
    whole = joined(
        ("who led it", "was  it\non site"),
        [told(IDENTITY, (0, 9)), told(IDENTITY, status=NOT_STATED)],
    )
    assert whole.status is Status.PARTIAL
    assert whole.notes[0] == "Part of this is not in the documents: “was it on site”."


def test_what_comes_nearest_stays_for_parts_that_are_answered():
    near, refused = (SimpleNamespace(passage=SimpleNamespace(passage_id=name)) for name in "ab")
    parts = [
        replace(told(IDENTITY, (0, 9)), nearest=(near,)),
        replace(told(IDENTITY, status=NOT_STATED), nearest=(refused,)),
    ]
    assert joined(("a", "b"), parts).nearest == (near,)


def test_nothing_answered_is_what_the_first_part_comes_to():
    first = told(IDENTITY, status=NOT_STATED)
    assert joined(("a", "b"), [first, told(IDENTITY, status=Status.NOT_HELD)]) is first


@pytest.mark.parametrize("status", [Status.PREMISE_CONTRADICTED, Status.AMBIGUOUS])
def test_a_wrong_premise_or_a_choice_holds_for_the_whole(status):
    whole = joined(("a", "b"), [told(IDENTITY, (0, 9)), told(IDENTITY, (20, 30), status=status)])
    assert whole.status is status


def test_a_fact_of_the_same_place_is_stated_once():
    def stated(text, start):
        draft = Draft()
        quote = Quote(IDENTITY.doc_id, start, start + 9, "Ann Lee", "", None, None)
        draft.answer(text, [(IDENTITY, quote)], None)
        return Outcome(ANSWERED, draft)

    outcomes = [stated("Ann Lee", 0), stated("Inspectors: Ann Lee", 0), stated("Ann Lee, HMI", 50)]
    whole = joined(("who led it", "who came", "who signed"), outcomes)
    assert [one.text for one in whole.draft.sentences] == ["Ann Lee", "Ann Lee, HMI"]
