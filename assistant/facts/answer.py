"""From a question's intent to the facts that answer it; None where facts do not concern it."""

from __future__ import annotations

from dataclasses import replace

from assistant.facts import chat, counts, days, grades, held, people, points, scope, visits
from assistant.facts.corpus import Corpus, FactAnswer
from index.types import Intent, Query

_ANSWERERS = {
    Intent.WHO: people.who,
    Intent.WHEN: days.when,
    Intent.GRADE: grades.graded,
    Intent.POINTS: points.improvements,
    Intent.LOOKED_AT: scope.looked_at,
    Intent.VISITS: visits.visits,
    Intent.FIGURE: visits.figure,
    Intent.HELD: held.held,
    Intent.COUNT: counts.counted,
    Intent.TIMELINE: chat.tell_timeline,
    Intent.CHANGES: chat.tell_changes,
    Intent.COMPARE: chat.tell_comparison,
    Intent.BRIEF: chat.tell_brief,
}


def answer_from_facts(
    question: str, query: Query, intent: Intent, corpus: Corpus
) -> FactAnswer | None:
    """Answer a question from events, where its intent is one that events answer.

    Args:
        question: as asked, or as understood with its history.
        query: what it names.
        intent: what sort of answer it wants, as the reader's intent head gives it.
        corpus: the open index as facts see it.

    Returns:
        None where facts do not concern the question: the reading path goes on.
    """
    answer = _ANSWERERS.get(intent)
    if answer is None:
        return None
    return answer(replace(query, question=question), corpus.filtered(query.filters))
