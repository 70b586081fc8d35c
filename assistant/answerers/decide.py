"""Decide what becomes of a question: pure functions over what is typed and what was read.

Every threshold is a probability of the reader's, chosen on the ``-dev`` suites by
``python -m evals.thresholds``; ``sure`` on reports held out (``evals/LOG.md`` #decide-2,
#heads-3, #reader-4, #likely-2, #reader-5).
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Status

MOSTLY = 0.5
"""Share of its words above which a search is mostly written (``evals/LOG.md`` #searches-1)."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the reader's probabilities must reach.

    Attributes:
        answers: a passage answers; below it the documents do not say.
        contradicts: a sentence denies what the question assumes.
        likely: an intent is likely: one of ``STRAYS``, which no document answers; or one of typed
            facts, where nothing that was read answers, or the question says which inspection it
            means and what is read may be of another.
        facts: an intent that typed facts answer is all but sure, whatever was read.
        sure: a passage surely answers, whatever the intent, or though half a search stands
            nowhere; or a document about another place tells of one for which nothing is held.
        shown: a sentence is quoted, as a share of the best one's probability.
    """

    answers: float = 0.08
    contradicts: float = 0.38
    likely: float = 0.70
    facts: float = 0.88
    sure: float = 0.60
    shown: float = 0.50

    def bar(self, settled: bool) -> float:
        """Return what the probability of an intent must reach for typed facts to answer.

        Args:
            settled: the question says which inspection it means.
        """
        return self.likely if settled else self.facts


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
        written: not probable but known: the share of the words of a short search that some
            document asked writes; 1 of any other question.
    """

    outside: float = 0.0
    answers: float = 0.0
    contradicts: float = 0.0
    bears_out: float = 0.0
    told: float = 0.0
    written: float = 1.0


@dataclass(frozen=True, slots=True)
class Known:
    """What typed facts have to say.

    Attributes:
        chance: that the question is after them.
        settled: the question says which inspection it means.
        printed: a document may print the very answer: a number, or what facts do not state.
    """

    chance: float
    settled: bool = False
    printed: bool = False


def facts_answer(known: Known, read: Read | None, status: Status | None, limit: Thresholds) -> bool:
    """Return whether typed facts answer a question.

    Args:
        read: what the reader says, None before anything was read.
        status: what reading alone would come to; None likewise.
    """
    sure = known.chance >= limit.bar(known.settled)
    if read is None:
        return sure and not known.printed
    printed = known.printed and read.bears_out >= limit.sure
    silent = status is Status.NOT_STATED and known.chance >= limit.likely
    return silent or (sure and not printed)


def decide(scope: Scope, read: Read, thresholds: Thresholds | None = None) -> Status:
    """Return the status of a question that typed facts do not answer."""
    limit = thresholds or Thresholds()
    if not scope.readable:
        return Status.INVALID
    if read.outside >= limit.likely and read.bears_out < max(limit.sure, read.outside):
        return Status.OUT_OF_SCOPE
    if scope.missing is not None:
        return Status.PARTIAL if read.told >= limit.sure else Status.NOT_HELD
    needed = limit.answers if read.written > MOSTLY else limit.sure
    if not read.written or read.answers < needed:
        return Status.NOT_STATED
    if read.contradicts >= limit.contradicts and read.bears_out < limit.answers:
        return Status.PREMISE_CONTRADICTED
    return Status.ANSWERED
