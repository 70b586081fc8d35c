from __future__ import annotations

import pytest

from assistant.answerers.decide import Read, Scope, Thresholds, decide
from assistant.types import Status

LIMIT = Thresholds(answers=0.3, contradicts=0.6, likely=0.5, sure=0.7)
SURE = Read(answers=0.9, bears_out=0.9)


@pytest.mark.parametrize(
    ("scope", "facts", "read", "status"),
    [
        (Scope(readable=False), Status.ANSWERED, SURE, Status.INVALID),
        (Scope(), None, Read(outside=0.9, answers=0.1), Status.OUT_OF_SCOPE),
        (Scope(missing="Leeds"), None, Read(outside=0.9), Status.OUT_OF_SCOPE),
        (Scope(missing="Leeds"), None, SURE, Status.NOT_HELD),
        (Scope(missing="Leeds"), None, Read(answers=0.9, told=0.8), Status.PARTIAL),
        (Scope(), Status.AMBIGUOUS, SURE, Status.AMBIGUOUS),
        (Scope(), None, Read(answers=0.29), Status.NOT_STATED),
        (Scope(), None, SURE, Status.ANSWERED),
        (Scope(), None, Read(answers=0.9, contradicts=0.8), Status.PREMISE_CONTRADICTED),
        # where a sentence bears the premise out too, nothing is contradicted
        (Scope(), None, Read(answers=0.9, contradicts=0.8, bears_out=0.5), Status.ANSWERED),
        # the reader is surer that the documents answer than that nothing could
        (Scope(), None, Read(outside=0.6, answers=0.8, bears_out=0.8), Status.ANSWERED),
    ],
)
def test_the_table_of_outcomes(
    scope: Scope, facts: Status | None, read: Read, status: Status
) -> None:
    assert decide(scope, facts, read, LIMIT) is status


def test_there_are_at_most_six_thresholds() -> None:
    assert len(Thresholds.__slots__) <= 6
