"""What can be asked next: questions that the documents held answer, other than the one just asked.

Each comes from an event that is known to give what it asks for, or from a document that is known
to write of its topic; ``evals/LOG.md`` (#next-steps-1) has how many of them were answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from assistant.facts import Corpus
from assistant.facts.changes import full_inspections
from assistant.facts.meant import start_of
from assistant.facts.naming import NAMES, at_authority
from assistant.types import Answer, Status
from index.query.judgements import judgement_names
from index.types import Identity, Inspection, Issuer, Place

MOST = 3
_AREAS = ("help_and_protection", "in_care", "care_leavers")
_NAMES = {one.key: one.name for one in judgement_names()}
_READ_ELSEWHERE = 12
"""Documents of other authorities, the newest first, that are looked at for the same topic."""


@dataclass(frozen=True, slots=True)
class Step:
    """A question, and the places that answer it, as far as they are known beforehand."""

    question: str
    places: tuple[Place, ...] = ()


def next_steps(
    answer: Answer, asked: Sequence[str], corpus: Corpus, examples: Sequence[str] = ()
) -> list[str]:
    """Return up to three questions to ask next, the likeliest first.

    Args:
        answer: the last one.
        asked: the questions of the conversation, as asked.
        corpus: what is held as events.
        examples: questions for where nothing is known to lead on.
    """
    if answer.status is Status.AMBIGUOUS:
        return []  # what to choose from stands there already
    authority = _about(answer, corpus)
    steps = _steps(answer, authority, corpus) if authority else iter(())
    unshown = (step.question for step in steps if not _is_shown(step, answer))
    return _fresh(unshown, asked) or _fresh(examples, asked)


def _fresh(questions: Iterable[str], asked: Sequence[str]) -> list[str]:
    before = {question.strip().casefold() for question in asked}
    fresh = (question for question in questions if question.casefold() not in before)
    return list(islice(dict.fromkeys(fresh), MOST))


def _about(answer: Answer, corpus: Corpus) -> str | None:
    """Return the authority that an answer is about: named, else cited first."""
    named = [mention.value for mention in answer.query.authorities] if answer.query else []
    cited = [one.identity.authority_name for one in answer.citations]
    return next((name for name in (*named, *cited) if name and corpus.of(name)), None)


def _steps(answer: Answer, authority: str, corpus: Corpus) -> Iterator[Step]:
    events = corpus.of(authority)
    event = _event(answer, events)
    newest = max((one for one in events if one.improvements), key=start_of, default=None)
    if newest and (when := _when(newest, events)):
        places = tuple(point.place for point in newest.improvements)
        yield Step(f"What needs to improve in {authority}{when}?", places)
    yield from islice(_elsewhere(answer, authority, corpus), 1)
    yield from _since(authority, events)
    yield from _areas(event, events)
    if event.scope and event.own and (when := _when(event, events)):
        yield Step(f"What did the {NAMES[event.kind]} {at_authority(event)}{when} look at?")
    if event.inspectors and (when := _when(event, events)):
        yield Step(f"Who inspected {authority}{when}?")


def _event(answer: Answer, events: Sequence[Inspection]) -> Inspection:
    """Return the event that an answer is about: cited first, else the newest that is told of."""
    cited = [one.identity.doc_id for one in answer.citations]
    told = [one for one in events if one.documents]
    about = [one for doc_id in cited for one in told if doc_id in one.documents]
    return about[0] if about else max(told or events, key=start_of)


def _when(event: Inspection, events: Sequence[Inspection]) -> str:
    """Return ``in 2019`` where that says which event is meant; empty where it does not."""
    year = _year(event)
    return f" in {year}" if year and [_year(one) for one in events].count(year) == 1 else ""


def _year(event: Inspection) -> int | None:
    return event.period.end.year if event.period and event.period.end else None


def _since(authority: str, events: Sequence[Inspection]) -> Iterator[Step]:
    """Ask for what changed, or for the last grades where only one full inspection is known."""
    full = [one for one in full_inspections(events) if _year(one)]
    if len(full) > 1:
        yield Step(f"What changed in {authority} between {_year(full[-2])} and {_year(full[-1])}?")
    elif full and (when := _when(full[0], events)):
        places = tuple(one.place for one in full[0].judgements)
        yield Step(f"How was {authority} graded{when}?", places)


def _areas(event: Inspection, events: Sequence[Inspection]) -> Iterator[Step]:
    """Ask for what else a report judged."""
    when = _when(event, events)
    for key in _AREAS if when and event.own else ():
        if one := event.judgement(key):
            said = f"What did inspectors say about {_NAMES[key]} in {event.authority}{when}?"
            yield Step(said, (one.place,))


def _elsewhere(answer: Answer, authority: str, corpus: Corpus) -> Iterator[Step]:
    """Ask for the same topic in another authority, whose newest documents write of it."""
    subject = corpus.reader.matter(answer.query.question) if answer.query else ""
    if not subject or not answer.citations:
        return
    others = [one for one in corpus.identities if _is_elsewhere(one, authority, answer)]
    others.sort(key=lambda one: str(one.dated or ""), reverse=True)
    for one in others[:_READ_ELSEWHERE]:
        if subject.casefold() in corpus.collection.document(one.doc_id).text.casefold():
            yield Step(f"What did inspectors say about {subject} in {one.authority_name}?")


def _is_elsewhere(identity: Identity, authority: str, answer: Answer) -> bool:
    cited = {one.identity.authority_name for one in answer.citations}
    own = identity.issuer.value is Issuer.OFSTED and identity.authority_name is not None
    return own and identity.authority_name not in {authority, *cited}


def _is_shown(step: Step, answer: Answer) -> bool:
    """Return whether the answer cites already what the question asks for."""
    return any(
        one.identity.doc_id == place.doc_id
        and one.start < place.span.end
        and place.span.start < one.end
        for one in answer.citations
        for place in step.places
    )
