"""How many inspections gave each grade, and which gave none."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.counted import table_of_grades
from assistant.facts.grades import (
    OVERALL,
    grade_name,
    grade_words,
    judgements_of,
    known_how,
    notes_on,
)
from assistant.facts.meant import meant, stands, start_of
from assistant.facts.naming import short_name, time_of
from assistant.facts.reading import LetterReader
from assistant.facts.view import RECALLED
from assistant.rendering.draft import Draft
from assistant.rendering.grammar import count, listed
from assistant.types import Status
from index.query.judgements import grades_named, judgement_names, judgements_named
from index.types import Counted, Grade, Inspection, InspectionJudgement, Query

RATHER = 0.5
"""Probability from which on a count that names no grade and no matter is of every grade
(``evals/LOG.md`` #by-hand-2)."""
LEAST_PLACES = 2
MOST_SHOWN = 24
"""Inspections of one grade, and of those without, that are shown."""
_NAMES = {one.key: one.name for one in judgement_names()}
Given = tuple[Inspection, InspectionJudgement]


def tallies(query: Query, reader: LetterReader) -> bool:
    """Whether what is counted is each grade, or who has none ("how many give each grade?")."""
    if grades_named(query.topic) or reader.matter(query.question):
        return False
    chances = reader.counted(query.question)
    likeliest = max(chances, key=lambda one: chances[one])
    return likeliest is not Counted.LISTED and reader.grade_meant(query.question) >= RATHER


def tallied(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Count the inspections that gave each grade, best first, each with who has it and when; then
    those that gave no overall one. None where of that time no grade is known, or of one place only:
    that is no count of places.
    """
    keys = judgements_named(query.topic) or (OVERALL,)
    about = meant(query, corpus, lambda one: bool(judgements_of(one, keys)))
    events = [one for one in about.events if query.periods or stands(one.authority)]
    given = [(event, one) for event in events for one in judgements_of(event, keys)]
    if len({event.authority for event, _ in given}) < LEAST_PLACES:
        return None
    given.sort(key=lambda pair: start_of(pair[0]), reverse=True)
    lead = _lead(given, keys)
    none = [one for one in events if notes_on(one, keys)]
    draft = Draft()
    draft.frame(lead)
    if none:
        draft.frame(_without(none))
    for grade in Grade:
        for n, (event, one) in enumerate([pair for pair in given if pair[1].grade is grade]):
            draft.answer(
                f"{event.authority}, {short_name(event)}: {grade_words(one)}{known_how(one)}",
                corpus.proofs(corpus.identity(one.place.doc_id), [one.place.span]),
                f"{grade_name(grade)[0].upper()}{grade_name(grade)[1:]}",
                more=n >= MOST_SHOWN,
            )
    notes = ["Counted over what the documents held give or recall; Ofsted has done more."]
    table = partial(table_of_grades, query.question, lead, given, (), tuple(notes), corpus)
    if any(one.recalled for _, one in given):
        notes.append(RECALLED)
    return FactAnswer(Status.ANSWERED, draft, tuple(notes), counted=table)


def _lead(given: Sequence[Given], keys: Sequence[str]) -> str:
    """Return how many inspections gave each grade, and how many of these are only recalled."""
    each = []
    for grade in Grade:
        of = [pair for pair in given if pair[1].grade is grade]
        recalled = sum(1 for _, one in of if one.recalled)
        how = f" ({recalled} recalled)" if recalled else ""
        each += [f"{grade_name(grade)} {len(of)}{how}"] if of else []
    inspections = count(len({event.inspection_id for event, _ in given}), "inspection")
    what = listed([_NAMES[key] for key in keys])
    return f"{what[0].upper()}{what[1:]}, over {inspections} with a known grade: {listed(each)}."


def _without(events: Sequence[Inspection]) -> str:
    """Return which inspections gave no overall grade."""
    names = listed([f"{event.authority} ({time_of(event)})" for event in events])
    said = f"No overall grade, as none is given since April 2026: {len(events)}"
    return f"{said}, {names}." if len(events) <= MOST_SHOWN else f"{said}."
