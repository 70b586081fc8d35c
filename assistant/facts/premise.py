"""A grade that a question takes for granted, checked against what the inspection was given."""

from __future__ import annotations

from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.grades import OVERALL, judgements_of, write_grades
from assistant.facts.meant import meant
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.types import Query
from index.understanding.judgements import grades_named, judgements_named


def denied(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer that no inspection meant was given the grade named; None where one was, where no
    single grade is named, and where theirs is not known.
    """
    assumed = grades_named(query.topic)
    if len(assumed) != 1:
        return None
    keys = judgements_named(query.topic)
    about = meant(query, corpus)
    known = [one for one in about.events if judgements_of(one, keys or (OVERALL,))]
    given = {j.grade for one in about.events for j in judgements_of(one, keys)}
    if not about.named or not known or given & set(assumed):
        return None
    draft = Draft()
    newest = list(reversed(known))
    for event in newest if about.settled else newest[:1]:
        write_grades(draft, event, keys or (OVERALL,), False, corpus)
    return FactAnswer(Status.PREMISE_CONTRADICTED, draft)
