from __future__ import annotations

import pytest

from assistant.answerers.decide import Known, Read, Scope, Thresholds, decide, facts_answer
from assistant.types import Status

LIMIT = Thresholds(answers=0.3, contradicts=0.6, likely=0.5, sure=0.7)
SURE = Read(answers=0.9, bears_out=0.9)


@pytest.mark.parametrize(
    ("scope", "read", "status"),
    [
        (Scope(readable=False), SURE, Status.INVALID),
        (Scope(), Read(outside=0.9, answers=0.1), Status.OUT_OF_SCOPE),
        (Scope(missing="Leeds"), Read(outside=0.9), Status.OUT_OF_SCOPE),
        (Scope(missing="Leeds"), SURE, Status.NOT_HELD),
        (Scope(missing="Leeds"), Read(answers=0.9, told=0.8), Status.PARTIAL),
        (Scope(), Read(answers=0.29), Status.NOT_STATED),
        (Scope(), SURE, Status.ANSWERED),
        # a search of which half stands nowhere is answered by what surely answers alone, one
        # whose words all do by nothing
        (Scope(), Read(answers=0.6, written=0.75), Status.ANSWERED),
        (Scope(), Read(answers=0.6, written=0.5), Status.NOT_STATED),
        (Scope(), Read(answers=0.9, written=0.5), Status.ANSWERED),
        (Scope(), Read(answers=0.9, written=0), Status.NOT_STATED),
        (Scope(), Read(answers=0.9, contradicts=0.8), Status.PREMISE_CONTRADICTED),
        # where a sentence bears the premise out too, nothing is contradicted
        (Scope(), Read(answers=0.9, contradicts=0.8, bears_out=0.5), Status.ANSWERED),
        # the reader is surer that the documents answer than that nothing could
        (Scope(), Read(outside=0.6, answers=0.8, bears_out=0.8), Status.ANSWERED),
    ],
)
def test_the_table_of_outcomes(scope: Scope, read: Read, status: Status) -> None:
    assert decide(scope, read, LIMIT) is status


@pytest.mark.parametrize(
    ("known", "read", "status", "answer"),
    [
        (Known(0.95), None, None, True),
        (Known(0.8), None, None, False),
        (Known(0.8, settled=True), None, None, True),
        # a number is looked for in the text first
        (Known(0.95, printed=True), None, None, False),
        (Known(0.95, printed=True), SURE, Status.ANSWERED, False),
        (Known(0.95, printed=True), Read(answers=0.9, bears_out=0.6), Status.ANSWERED, True),
        (Known(0.8), SURE, Status.ANSWERED, False),
        # what nothing answers that was read, likely facts may
        (Known(0.6), Read(answers=0.1), Status.NOT_STATED, True),
        (Known(0.4), Read(answers=0.1), Status.NOT_STATED, False),
    ],
)
def test_when_typed_facts_answer(
    known: Known, read: Read | None, status: Status | None, answer: bool
) -> None:
    assert facts_answer(known, read, status, LIMIT) is answer


def test_there_are_at_most_six_thresholds() -> None:
    assert len(Thresholds.__slots__) <= 6
