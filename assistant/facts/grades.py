"""Which grade an inspection gave, whoever tells of it, for the judgements that are asked after."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.meant import Meant, meant, start_of
from assistant.facts.naming import NAMES, event_label, short_name, source_name
from assistant.facts.refusals import not_held, not_stated
from assistant.facts.several import MOST, several
from assistant.rendering.draft import Draft
from assistant.rendering.grammar import listed
from assistant.rendering.wording import BY_HAND
from assistant.types import Status
from index.query.judgements import grades_named, judgement_names, judgements_named
from index.types import Grade, Inspection, InspectionJudgement, Issuer, Kind, Query, Sides

GRADE_TOO = 0.08
"""Probability from which on a question about a judged area wants its grade too ("how good was …"),
which stands before what is said of it (``evals/LOG.md`` #graded-too-1)."""
OVERALL = "overall_effectiveness"
NO_OVERALL_FROM = date(2026, 4, 1)
"""From then on Ofsted's reports give no overall grade."""
SEVERAL_TIMES = 0.5
"""Probability from which a time and "now" are two times (the decision's ``likely``)."""
SEVERAL_PLACES, MOST_PLACES = 0.7, 12
"""Probability from which all places are asked after (the decision's ``likely``), and how many are
told one by one."""
_NAMES = {one.key: one.name for one in judgement_names()}


def graded(
    query: Query, corpus: Corpus, every: bool = False, keys: Sequence[str] = ()
) -> FactAnswer | None:
    """Answer which grade; None where no judgement is concerned.

    Args:
        every: all are told, whichever grade is named.
        keys: of which judgements; without any of those that the question names.
    """
    keys = keys or judgements_named(query.topic)

    def able(event: Inspection) -> bool:
        return bool(told_for(event, keys))

    about = _with_now(meant(query, corpus, able), query, corpus, able)
    events = [one for one in about.events if able(one)]
    if not about.events and not events:
        return not_held(query, about, corpus)
    if not events:
        return _ungraded(about.events, keys, corpus)
    asked = () if every else grades_named(query.topic)
    if not about.settled and about.named and len(about.authorities) == 1:
        return _over_time(events, keys, asked, corpus)
    whole = len(events) == 1
    silent = [_without_key(one, keys) for one in about.events if about.settled and not able(one)]
    notes = [note for one in events for note in notes_on(one, keys)]
    lacking = notes if set(keys) == {OVERALL} else []
    return several(
        events,
        about,
        corpus,
        lambda draft, event: write_grades(draft, event, keys, whole, corpus, asked),
        (*filter(None, silent), *lacking),
        () if lacking else tuple(notes),
        _everywhere(query, corpus),
    )


def _everywhere(query: Query, corpus: Corpus) -> bool:
    """Whether a question that names no place asks after all of them, and they are few enough."""
    few = len(corpus.authorities) <= MOST_PLACES and not query.authorities
    return few and corpus.reader.sides(query.question)[Sides.PLACES] >= SEVERAL_PLACES


def _with_now(
    about: Meant, query: Query, corpus: Corpus, able: Callable[[Inspection], bool]
) -> Meant:
    """Add the newest, where a question asks of a time and of now: "in 2016 and what are they now";
    "the latest of 2022" is one time.
    """
    if not (query.order and query.periods):
        return about
    if corpus.reader.sides(query.question)[Sides.TIMES] < SEVERAL_TIMES:
        return about
    then = meant(replace(query, order=None), corpus, able)
    now = meant(replace(query, periods=()), corpus, able)
    events = sorted({*then.events, *now.events}, key=start_of)
    return replace(about, events=tuple(events))


def judgements_of(event: Inspection, keys: Sequence[str]) -> list[InspectionJudgement]:
    """Return an event's judgements of these keys, all where none is named.

    Until 2022 children in care and care leavers were judged as one: that stands for both.
    """
    if not keys:
        return list(event.judgements)
    found = [one for one in event.judgements if one.key in keys]
    joint = joint_of(event, "care_leavers") if "care_leavers" in keys else None
    return [*found, joint] if joint and joint not in found else found


def joint_of(event: Inspection, key: str) -> InspectionJudgement | None:
    """Return the judgement that an event made of children in care and care leavers as one, where
    the latter are asked after and have none of their own.
    """
    joint = event.judgement("in_care")
    if key != "care_leavers" or event.judgement(key) or joint is None:
        return None
    return joint if is_joint(joint) else None


def is_joint(one: InspectionJudgement) -> bool:
    """Whether a judgement is of children in care and care leavers as one."""
    return one.key == "in_care" and "leavers" in one.heading.casefold()


def told_for(event: Inspection, keys: Sequence[str]) -> list[InspectionJudgement]:
    """Return what is told where judgements of these keys are asked for: all of an inspection since
    April 2026, which gives no overall one, where that is.
    """
    as_a_whole = set(keys) == {OVERALL} and _without_overall(event)
    return judgements_of(event, () if as_a_whole else keys)


def grade_words(one: InspectionJudgement) -> str:
    """Return ``Care leavers: outstanding``."""
    name = _NAMES[one.key]
    if is_joint(one):
        name += " and care leavers, judged as one"
    return f"{name[0].upper()}{name[1:]}: {grade_name(one.grade)}"


def how_known(one: InspectionJudgement) -> str:
    """Return how a grade is known, empty where the inspection's own report prints it."""
    return BY_HAND if one.by_hand else "recalled" if one.recalled else ""


def known_how(one: InspectionJudgement) -> str:
    """Return the mark behind a grade, `` (recalled)``, empty where it needs none."""
    return f" ({how})" if (how := how_known(one)) else ""


def grade_name(grade: Grade) -> str:
    """Return the grade as reports write it out."""
    return "requires improvement to be good" if grade is Grade.REQUIRES_IMPROVEMENT else grade.value


def write_grades(
    draft: Draft,
    event: Inspection,
    keys: Sequence[str],
    whole: bool,
    corpus: Corpus,
    asked: Sequence[Grade] = (),
) -> None:
    """Write an event's grades: those of ``keys``; without any the overall one, and with
    ``whole``, or where it has no overall one, the others after it.

    Args:
        asked: grades named: of all, those that are so come first, and then the overall one.
    """
    found = told_for(event, keys)
    overall = [one for one in found if one.key == OVERALL]
    if not keys and overall and not whole:
        found = overall
    alike = [one for one in found if one.grade in asked] if len(found) > 1 else []
    if alike and not keys:
        found = [*alike, *(one for one in overall if one not in alike)]
    for one in found:
        draft.answer(
            grade_words(one) + _told_how(one, corpus),
            corpus.proofs(corpus.identity(one.place.doc_id), [one.place.span]),
            event_label(event, corpus),
        )


def grade_of_area(query: Query, corpus: Corpus, keys: Sequence[str] = ()) -> Draft | None:
    """Return the grade of the one area that a question is about, at the one inspection of each
    place that it names; None where it names no such area or inspection, or a grade is not known.

    Args:
        keys: the judgements of the area that it asks about as a whole, of whose newest grade is
            told where no inspection is named; without any those of the area that it names.
    """
    whole = bool(keys)
    keys = keys or [key for key in judgements_named(query.topic) if key != OVERALL]
    about = meant(query, corpus)
    if whole and not about.settled:
        newest = {e.authority: e for e in about.events if judgements_of(e, keys)}
        about = replace(about, events=tuple(newest.values()), settled=True)
    places = {one.authority for one in about.events}
    graded = [one for one in about.events if keys and judgements_of(one, keys)]
    if not (about.named and about.settled and graded):
        return None
    if not len(places) == len(about.events) == len(graded):
        return None
    draft = Draft()
    for event in graded:
        write_grades(draft, event, keys, False, corpus)
    return draft


def notes_on(event: Inspection, keys: Sequence[str] = ()) -> list[str]:
    """Return what must be said beside an event's grades of these keys, all where none is named."""
    asked = not keys or OVERALL in keys
    if not (asked and _without_overall(event)):
        return []
    return [f"The {short_name(event)} gives no overall grade: none is given since April 2026."]


def _without_overall(event: Inspection) -> bool:
    """Whether an inspection gave grades and, as all do since April 2026, no overall one."""
    graded_without = event.own and event.judgements and not event.judgement(OVERALL)
    return bool(graded_without) and start_of(event) >= NO_OVERALL_FROM


def _told_how(one: InspectionJudgement, corpus: Corpus) -> str:
    if one.by_hand or not one.recalled:
        return known_how(one)
    issuer = corpus.identity(one.place.doc_id).issuer.value
    how = "recalled in the" if issuer is Issuer.OFSTED else "as told by the"
    return f" ({how} {source_name(one.place, corpus)})"


def _without_key(event: Inspection, keys: Sequence[str]) -> str:
    if event.kind is not Kind.INSPECTION_REPORT:
        return ""
    names = listed([_NAMES[key] for key in keys]) or "any judgement"
    return f"The documents held give no grade of the {short_name(event)} for {names}."


def _over_time(
    events: Sequence[Inspection], keys: Sequence[str], asked: Sequence[Grade], corpus: Corpus
) -> FactAnswer:
    """Grades of one authority, the newest first; where some were named, it and those that were, or,
    where none was overall, the areas that were.
    """
    draft = Draft()
    newest = list(reversed(events))
    given = [one for one in newest if _gave(judgements_of(one, keys), asked, keys)]
    if asked and not given and not keys:
        for event in newest:
            if areas := [one.key for one in event.judgements if one.grade in asked]:
                write_grades(draft, event, areas, False, corpus)
        if draft.sentences:
            return FactAnswer(Status.ANSWERED, draft)
    if asked and not given:
        which = listed([grade_name(grade) for grade in asked])
        name = events[0].authority
        draft.frame(f"No inspection of {name} that is known here was given “{which}”.")
    named = [newest[0], *(one for one in given if one is not newest[0])] if given else newest
    shown = (named if asked else newest)[:MOST]
    for event in shown:
        write_grades(draft, event, keys, len(shown) == 1, corpus)
    return FactAnswer(
        Status.ANSWERED, draft, tuple(n for one in shown for n in notes_on(one, keys))
    )


def _gave(
    judgements: Iterable[InspectionJudgement], asked: Sequence[Grade], keys: Sequence[str]
) -> bool:
    return any(one.grade in asked and (keys or one.key == OVERALL) for one in judgements)


def _ungraded(events: Sequence[Inspection], keys: Sequence[str], corpus: Corpus) -> FactAnswer:
    """Say that no grade is given: of an inspection with where one is, of visits with the last."""
    full = [one for one in events if one.kind is Kind.INSPECTION_REPORT]
    others = [
        one
        for name in {e.authority for e in events}
        for one in corpus.of(name)
        if judgements_of(one, keys)
    ]
    if full:
        names = listed([_NAMES[key] for key in keys])
        lacking = f"give no grade for {names}" if names else "give no grade"
        notes = [note for one in full for note in notes_on(one, keys)]
        return not_stated(full, lacking, others, corpus, notes)
    return told_of_visits(events, keys, corpus)


def told_of_visits(events: Sequence[Inspection], keys: Sequence[str], corpus: Corpus) -> FactAnswer:
    """Say of visits that they give no grade, each with the last one that is known before it."""
    draft = Draft()
    for event in events:
        draft.frame(f"A {NAMES[event.kind]} gives no grade of its own.")
        if before := graded_before(event, keys, corpus):
            draft.frame("The last one known before it:")
            write_grades(draft, before, keys, False, corpus)
    return FactAnswer(Status.NOT_STATED, draft)


def graded_before(event: Inspection, keys: Sequence[str], corpus: Corpus) -> Inspection | None:
    """Return the last event before another of its authority that gave a grade of these keys."""
    before = [e for e in corpus.of(event.authority) if start_of(e) < start_of(event)]
    return next((one for one in reversed(before) if judgements_of(one, keys)), None)
