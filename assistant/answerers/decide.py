"""Decide what becomes of a question: one pure function over what is typed and what was read.

Every threshold is a probability of the reader's, chosen on the ``-dev`` suites by
``python -m evals.thresholds`` (``evals/LOG.md`` #decide-1).
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Status


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the reader's probabilities must reach.

    Attributes:
        answers: the documents answer.
        contradicts: a sentence denies what the question assumes.
        outside: no document about children's services could answer; asked of ``strays``, the
            intents that no document answers.
        told: a document about another place tells of one for which nothing is held.
        shown: a sentence is quoted, as a share of the best one's probability.
        beside: a neighbour of a quoted sentence belongs to it.
    """

    answers: float = 0.30
    contradicts: float = 0.55
    outside: float = 0.60
    told: float = 0.75
    shown: float = 0.50
    beside: float = 0.30


@dataclass(frozen=True, slots=True)
class Scope:
    """What the question is about, of what is held.

    Attributes:
        readable: there is something to read at all.
        missing: what it names and nothing is held for, in words; None where all is held.
    """

    readable: bool = True
    missing: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """What the reader says, all probabilities.

    Attributes:
        outside: the question is none that documents about children's services answer.
        answers: the documents in scope answer it.
        contradicts: the best sentence denies what it assumes.
        bears_out: the best sentence that denies nothing answers it.
        told: documents about other places tell of what is missing.
    """

    outside: float = 0.0
    answers: float = 0.0
    contradicts: float = 0.0
    bears_out: float = 0.0
    told: float = 0.0


def decide(
    scope: Scope, facts: Status | None, read: Read, thresholds: Thresholds | None = None
) -> Status:
    """Return the status of a question.

    Args:
        facts: the status of the answer that typed facts give, None where they give none.
    """
    limit = thresholds or Thresholds()
    if not scope.readable:
        return Status.INVALID
    if read.outside >= limit.outside and read.answers < max(read.outside, limit.answers):
        return Status.OUT_OF_SCOPE
    if facts is not None:
        return facts
    if scope.missing is not None:
        return Status.PARTIAL if read.told >= limit.told else Status.NOT_HELD
    if read.answers < limit.answers:
        return Status.NOT_STATED
    if read.contradicts >= limit.contradicts and read.bears_out < limit.answers:
        return Status.PREMISE_CONTRADICTED
    return Status.ANSWERED
