"""The signals that decide what kind of answer is given; each can be left out to see its worth.

``python -m evals.refusals SUITE`` leaves them out one at a time (evals/LOG.md has the table).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import TypeVar

T = TypeVar("T")


class Signal(StrEnum):
    """What tells that a question cannot be answered, or rests on what is not so.

    The first group tells that a question is none for these documents, the second that what
    it names is not held, the third that the documents held do not say, the last that they
    say the contrary.
    """

    ELSEWHERE = "another trade's words"
    ADVICE = "advice asked for"
    FOREIGN = "no word of the trade"

    PLACE = "authority not held"
    VISIT = "visit not held"
    TIME = "time not held"

    SUBJECT = "subject never mentioned"
    NAME = "name never written"
    TERM = "term of the trade never written"
    PHRASE = "phrase of other documents"
    FIGURE = "no figure of the thing"
    GRADE = "no grade of the service"
    OFFICE = "no name for the office"
    NEXT = "no date of what is to come"

    CLAIMED_GRADE = "grade claimed"
    CLAIMED_PERSON = "person claimed"
    CLAIMED_VISIT = "kind, length or date claimed"
    CLAIMED_TONE = "praise or blame claimed"


EVERY = frozenset(Signal)


def first(
    signals: Iterable[Signal], checks: Iterable[tuple[Signal, Callable[[], T | None]]]
) -> T | None:
    """What the first check finds whose signal is in use; None where none finds anything."""
    used = frozenset(signals)
    for signal, check in checks:
        if signal in used and (found := check()):
            return found
    return None
