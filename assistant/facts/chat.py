"""Timelines, changes, comparisons and briefs as answers in chat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.facts.area import WHOLE, area_of
from assistant.facts.brief import brief
from assistant.facts.changes import changes, full_inspections
from assistant.facts.compare import MOST, compare
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.grades import OVERALL, graded, judgements_of
from assistant.facts.matters import asking
from assistant.facts.meant import Meant, as_first_asked, followed, meant
from assistant.facts.refusals import not_held, only_recalled, recall, unheld
from assistant.facts.timeline import timeline
from assistant.facts.view import View
from assistant.facts.visits import visits, write_event
from assistant.rendering.draft import Draft
from assistant.rendering.wording import nothing_held
from assistant.types import Status
from index.errors import NotFound
from index.passages.sentences import split
from index.query.judgements import judgements_named
from index.types import Counted, Inspection, Intent, Kind, Query, Sides

_SAID = "what it says"
RATHER, POINTS_TOO, LISTED_TOO = 0.5, 0.01, 0.7
"""Probability from which on a comparison is of grades, and from which on, as a question and as a
count, it asks for points too (``evals/LOG.md`` #by-hand-2)."""
SURE = 0.88
"""Probability from which a sentence surely asks for a history, by itself: an area that is named
beside it is not all that it asks for (the decision's ``facts``)."""
EVERYWHERE = 0.7
"""Probability from which on inspections of all places are asked for (the decision's ``likely``)."""


def tell_timeline(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer with an authority's timeline, of the times that are named, after what is known of the
    one that it followed; or with the grades of an area, where one is: of all times, where only one
    inspection is of those named ("up to and including 2021", "to the latest").
    """
    query = replace(as_first_asked(query, corpus), order=None, previous=False)
    told = asking(query, Intent.TIMELINE, corpus)
    alone = corpus.reader.intent(told)[Intent.TIMELINE] >= SURE
    if keys := _areas(*((told, told) if alone else (query.question, query.topic)), corpus):
        return _of_an_area(query, keys, corpus)
    if not query.authorities and corpus.reader.sides(query.question)[Sides.PLACES] >= EVERYWHERE:
        return visits(query, corpus)

    def made(about: Meant) -> View:
        name = about.authorities[0]
        if about.settled and len(about.events) > 1:
            return timeline(name, corpus, about.events)
        view = timeline(name, corpus)
        own = list(view.draft.sentences)
        for event in followed(name, corpus):
            write_event(view.draft, event, corpus)
        view.draft.sentences = [*view.draft.sentences[len(own) :], *own]
        return view

    return _for_one(query, corpus, made)


def _areas(question: str, topic: str, corpus: Corpus) -> tuple[str, ...]:
    """Return the judgements of areas that a question names, or asks about in its own words."""
    named = tuple(key for key in judgements_named(topic) if key != OVERALL)
    return named or area_of(question, corpus.reader, WHOLE)


def _of_an_area(query: Query, keys: Sequence[str], corpus: Corpus) -> FactAnswer | None:
    """Answer with the grades of an area, and of one place with the visits between them."""
    about = meant(query, corpus)
    query = replace(query, periods=()) if len(about.events) == 1 else query
    found = graded(query, corpus, every=True, keys=keys)
    if found is None or len(about.authorities) != 1 or found.status is not Status.ANSWERED:
        return found
    every = meant(query, corpus).events if query.periods else corpus.of(about.authorities[0])
    for event in every:
        visit = event.kind is not Kind.INSPECTION_REPORT
        if visit and event.period and not judgements_of(event, keys):
            write_event(found.draft, event, corpus)
    return found


def tell_changes(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer with what changed between the two inspections named, from the one named or, where
    that is the newest, to it; or between the two newest.
    """

    def made(about: Meant) -> View:
        name = about.authorities[0]
        named = [one.inspection_id for one in full_inspections(about.events) if query.periods]
        newest = [one.inspection_id for one in full_inspections(corpus.of(name))][-1:]
        two_newest = query.order == "newest" and query.previous
        first, last = (named[0], named[-1]) if named and not two_newest else (None, None)
        if first == last:
            first, last = (None, last) if named == newest else (first, None)
        return changes(name, corpus, first, last)

    return _for_one(query, corpus, made)


def tell_brief(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer with a brief of the letter meant, or of the authority's newest, or with what is
    recalled of an inspection of which no document is held; None where it is asked of one area that
    was judged: what the letter says of that is read.
    """
    if recalled := only_recalled(query, corpus):
        draft = Draft()
        for event in recalled:
            recall(draft, event, corpus)
        return FactAnswer(Status.PARTIAL, draft, lead=unheld(recalled, query))
    about = meant(query, corpus)
    if about.missing and not about.events:
        return not_held(query, about, corpus)
    briefed = asking(query, Intent.BRIEF, corpus)
    areas = _areas(briefed, briefed, corpus)
    if areas and any(judgements_of(one, areas) for one in about.events):
        return None

    def made(about: Meant) -> View:
        own = [one for one in about.events if one.own]
        return brief(own[-1].own[0] if about.settled and own else about.authorities[0], corpus)

    return _for_one(query, corpus, made)


def tell_comparison(query: Query, corpus: Corpus, counts: bool = False) -> FactAnswer | None:
    """Answer with authorities side by side, all that are held where none is named, the newest
    letter of each or, where a time settles it, the one of that time; None where there are fewer
    than two or too many, where a time means none or several of a place, and where none of these
    letters says anything on the matter: others may.

    Args:
        counts: what is said on a matter is counted.
    """
    names = tuple(dict.fromkeys(m.value for m in query.authorities)) or corpus.authorities
    if not 2 <= len(names) <= MOST:
        return None
    try:
        compared = asking(query, Intent.COMPARE, corpus)
        times = [_at_a_time(one, names, corpus) for one in _each_time(query)]
        matter = _compared_on(query, corpus, counts)
        if query.periods and None in times:
            return None
        asked = corpus.reader.intent(query.question)[Intent.POINTS] < POINTS_TOO
        grades = asked and _graded_alone(query.question, corpus, compared)
        named = judgements_named(compared) if grades else ()
        keys = () if OVERALL in named else named  # which may be of an older inspection
        views = [compare(names, corpus, matter, _SAID, at, grades, keys) for at in times]
        if matter and all(map(_silent, views)):
            return None
        # What asks for grades and lists alone cannot mean what the text says.
        return replace(_together(views), settled=not matter)
    except NotFound:
        return not_held(query, meant(query, corpus), corpus)


def _compared_on(query: Query, corpus: Corpus, counts: bool) -> str | None:
    """Return the matter of a comparison, of whichever sentence names one; None where the sentence
    that compares names the places and no matter, and rather asks for grades ("… the newest grades?
    They run a hub together.").
    """
    reader, compared = corpus.reader, asking(query, Intent.COMPARE, corpus)
    placed = all(one.words in compared for one in query.authorities)
    if (
        placed
        and _graded_alone(compared, corpus, compared)
        and not reader.matter(compared, some=counts)
    ):
        return None
    each = (query.question[start:end] for start, end in split(query.question))
    found = (reader.matter(one, some=counts) for one in (query.question, *each))
    return next(filter(None, found), None)


def _graded_alone(question: str, corpus: Corpus, compared: str) -> bool:
    """Whether a question rather compares grades, as a whole or by the sentence that compares, and
    no lists of points.
    """
    reader = corpus.reader
    rather = max(map(reader.grade_meant, (question, compared))) >= RATHER
    return rather and reader.counted(question)[Counted.LISTED] < LISTED_TOO


def _each_time(query: Query) -> list[Query]:
    """Return a query for each time that is named, itself where none is or one."""
    return [replace(query, periods=(one,)) for one in query.periods] or [query]


def _together(views: Sequence[View]) -> FactAnswer:
    """Return what several comparisons tell, one after the other; their numbers are the draft's, so
    that one alone has its table.
    """
    first, *rest = views
    if not rest:
        return _answer(first)
    for view in rest:
        first.draft.join(view.draft)
    notes = dict.fromkeys(note for view in views for note in view.notes)
    return FactAnswer(Status.ANSWERED, first.draft, tuple(notes))


def _at_a_time(
    query: Query, names: Sequence[str], corpus: Corpus
) -> Mapping[str, Inspection] | None:
    """Return the inspection of each place that the times named mean; None where none is named, or
    they mean none or several of a place.
    """
    if not query.periods:
        return None
    about = meant(query, corpus)
    each = {name: [one for one in about.events if one.authority == name] for name in names}
    if not all(len(events) == 1 for events in each.values()):
        return None
    return {name: event for name, (event,) in each.items()}


def _silent(view: View) -> bool:
    """Whether no letter compared says anything on the matter."""
    rows = [row for table in view.tables for row in table.rows if row[0].text == _SAID]
    return not any(cell.citations for row in rows for cell in row[1:])


def _for_one(query: Query, corpus: Corpus, made: Callable[[Meant], View]) -> FactAnswer | None:
    """Return a view of the one authority named; of several the comparison, where there is one."""
    about = meant(query, corpus)
    if about.named and len(about.authorities) > 1:
        return None if query.periods else tell_comparison(query, corpus)
    if not about.named:
        return FactAnswer(Status.AMBIGUOUS, Draft(), choices=corpus.authorities)
    try:
        if not about.authorities:
            return not_held(query, about, corpus)
        found = _answer(made(about))
    except NotFound as error:
        said = str(error)
        return FactAnswer(Status.NOT_STATED, Draft(), (f"{said[0].upper()}{said[1:]}.",))
    if not about.missing:
        return found
    lacking = nothing_held(about.missing, query.filters)
    return replace(found, status=Status.PARTIAL, lead=lacking)


def _answer(view: View) -> FactAnswer:
    return FactAnswer(Status.ANSWERED, view.draft, tuple(view.notes), tables=tuple(view.tables))
