"""How many, and which, authorities were given a grade; other counts go by meaning.

Counted over every event, never over a top k.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from assistant.evidence.quoting import Quote
from assistant.facts.chat import tell_comparison
from assistant.facts.compare import newest_of
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.counted import PRINTED, table_of_grades
from assistant.facts.grades import (
    OVERALL,
    grade_name,
    grade_words,
    joint_of,
    judgements_of,
    known_how,
    notes_on,
)
from assistant.facts.meant import meant, stands, start_of
from assistant.facts.mentions import asks_of_each_newest, counted_by_meaning
from assistant.facts.naming import NAMES, short_name, time_of
from assistant.facts.tables import printed, rows_of
from assistant.facts.tally import tallied, tallies
from assistant.facts.view import CORRECTED, RECALLED
from assistant.facts.visits import visits
from assistant.rendering.draft import Draft
from assistant.rendering.grammar import count, listed
from assistant.types import Status
from index.query.judgements import grades_named, judgement_names, judgements_named
from index.types import Grade, Identity, Inspection, InspectionJudgement, Query

MOST_LISTED, MOST_NAMED, MOST_SHOWN = 60, 12, 24
GRADED = 0.3
"""Probability from which a word for a grade, where something is counted, means an inspection's."""
Given = tuple[Inspection, InspectionJudgement]
_NAMES = {one.key: one.name for one in judgement_names()}


def counted(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Count the authorities given a grade, each inspection once; where no grade is named, what
    the documents or their lists of points speak of. None where of that time no grade is known.
    """
    asked = grades_named(query.topic)
    if tallies(query, corpus.reader):
        return tallied(query, corpus)
    if not names_a_grade(query, corpus):
        if _of_visits(query, corpus):
            return visits(query, corpus)
        each = tell_comparison(query, corpus, True) if asks_of_each_newest(query, corpus) else None
        return each or counted_by_meaning(query, corpus)
    keys = judgements_named(query.topic) or (OVERALL,)
    about = meant(query, corpus, lambda one: bool(judgements_of(one, keys)))
    events = [one for one in about.events if query.periods or stands(one.authority)]
    graded = [one for one in events if judgements_of(one, keys)]
    every = [(event, one) for event in graded for one in judgements_of(event, keys)]
    given = [pair for pair in every if pair[1].grade in asked]
    rows = rows_of(query, corpus)
    if not graded or (rows and not given):
        return printed(query, corpus)
    said = [_counted(query, graded, given, (key,)) for key in keys]
    if followed := _followed(about.events, events, keys, asked) if query.order is None else ():
        times = listed([f"{event.authority} ({time_of(event)})" for event, _ in followed])
        said.append(f"So {'was' if len(followed) == 1 else 'were'} {times}, followed by others.")
        given += followed
    areas = _of_areas(events, asked) if keys == (OVERALL,) else []
    if not given:
        given, areas = areas, []
    elif judgements_named(query.topic):
        areas = []
    given.sort(key=lambda pair: start_of(pair[0]), reverse=True)
    others = [pair for pair in every if pair not in given]
    if query.order == "newest" and len(asked) == 1:
        earlier = _given_before(asked, keys, graded, corpus)
        said += [_ever(earlier, given)] if earlier else []
        others += earlier
    if areas or (keys == (OVERALL,) and not any(one.key == OVERALL for _, one in given)):
        said += _of_areas_told(areas or given, asked)
    notes = [f"Of {one} nothing is held or recalled." for one in about.missing]
    if OVERALL in keys:
        newest = query.order == "newest"
        notes += _without_overall(corpus) if newest else _none_given(about.events)
    notes.append("Counted over what the documents held give or recall; Ofsted has done more.")
    table = partial(
        table_of_grades, query.question, " ".join(said), given, rows, tuple(notes), corpus
    )
    if any(one.recalled for _, one in given[:MOST_LISTED]):
        notes.append(RECALLED)
    if any(one.by_hand for _, one in given[:MOST_LISTED]):
        notes.append(CORRECTED)
    if len(given) > MOST_LISTED:
        notes.append(f"The newest {MOST_LISTED} of {len(given)} are listed.")
    if len(given) + len(areas) <= MOST_SHOWN:
        given = sorted([*given, *areas], key=lambda pair: start_of(pair[0]), reverse=True)
    draft = _draft(said, given[:MOST_LISTED], others[: MOST_LISTED - len(given)], rows, corpus)
    return FactAnswer(Status.ANSWERED, draft, tuple(notes), counted=table)


def _of_visits(query: Query, corpus: Corpus) -> bool:
    """Whether visits of a kind are counted, and nothing that was found at them."""
    kinds = [one for one in query.kinds if one.certain and one.value in NAMES]
    return bool(kinds) and not corpus.reader.matter(query.question)


def names_a_grade(query: Query, corpus: Corpus) -> bool:
    """Return whether what a question counts is a grade: not what is "good enough"."""
    named = grades_named(query.topic)
    return bool(named) and corpus.reader.grade_meant(query.question) >= GRADED


def _draft(
    said: Sequence[str],
    given: Sequence[Given],
    others: Sequence[Given],
    rows: Sequence[tuple[Identity, Quote]],
    corpus: Corpus,
) -> Draft:
    """Return what is said, each grade under its authority, those that do not count folded, and the
    rows that print a count.
    """
    draft = Draft()
    for line in said:
        draft.frame(line)
    for event, one in (*given, *others):
        name = short_name(event)
        draft.answer(
            f"{name[0].upper()}{name[1:]}: {grade_words(one)}{known_how(one)}",
            corpus.proofs(corpus.identity(one.place.doc_id), [one.place.span]),
            event.authority,
            more=(event, one) in others,
        )
    if rows:
        draft.frame(f"{PRINTED}:")
        for identity, quote in rows:
            draft.quote(identity, quote)
    return draft


def _without_overall(corpus: Corpus) -> list[str]:
    """Say of which authorities the newest inspection gives no overall grade, where of some."""
    newest = {name: newest_of(corpus.of(name)) for name in corpus.authorities}
    names = [name for name, event in newest.items() if event and notes_on(event)]
    if not names or len(names) > MOST_NAMED:
        return []
    return [
        f"The newest inspection of {listed(names)} gives no overall grade: none is given since "
        "April 2026. The last one known is counted."
    ]


def _none_given(events: Sequence[Inspection]) -> list[str]:
    """Say which inspections give no overall grade, where some do and they are few."""
    names = [f"{event.authority} ({time_of(event)})" for event in events if notes_on(event)]
    if not names or len(names) > MOST_NAMED:
        return []
    verb = "gives" if len(names) == 1 else "give"
    return [f"{listed(names)} {verb} no overall grade: none is given since April 2026."]


def _followed(
    known: Sequence[Inspection],
    counted: Sequence[Inspection],
    keys: Sequence[str],
    asked: Sequence[Grade],
) -> list[Given]:
    """Return what was given to authorities that others followed, which are not counted."""
    left = [event for event in known if event not in counted]
    every = [(event, one) for event in left for one in judgements_of(event, keys)]
    return [pair for pair in every if pair[1].grade in asked]


def _jointly(event: Inspection, keys: Sequence[str]) -> bool:
    return any(joint_of(event, key) for key in keys)


def _given_before(
    asked: Sequence[Grade], keys: Sequence[str], newest: Sequence[Inspection], corpus: Corpus
) -> list[Given]:
    """Return where the same authorities were given a grade before their newest inspections."""
    names = {one.authority for one in newest}
    return [
        (event, one)
        for event in reversed(corpus.inspections)
        if event.authority in names and event not in newest
        for one in judgements_of(event, keys)
        if one.grade in asked
    ]


def _ever(earlier: Sequence[Given], given: Sequence[Given]) -> str:
    """Return how many were given a grade at any time, where some were before."""
    names = {event.authority for event, _ in (*earlier, *given)}
    times = listed([f"{e.authority} ({time_of(e)})" for e, _ in earlier])
    return f"At any inspection known here: {len(names)}; before their newest, {times}."


def _counted(
    query: Query, graded: list[Inspection], given: list[Given], keys: tuple[str, ...]
) -> str:
    """Return the number with its denominators: authorities, and inspections; of several grades
    each.
    """
    graded = [one for one in graded if judgements_of(one, keys)]
    given = [(event, one) for event, one in given if one in judgements_of(event, keys)]
    of = {one.authority for one in graded}
    names = {event.authority for event, _ in given}
    which = listed([f"“{grade_name(grade)}”" for grade in grades_named(query.topic)], "or")
    when = listed([mention.words for mention in query.periods])
    inspections = {event.inspection_id for event, _ in given}
    asked = grades_named(query.topic)
    each = [
        f"{grade_name(grade)} {len({e.inspection_id for e, one in given if one.grade is grade})}"
        for grade in asked
    ]
    joint = {e.authority for e in graded if "in_care" not in keys and _jointly(e, keys)}
    return (
        f"{len(names)} of the {count(len(of), 'authority', 'authorities')} with a known grade for "
        f"{listed([_NAMES[key] for key in keys])}{f' ({when})' if when else ''} "
        f"{'was' if len(names) == 1 else 'were'} given {which}, at "
        f"{len(inspections)} of {count(len(graded), 'inspection')}"
        f"{f' ({listed(each)})' if len(asked) > 1 else ''}."
        f"{f' Judged as one with children in care: {listed(sorted(joint))}.' if joint else ''}"
    )


def _of_areas(events: Sequence[Inspection], asked: Sequence[Grade]) -> list[Given]:
    """Return where grades were given for areas that were judged."""
    every = [(event, one) for event in events for one in event.judgements]
    return [pair for pair in every if pair[1].key != OVERALL and pair[1].grade in asked]


def _of_areas_told(given: Sequence[Given], asked: Sequence[Grade]) -> list[str]:
    """Return to whom a grade was given for one of the areas judged; of several grades each, with
    the number of inspections.
    """
    if len(asked) == 1:
        return [f"For an area of its own it was given to {_whom(given)}."]
    told = []
    for grade in asked:
        of = [(event, one) for event, one in given if one.grade is grade]
        at = count(len({event.inspection_id for event, _ in of}), "inspection")
        whom = f"{_whom(of)}, at {at}" if of else _whom(of)
        told.append(f"For an area of its own “{grade_name(grade)}” was given to {whom}.")
    return told


def _whom(given: Sequence[Given]) -> str:
    """Return the authorities that were given a grade: by name, where they are few."""
    names = sorted({event.authority for event, _ in given})
    if not names or len(names) > MOST_NAMED:
        return count(len(names), "authority", "authorities") if names else "nobody"
    return listed(names)
