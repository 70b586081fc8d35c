"""Why an inspection gave its grade: what its report says at its head, or whoever tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.evidence.quoting import Quote, overlapping
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.grades import OVERALL, judgements_of, write_grades
from assistant.facts.headline import headline_of
from assistant.facts.leaning import MARGIN, leaning
from assistant.facts.meant import Meant, meant, start_of
from assistant.facts.premise import LIKELY
from assistant.facts.reading import chances, log_odds
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.query.judgements import grade_denied, grades_named, judgements_named
from index.types import Grade, Identity, Inspection, Intent, Passage, Query

MOST_TOLD, MOST_READ = 3, 24
"""Sentences told of what is weak or strong, and passages read, where no headline is held."""
GRADE_TOO = 0.2
"""Probability from which on a question why asks for the grade as well ("… and why so low?")."""
LOST = 1.0
"""By how much, in log-odds, a question why is after the loss of a grade rather than after how it
was given (``evals/LOG.md`` #reasons-1)."""
_MEANT = {
    "given": ("The council was judged to be of this grade.", "Ofsted gave the council this grade."),
    "lost": (
        "The council lost this grade, and fell to a worse one.",
        "The council's grade went down from what it was before.",
    ),
}
"""What a question may say of a grade: read against it, not matched."""
_ORDER = list(Grade)


def why_graded(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer why a grade was given, with the grade and what the report says first, of one area in
    its section; None where the question is after the reason of something else.
    """
    about = meant(query, corpus)
    keys, named = judgements_named(query.topic), grades_named(query.topic)
    if keys and OVERALL not in keys:
        return _why_an_area(keys, about, query, corpus)
    asked = corpus.reader.intent(query.question)[Intent.GRADE] >= GRADE_TOO
    of_a_grade = keys == (OVERALL,) or (not keys and (named or asked))
    if not about.named or len(about.authorities) != 1 or not of_a_grade:
        return None
    every = sorted({*corpus.of(about.authorities[0]), *about.events}, key=start_of)
    known = [one for one in every if judgements_of(one, (OVERALL,))]
    graded = [one for one in known if one in about.events]
    if not graded or (len(named) < 2 and corpus.reader.grade_meant(query.question) < LIKELY):
        return None
    fell = [pair for pair in pairwise(known) if _rank(pair[1]) > _rank(pair[0])]
    events = _events(query, graded, fell, corpus)
    quotes = (_headline(events[0], corpus) or _said(events[0], corpus)) if events else []
    if not quotes:
        return None
    draft = Draft()
    for one in events:
        write_grades(draft, one, (OVERALL,), False, corpus)
    for identity, quote in quotes:
        draft.quote(identity, quote)
    return FactAnswer(Status.ANSWERED, draft)


def _why_an_area(
    keys: Sequence[str], about: Meant, query: Query, corpus: Corpus
) -> FactAnswer | None:
    """Answer why an area was given its grade: what its section says first of what is weak, of a
    good grade of what is strong.
    """
    named = grades_named(query.topic)
    graded = [one for one in about.events if one.own and judgements_of(one, keys)]
    if named and not grade_denied(query.topic):
        graded = [o for o in graded if {j.grade for j in judgements_of(o, keys)} & {*named}]
    sure = about.named and len(about.authorities) == 1 and graded
    if not sure or corpus.reader.grade_meant(query.question) < LIKELY:
        return None
    event = graded[-1]
    areas = judgements_of(event, keys)
    of = [area.heading.casefold() for area in areas]
    section = [
        passage
        for passage in corpus.collection.passages_of(event.own[0])
        if passage.heading and any(_heads(passage.heading, one) for one in of)
    ]
    told = _told(section, max(_ORDER.index(one.grade) for one in areas), corpus)
    if not told:
        return None
    draft = Draft()
    write_grades(draft, event, keys, False, corpus)
    for identity, quote in told:
        draft.quote(identity, quote)
    return FactAnswer(Status.ANSWERED, draft)


def _heads(heading: str, area: str) -> bool:
    """Whether a heading is that of an area's section: the area, and its grade; no table's head."""
    return area in heading.casefold() and "|" not in heading


def _events(
    query: Query,
    graded: Sequence[Inspection],
    fell: Sequence[tuple[Inspection, Inspection]],
    corpus: Corpus,
) -> list[Inspection]:
    """Return the inspection whose grade is asked after: the newest that took a better one away,
    with the one that had given that, or the newest that gave the grade named; where none is named,
    the newest.

    Args:
        fell: inspections with the next one, where that gave a worse grade; of "from good in 2016
            to RI" the next one of 2016.
    """
    found = chances(corpus.statements, query.question, corpus.identities[0], _MEANT)
    named = grades_named(query.topic)
    lost = len(named) > 1 or log_odds(found["lost"]) - log_odds(found["given"]) >= LOST
    both = len(named) > 1
    worse = [
        [after, before]
        for before, after in fell
        if (after in graded and (lost or _grade(before) in named))
        or (both and before in graded and {_grade(before), _grade(after)} <= {*named})
    ]
    gave = [[one] for one in graded if not named or _grade(one) in named]
    return next(reversed(worse or gave), [])


def _rank(event: Inspection) -> int:
    return min(_ORDER.index(one.grade) for one in judgements_of(event, (OVERALL,)))


def _grade(event: Inspection) -> Grade:
    return _ORDER[_rank(event)]


def _headline(event: Inspection, corpus: Corpus) -> list[tuple[Identity, Quote]]:
    found = []
    for identity in corpus.own(event)[:1]:
        quoter = corpus.quoter(identity.doc_id)
        blocks = headline_of(corpus.collection.document(identity.doc_id))
        found += [(identity, quoter.span(one.start, one.end)) for one in blocks]
    return found


def _said(event: Inspection, corpus: Corpus) -> list[tuple[Identity, Quote]]:
    """Return what the documents about an inspection say first of what is weak, of a good grade of
    what is strong: whoever tells of it begins with what weighs most.
    """
    passages = [p for doc_id in event.documents for p in corpus.collection.passages_of(doc_id)]
    return _told(passages, _rank(event), corpus)


def _told(passages: Sequence[Passage], rank: int, corpus: Corpus) -> list[tuple[Identity, Quote]]:
    """Return what passages say first of what is weak, of a grade that is good of what is strong,
    each with its neighbours that do not tell the contrary.
    """
    sign = 1 if rank <= _ORDER.index(Grade.GOOD) else -1
    told: list[tuple[Identity, Quote]] = []
    for passage in passages[:MOST_READ]:
        identity = corpus.identity(passage.doc_id)
        leans = [sign * one for one in leaning(passage, corpus.reader)]
        each = list(zip(passage.sentences, leans, strict=True))
        near = frozenset(one.start for one, lean in each if one.quotable and lean > -MARGIN)
        for sentence, lean in each:
            if not sentence.quotable or lean < MARGIN:
                continue
            quote = corpus.quoter(identity.doc_id).quote(sentence.start, near)
            if not overlapping(quote, [other for _, other in told]):
                told.append((identity, quote))
            if len(told) == MOST_TOLD:
                return told
    return told
