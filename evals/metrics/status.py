"""Status accuracy, refusal recall and false refusals.

accuracy = answers with an acceptable status / answers
refusal recall = questions that must be refused and are / questions that must be refused
false refusals = answerable questions that are refused / answerable questions
Refusals are ``not_stated``, ``not_held``, ``out_of_scope`` and ``invalid`` (as in SQuAD 2.0,
Rajpurkar 2018, unanswerable questions are scored apart). An ambiguous question may also be
answered for every authority, each labelled.
"""

from __future__ import annotations

from assistant.types import REFUSALS, Status
from evals.judged import Judged


def accepted(judged: Judged) -> float | None:
    """1 for an acceptable status; does not apply where any status will do."""
    answer, wanted = judged.answer, judged.question.statuses
    if answer is None or not wanted:
        return None
    if answer.status in wanted:
        return 1.0
    labelled = Status.AMBIGUOUS in wanted and answer.status == Status.ANSWERED
    return float(labelled and _answered_for_each(judged))


def refusal_recall(judged: Judged) -> float | None:
    """1 for a refusal, whichever; only for questions that must be refused."""
    wanted = judged.question.statuses
    if judged.answer is None or not wanted or not REFUSALS.issuperset(wanted):
        return None
    return float(judged.answer.status in REFUSALS)


def false_refusal(judged: Judged) -> float | None:
    """1 for a refusal, lower is better; only for questions that must not be refused."""
    wanted = judged.question.statuses
    if judged.answer is None or not wanted or not REFUSALS.isdisjoint(wanted):
        return None
    return float(judged.answer.status in REFUSALS)


def _answered_for_each(judged: Judged) -> bool:
    """Say whether two documents or more are cited, with a label over everything that is said."""
    answer = judged.answer
    if answer is None:
        return False
    said = [line for line in answer.sentences if line.role in {"answer", "quote"}]
    labels = {line.group for line in said}
    cited = {(c.authority, c.doc_id) for c in answer.citations}
    return len(cited) > 1 and len(labels) > 1 and None not in labels
