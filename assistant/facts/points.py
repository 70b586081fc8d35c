"""Points for improvement, recommendations and priority actions: the complete list of an event."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.quoting import Quote, overlapping
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.meant import Meant, meant, start_of
from assistant.facts.naming import short_name
from assistant.facts.reading import ANSWERS, chances, chances_among
from assistant.facts.refusals import not_held, not_stated
from assistant.facts.several import MOST
from assistant.rendering.draft import Draft
from assistant.rendering.grammar import count, listed
from assistant.types import Status
from index.query.abbreviations import with_both_forms
from index.types import Hit, Identity, Inspection, Query, Telling

MOST_READ, TOLD = 60, 0.5
"""Passages read of a document without a list, and the probability from which on a sentence of it
tells a point (``evals/LOG.md`` #tellings-1)."""
LISTED_ON = 0.1
"""Probability from which on a point of a list may be on a matter: it reads as a heading, which
says little, so that a second reader must agree (``evals/LOG.md`` #reader-5)."""
ON_IT = 0.4
"""Probability from which on the second reader agrees that a sentence is on a matter
(``evals/LOG.md`` #surveys-1)."""
MAYBE_ON_IT = 0.003
"""Probability below which it rules that out (``evals/LOG.md`` #surveys-2)."""
SURELY_ON = 0.97
"""Probability from which the second reader takes a sentence for a topic that its letter does not
name: homeless 16-year-olds .999, foster carers for young carers .96 (``evals/LOG.md`` #by-hand-1).
"""
_WHOLE = (
    "What needs to improve is the following.",
    "Inspectors made these recommendations and told the council to improve these things.",
    "The areas for improvement, priorities and weaknesses are listed below.",
)


def improvements(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer with complete lists; None where something narrower is asked, or the event's own
    document has no list and must be read.
    """
    about = meant(query, corpus, lambda one: bool(one.improvements))
    if not about.events:
        return not_held(query, about, corpus)
    able = [one for one in about.events if one.improvements and _told(one, about, corpus)]
    if not able:
        recalled = [one for one in about.events if not one.documents]
        if not recalled or len(recalled) < len(about.events):
            return _read(query, about.events, corpus)
        others = [o for n in about.authorities for o in corpus.of(n) if o.improvements]
        return not_stated(recalled, "list no points for improvement", others, corpus)
    if not about.settled:
        able = list({one.authority: one for one in able}.values())
        if len(able) > MOST and not about.named:
            names = tuple(sorted(one.authority for one in able))
            return FactAnswer(Status.AMBIGUOUS, Draft(), choices=names)
    if _narrower(query, able, corpus):
        return None
    draft = Draft()
    write_points(draft, able, corpus)
    silent = [
        one for one in about.events if not one.improvements and _said(one, able, about.settled)
    ]
    notes = [
        f"The {short_name(one)} ({one.authority}) has no list of points held." for one in silent
    ]
    notes += [f"Nothing is held, and nothing recalled, of: {one}." for one in about.missing]
    status = Status.PARTIAL if notes and about.settled else Status.ANSWERED
    return FactAnswer(status, draft, tuple(notes))


def _read(query: Query, events: Sequence[Inspection], corpus: Corpus) -> FactAnswer | None:
    """Answer with the sentences that tell a point, of documents at second hand without a list; None
    where there are none, or where several inspections are meant.
    """
    told = [one for one in events if one.documents]
    if len(told) != 1 or told[0].own:
        return None
    draft = Draft()
    asked = query.question
    quotes = [q for doc_id in told[0].documents for q in _points_in(doc_id, asked, corpus)]
    if not quotes:
        return None
    for identity, quote in quotes:
        draft.quote(identity, quote)
    note = (
        f"Of the {short_name(told[0])} no list is held: this is what reads as a point in the text."
    )
    return FactAnswer(Status.ANSWERED, draft, (note,))


def _points_in(doc_id: str, asked: str, corpus: Corpus) -> list[tuple[Identity, Quote]]:
    """Return the sentences of a document that tell a point: surely, or likely where the reader
    takes them for an answer too.
    """
    identity, found = corpus.identity(doc_id), list[Quote]()
    passages = corpus.collection.passages_of(doc_id)[:MOST_READ]
    hits = [Hit(one, identity, 0.0, n) for n, one in enumerate(passages, start=1)]
    for passage, reading in zip(passages, corpus.reader.read(asked, hits), strict=True):
        texts = [passage.text_of(one) for one in passage.sentences]
        tells = corpus.reader.tells(passage.heading or "", texts)
        for sentence, told, chance in zip(passage.sentences, tells, reading.answers, strict=True):
            least = TOLD / 2 if chance >= ANSWERS else TOLD
            quote = corpus.quoter(doc_id).quote(sentence.start)
            points = told[Telling.POINT] >= least and sentence.quotable
            if points and not overlapping(quote, found):
                found.append(quote)
    return [(identity, quote) for quote in found]


def points_on(subject: str, event: Inspection, corpus: Corpus) -> list[tuple[Identity, Quote]]:
    """Return the points that name a matter, or that both readers take for it, said shortly or in
    full.
    """
    if not event.improvements:
        return []
    texts = [point.text for point in event.improvements]
    identity = corpus.identity(event.improvements[0].place.doc_id)
    named = corpus.scanner.scan(subject, ())
    found = {text for text in texts if named.names(text)}
    for said in dict.fromkeys((subject, with_both_forms(subject))):
        likely = chances_among(corpus.reader, said, identity, texts)
        for text, chance in zip(texts, likely, strict=True):
            if chance >= LISTED_ON and text not in found and is_on(said, text, identity, corpus):
                found.add(text)
    return [corpus.quote(point.place) for point in event.improvements if point.text in found]


def is_on(
    subject: str, text: str, identity: Identity, corpus: Corpus, least: float = ON_IT
) -> bool:
    """Whether the second reader agrees that a sentence is on a matter; with ``MAYBE_ON_IT``, does
    not rule it out.
    """
    return chances_among(corpus.statements, subject, identity, [text])[0] >= least


def write_listed(draft: Draft, subject: str, events: Sequence[Inspection], corpus: Corpus) -> None:
    """Write in whose lists stand points on a matter that an answer cites, and in whose lists none
    that names it, oldest first; nothing where none does. Of the others no more is sure: a point may
    mean it in words of its own ("regulation 24 carers").
    """
    lists = [one for one in sorted(events, key=start_of) if one.improvements]
    every = [(one, corpus.quote(point.place)) for one in lists for point in one.improvements]
    cited = [(event, proof) for event, proof in every if draft.cites(*proof)]
    if not cited or len(lists) < 2:
        return
    those = [event for event, _ in cited]
    having = [f"the {short_name(one)}" for one in lists if one in those]
    lacking = [f"the {short_name(one)}" for one in lists if one not in those]
    said = f"Points for improvement on this: in the {_of(having)}"
    without = f"; none that names “{subject}” in the {_of(lacking)}" if lacking else ""
    draft.answer(f"{said}{without}.", [proof for _, proof in cited], None)


def _of(named: list[str]) -> str:
    """Return ``list of the inspection of …``, ``lists of …`` where there are several."""
    return f"{'list' if len(named) == 1 else 'lists'} of {listed(named)}"


def write_points(draft: Draft, events: Sequence[Inspection], corpus: Corpus) -> None:
    """Write every point of these events, under a line that counts them."""
    newest = sorted(events, key=start_of, reverse=True)
    counted = "; ".join(
        f"{one.authority}, {short_name(one)}: {count(len(one.improvements), 'point')}"
        for one in newest
    )
    draft.frame(f"Complete: {counted}.")
    for event in newest:
        for point in event.improvements:
            draft.quote(*corpus.quote(point.place))


def _told(event: Inspection, about: Meant, corpus: Corpus) -> bool:
    """Whether the list is from whom the question means ("the article"), Ofsted where nobody."""
    issuer = corpus.identity(event.improvements[0].place.doc_id).issuer.value
    return not about.speakers or issuer in about.speakers


def _said(event: Inspection, able: Sequence[Inspection], settled: bool) -> bool:
    """Whether an event without a list must be mentioned: it is asked for, or newer."""
    same = [one for one in able if one.authority == event.authority]
    return settled or any(start_of(event) > start_of(one) for one in same)


def _narrower(query: Query, able: Sequence[Inspection], corpus: Corpus) -> bool:
    """Whether single points answer better than the list as a whole: a matter is asked after."""
    statements: dict[str, Sequence[str]] = {"whole": _WHOLE}
    statements |= {p.text: (p.text,) for one in able for p in one.improvements}
    identity = corpus.identity(able[0].improvements[0].place.doc_id)
    found = chances(corpus.statements, query.subject, identity, statements)
    whole = found.pop("whole")
    return max(found.values()) > whole
