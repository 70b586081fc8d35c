"""Which inspections and visits there were, how many, and how many inspectors came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.evidence.quoting import Quote
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.grades import OVERALL, grade_name
from assistant.facts.meant import MADE, in_period, meant, stands, start_of
from assistant.facts.naming import NAMES, ORDINALS, event_label, kind_name, short_name, time_of
from assistant.facts.refusals import not_held, not_stated
from assistant.facts.several import several
from assistant.rendering.draft import Draft
from assistant.rendering.grammar import count, listed
from assistant.types import Status
from index.store.lexical import terms
from index.types import Identity, Inspection, Proven, Query

MOST_LISTED = 60


def visits(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer which inspections and visits are known, and how many; of all kinds, where some are
    named beside inspections or visits.
    """
    of_kinds = {stem for one in query.kinds for stem in terms(one.words)}
    if {*terms("inspections visits")} & {*terms(query.topic)} - of_kinds:
        query = replace(query, kinds=())
    about = meant(query, corpus)
    if not about.events:
        return not_held(query, about, corpus)
    about = replace(about, events=made_then(about.events, query, corpus))
    draft = Draft()
    if len(about.authorities) > 1:
        about = replace(about, events=tuple(sorted(about.events, key=start_of)))
    now = [one for one in about.events if stands(one.authority) or about.named]
    before = [one for one in about.events if one not in now] if now else []
    about = replace(about, events=(*(now or about.events), *before))
    said = [*_series(about.events), _counted(now or about.events), *_followed(before)]
    draft.frame(" ".join([*said, *_each_time(query, now or about.events, corpus)]))
    for event in about.events[:MOST_LISTED]:
        write_event(draft, event, corpus, frozenset(m.value for m in query.people if m.certain))
    notes = [f"Nothing is held, and nothing recalled, of: {one}." for one in about.missing]
    if len(about.events) > MOST_LISTED:
        notes.append(f"The first {MOST_LISTED} of {len(about.events)} are listed.")
    status = Status.PARTIAL if about.missing else Status.ANSWERED
    return FactAnswer(status, draft, tuple(notes))


def made_then(events: Sequence[Inspection], query: Query, corpus: Corpus) -> tuple[Inspection, ...]:
    """Return the events that were made in the times named; where none was, those of which
    documents were published then.
    """
    times = [mention.value for mention in query.periods]
    made = [one for one in events if any(in_period(one, time, corpus) == MADE for time in times)]
    return tuple(made or events)


def write_event(
    draft: Draft, event: Inspection, corpus: Corpus, people: frozenset[str] = frozenset()
) -> None:
    """Write one event's line: what it was and when, its overall grade where it gave one, from what
    it is known, and which part in it had the ``people`` asked about.
    """
    text = f"{kind_name(event).capitalize()}, {time_of(event)}"
    overall = event.judgement(OVERALL)
    if overall:
        text += f": {grade_name(overall.grade)} overall"
    if not event.own:
        text += "; told at second hand" if event.documents else "; only recalled"
    parts = [_part(identity, name, corpus) for identity in corpus.own(event) for name in people]
    text += "".join(said for said, _ in parts)
    proofs = [proof for _, found in parts for proof in found]
    if overall:
        graded = corpus.identity(overall.place.doc_id)
        proofs = [*corpus.proofs(graded, [overall.place.span]), *proofs]
    draft.answer(text, [*proofs_of(event, corpus), *proofs], event.authority)


def _part(
    identity: Identity, name: str, corpus: Corpus
) -> tuple[str, list[tuple[Identity, Quote]]]:
    """Return what part an inspector had in an inspection, and what proves it."""
    leads = [one for one in identity.lead_inspectors if one.value == name]
    others = [one for one in identity.inspectors if one.value == name]
    if not others:
        return "", []
    said = f"; {name} led it" if leads else f"; {name} was one of the inspectors"
    return said, corpus.proofs(identity, [(leads or others)[0].span])


def proofs_of(event: Inspection, corpus: Corpus) -> list[tuple[Identity, Quote]]:
    """Return where it is said that the event was, and when."""
    for identity in corpus.documents(event):
        spans = [v.span for v in (identity.visit_start, identity.title, identity.kind) if v]
        if proofs := corpus.proofs(identity, [span for span in spans if span][:1]):
            return proofs
    recalled = [corpus.quote(place) for place in event.recalled_by]
    dated = [one for one in recalled if event.when and event.when in " ".join(one[1].text.split())]
    return (dated or recalled)[:1]


def kind_proofs(event: Inspection, corpus: Corpus) -> list[tuple[Identity, Quote]]:
    """Return where it is said of what kind the event was; another's report tells that it was."""
    for identity in corpus.own(event):
        if proofs := corpus.proofs(identity, [identity.kind.span]):
            return proofs[:1]
    return proofs_of(event, corpus)


def _each_time(query: Query, events: Sequence[Inspection], corpus: Corpus) -> list[str]:
    """Say how many were made in each of several times named."""
    times = query.periods if len(query.periods) > 1 else ()
    made = [
        f"{mention.words}: {sum(in_period(one, mention.value, corpus) == MADE for one in events)}"
        for mention in times
    ]
    return [f"Made then: {'; '.join(made)}."] if made else []


def _followed(events: Sequence[Inspection]) -> list[str]:
    """Say of which authorities that others have followed inspections are known besides."""
    names = sorted({one.authority for one in events})
    number = count(len(events), "inspection or visit", "inspections and visits")
    return [f"Besides, {number} of {listed(names)}, which others have followed."] if names else []


def _counted(events: Sequence[Inspection]) -> str:
    own = sum(1 for one in events if one.own)
    told = sum(1 for one in events if one.documents and not one.own)
    names = {one.authority for one in events}
    of = (
        f"of {next(iter(names))}"
        if len(names) == 1
        else f"of {count(len(names), 'authority', 'authorities')}"
    )
    parts = [f"{own} with Ofsted's own report or letter held"]
    parts += [f"{told} told of at second hand"] if told else []
    recalled = len(events) - own - told
    parts += [f"{recalled} only recalled in later documents"] if recalled else []
    verb = "is" if len(events) == 1 else "are"
    return (
        f"{count(len(events), 'inspection or visit', 'inspections and visits')} {of} "
        f"{verb} known here: {', '.join(parts)}. There may have been others."
    )


def _series(events: Sequence[Inspection]) -> list[str]:
    """Return how many there were at least, where a letter numbers its visit."""
    notes = []
    for one in events:
        earlier = [o for o in events if o.kind is one.kind and o.authority == one.authority]
        if one.number and one.number > 1 and len(earlier) < one.number:
            notes.append(
                f"There were at least {count(one.number, NAMES[one.kind])}: the letter on the "
                f"{short_name(one)} calls it the {ORDINALS[one.number - 1]}."
            )
    return notes


def team(query: Query, corpus: Corpus) -> FactAnswer:
    """Answer how many inspectors came."""
    about = meant(query, corpus, lambda one: _size(one, corpus) is not None)
    if not about.events:
        return not_held(query, about, corpus)
    able = [one for one in about.events if _size(one, corpus)]
    if not able:
        others = [o for name in about.authorities for o in corpus.of(name) if _size(o, corpus)]
        recalled = about.events if about.settled else about.events[-1:]
        return not_stated(recalled, "do not say how many inspectors there were", others, corpus)
    return several(able, about, corpus, lambda draft, event: _write_team(draft, event, corpus))


def _size(
    event: Inspection, corpus: Corpus
) -> tuple[Identity, int, Sequence[Proven[object]]] | None:
    """Return how many inspectors an event had, and what proves it: a sentence that counts them,
    or all their names; a lead inspector's name alone proves nothing.
    """
    for identity in corpus.documents(event):
        if identity.team_size:
            return identity, identity.team_size.value, (identity.team_size,)
        if len(identity.inspectors) > len(identity.lead_inspectors):
            return identity, len(identity.inspectors), identity.inspectors
    return None


def _write_team(draft: Draft, event: Inspection, corpus: Corpus) -> None:
    found = _size(event, corpus)
    if found:
        identity, number, proofs = found
        spans = [one.span for one in proofs]
        names = [one.value for one in identity.inspectors]
        text = count(number, "inspector") + (f": {listed(names)}" if len(names) == number else "")
        leads = identity.lead_inspectors
        text += f"; {listed([one.value for one in leads])} led it" if leads else ""
        spans += [one.span for one in leads]
        draft.answer(text, corpus.proofs(identity, spans), event_label(event, corpus))
        for quote in _as_printed(identity, corpus):
            draft.quote(identity, quote)


def _as_printed(identity: Identity, corpus: Corpus) -> list[Quote]:
    """Return what a document prints of the team: the sentence that counts it, and the lines that
    name who was what.
    """
    counted = [identity.team_size.span] if identity.team_size else []
    found = [quote for _, quote in corpus.proofs(identity, counted)]
    names = [one.span for one in identity.inspectors if one.span]
    for passage in corpus.collection.passages_of(identity.doc_id):
        if any(passage.start <= span.start < passage.end for span in names):
            roles = [one for one in passage.sentences if ":" in passage.text_of(one)]
            quoter = corpus.quoter(identity.doc_id)
            found += [quoter.span(one.start, one.end) for one in roles]
    return found
