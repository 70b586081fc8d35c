"""A grade that a question takes for granted, checked against what the inspection was given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.grades import (
    OVERALL,
    graded_before,
    judgements_of,
    notes_on,
    told_for,
    told_of_visits,
    write_grades,
)
from assistant.facts.meant import Meant, meant
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.query.judgements import (
    grade_denied,
    grades_named,
    judgement_names,
    judgements_graded,
    judgements_named,
)
from index.types import Grade, Inspection, Kind, Query

TAKEN_FOR_GRANTED = 0.4
"""Probability from which a question takes something for granted: a grade, or how a visit was made.
Of 45 questions of panels that do, and name a grade that was not given, two come to less than .49
(``evals/LOG.md`` #granted-1)."""
OVERALL_TERM = next(one.name for one in judgement_names() if one.key == OVERALL)
"""What is only said of an inspection's grade: "overall effectiveness"."""
LIKELY = 0.365
"""Probability from which a word for a grade means an inspection's (``evals/LOG.md`` #questions-2,
#by-hand-1)."""


def denied(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer that no inspection meant was given the grade named, or that the newest was not; None
    where it was, overall or for what is asked about, where no single grade is named, or one that
    it says was not given, and where theirs is not known.

    Where the question says no time, an older inspection may have given the grade: the newest is
    told with that one, and nothing is denied.
    """
    assumed = grades_named(query.topic)
    if len(assumed) != 1 or grade_denied(query.topic):
        return None
    keys = judgements_named(query.topic)
    about = meant(query, corpus)
    known = [one for one in about.events if told_for(one, keys or (OVERALL,))]
    given = [one for one in known if set(assumed) & _given([one], keys, query.question)]
    if not about.named or (given and (about.settled or given[-1] is known[-1])):
        return None
    termed = OVERALL_TERM in query.topic.lower()
    graded = termed or corpus.reader.grade_meant(query.question) >= LIKELY
    if not (graded and (known or about.settled)):
        return None
    if not known:
        return _without_grade(about, assumed, corpus)
    draft = Draft()
    told = [*reversed(known)] if about.settled else [known[-1], *given[-1:]]
    for event in told:
        write_grades(draft, event, keys or (OVERALL,), False, corpus)
    notes = tuple(note for one in told for note in notes_on(one, keys))
    return FactAnswer(
        Status.ANSWERED if given else Status.PREMISE_CONTRADICTED,
        draft,
        tuple(dict.fromkeys(notes)),
    )


def _without_grade(about: Meant, assumed: Sequence[Grade], corpus: Corpus) -> FactAnswer | None:
    """Answer that the visits meant gave no grade, with the last one before them; None where that
    is the one assumed, or where any of them is an inspection, which may have given it.
    """
    visits = [one for one in about.events if one.kind is not Kind.INSPECTION_REPORT]
    if not visits or len(visits) < len(about.events):
        return None
    before = [graded_before(one, (), corpus) for one in visits]
    if {j.grade for one in before if one for j in judgements_of(one, (OVERALL,))} & {*assumed}:
        return None
    return replace(told_of_visits(visits, (), corpus), status=Status.PREMISE_CONTRADICTED)


def borne_out(query: Query, corpus: Corpus) -> bool:
    """Return whether an inspection meant was given the one grade named, overall or for what is
    asked about: no sentence denies it.
    """
    about = meant(query, corpus)
    assumed = set(grades_named(query.topic))
    given = _given(about.events, judgements_named(query.topic), query.question)
    return len(assumed) == 1 and about.named and assumed <= given


def _given(events: Sequence[Inspection], keys: Sequence[str], question: str) -> set[Grade]:
    """Return the grades given overall and for what is asked about; of what the grade is said of
    ("leaders were rated inadequate") its own alone, where it was given one. Where the overall one
    is named and none is given any more, none was.
    """
    own = judgements_graded(question)
    overall = (*keys, OVERALL) if keys else ()
    found: set[Grade] = set()
    for one in events:
        told = (told_for(one, own) if own else ()) or told_for(one, overall)
        if keys != (OVERALL,) or any(judgement.key == OVERALL for judgement in told):
            found |= {judgement.grade for judgement in told}
    return found
