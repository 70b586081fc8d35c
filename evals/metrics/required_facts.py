"""Required-fact recall: facts stated in the visible answer / facts required.

After nugget recall (Voorhees 2003), with string matching in place of assessors: see
``evals.facts`` for what counts as stating.
"""

from __future__ import annotations

from evals.facts import states
from evals.judged import Judged, shown_text


def fact_recall(judged: Judged) -> float | None:
    """Does not apply to questions that have no gold: a refusal has no facts to state."""
    question = judged.question
    if judged.answer is None or not question.facts or not question.gold:
        return None
    text = shown_text(judged.answer)
    said = [states(text, fact, question.exact_facts) for fact in question.facts]
    return sum(said) / len(said)


def answer_words(judged: Judged) -> float | None:
    """Return words of the visible answer: a fact is easily stated by saying everything."""
    if judged.answer is None or judged.question.hostile:
        return None
    return float(len(shown_text(judged.answer).split()))
