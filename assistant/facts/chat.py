"""Timelines, changes, comparisons and briefs as answers in chat."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.evidence.scanning import in_their_words
from assistant.facts.brief import brief
from assistant.facts.changes import changes, full_inspections
from assistant.facts.compare import MOST, compare, newest_of
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.grades import OVERALL, graded, judgements_of
from assistant.facts.meant import Meant, meant
from assistant.facts.refusals import not_held, only_recalled, recall, unheld
from assistant.facts.timeline import timeline
from assistant.facts.view import View
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.errors import NotFound
from index.passages.sentences import split
from index.query.judgements import judgements_named
from index.query.periods import newest_words
from index.query.topic import subject
from index.types import Intent, Query

_SAID = "what it says"
_NEAR = 4
"""Passages of each place that tell which words of a question are its matter."""


def tell_timeline(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer with an authority's timeline, of the times that are named; with the grades of a
    judgement, where one is: of all times, where only one inspection is of those named ("up to and
    including 2021").
    """
    if judgements_named(query.topic):
        alone = len(meant(query, corpus).events) == 1
        return graded(replace(query, periods=(), order=None) if alone else query, corpus)

    def made(about: Meant) -> View:
        return timeline(about.authorities[0], corpus, about.events if about.settled else ())

    return _for_one(query, corpus, made)


def tell_changes(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer with what changed between the two inspections named, from the one named or, where
    that is the newest, to it; or between the two newest.
    """

    def made(about: Meant) -> View:
        name = about.authorities[0]
        named = [one.inspection_id for one in full_inspections(about.events) if query.periods]
        newest = [one.inspection_id for one in full_inspections(corpus.of(name))][-1:]
        first, last = (named[0], named[-1]) if named else (None, None)
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
    areas = tuple(key for key in judgements_named(_asking(query, corpus)) if key != OVERALL)
    if areas and any(judgements_of(one, areas) for one in about.events):
        return None

    def made(about: Meant) -> View:
        own = [one for one in about.events if one.own]
        return brief(own[-1].own[0] if about.settled and own else about.authorities[0], corpus)

    return _for_one(query, corpus, made)


def _asking(query: Query, corpus: Corpus) -> str:
    """Return the sentence of a question that asks for a brief, none beside it ("I'm meeting the
    leadership on Monday.").
    """
    told = [query.question[start:end] for start, end in split(query.question)]
    return max(told, key=lambda one: corpus.reader.intent(one)[Intent.BRIEF], default=query.topic)


def tell_comparison(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer with authorities side by side, the newest letter of each; None where fewer than two
    are named, where a time is that means another or is asked about one matter, and where none of
    these says anything on the matter: older ones may.
    """
    names = tuple(dict.fromkeys(m.value for m in query.authorities))
    if not 2 <= len(names) <= MOST or not _of_the_newest(query, names, corpus):
        return None
    try:
        matter = _matter(query, names, corpus)
        if matter and query.periods:
            return None
        view = compare(names, corpus, matter, _SAID)
        return None if matter and _silent(view) else _answer(view)
    except NotFound:
        return not_held(query, meant(query, corpus), corpus)


def _of_the_newest(query: Query, names: Sequence[str], corpus: Corpus) -> bool:
    """Whether the times that a question names, if any, mean the newest letter of each place."""
    if not query.periods:
        return True
    newest = [newest_of(corpus.of(name)) for name in names]
    about = meant(query, corpus)
    return about.settled and {*about.events} == {*newest}


def _silent(view: View) -> bool:
    """Whether no letter compared says anything on the matter."""
    rows = [row for table in view.tables for row in table.rows if row[0].text == _SAID]
    return not any(cell.citations for row in rows for cell in row[1:])


def _matter(query: Query, names: Sequence[str], corpus: Corpus) -> str | None:
    """Return what is compared, None where it is everything."""
    own = [frozenset(i.doc_id for i in corpus.identities if i.authority_name == n) for n in names]
    newest = newest_words(query.topic)
    topic = query.topic.replace(newest, " ") if newest else query.topic
    near = replace(query, k=_NEAR)
    hits = [hit for ids in own for hit in corpus.find(near, ids)] if corpus.find else []
    return in_their_words(subject(topic, query.periods, least=1), hits) or None


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
        return _answer(made(about))
    except NotFound as error:
        said = str(error)
        return FactAnswer(Status.NOT_STATED, Draft(), (f"{said[0].upper()}{said[1:]}.",))


def _answer(view: View) -> FactAnswer:
    return FactAnswer(Status.ANSWERED, view.draft, tuple(view.notes), tables=tuple(view.tables))
