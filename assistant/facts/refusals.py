"""What is said where events do not give what is asked: what is recalled, what could be asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.meant import Meant, meant
from assistant.facts.naming import question_about, short_name
from assistant.rendering.draft import Draft
from assistant.rendering.grammar import listed
from assistant.rendering.wording import held_for, nothing_held
from assistant.types import Status
from index.types import Inspection, Period, Query, Sides

MOST_RECALLED = 3
MOST_ASKABLE = 3


def not_stated(
    events: Sequence[Inspection],
    lacking: str,
    able: Iterable[Inspection],
    corpus: Corpus,
    notes: Sequence[str] = (),
) -> FactAnswer:
    """Return that the documents of these events do not say, with what is recalled of them.

    Args:
        lacking: what they do not do: ``name no inspectors``.
        able: events that give it, which could be asked about instead.
        notes: why they do not, where that is known.
    """
    draft = Draft()
    for event in events:
        draft.frame(_why(event, lacking))
        recall(draft, event, corpus)
    return FactAnswer(Status.NOT_STATED, draft, (*notes, *could_ask(able, events)))


def not_held(query: Query, meant: Meant, corpus: Corpus) -> FactAnswer:
    """Return that nothing tells of what the question names, with what is held instead."""
    draft = Draft()
    if query.number is not None:
        for event in corpus.inspections:
            if event.number and event.authority in meant.authorities:
                identity = corpus.own(event)[0]
                draft.frame(f"Only the {short_name(event)} is held of that series.")
                number = identity.visit_number
                draft.answer(
                    f"{event.authority}: {short_name(event)}",
                    corpus.proofs(identity, [number.span if number else None]),
                    None,
                )
    names = meant.authorities if meant.named else ()
    missing = nothing_held(meant.missing, query.filters) if meant.missing else ""
    lead = missing or _another_kind(query, meant, corpus)
    return FactAnswer(Status.NOT_HELD, draft, (held_for(corpus.identities, names),), lead=lead)


def _another_kind(query: Query, about: Meant, corpus: Corpus) -> str:
    """Return that another kind of visit than a question names was made at its time; empty where
    none was.
    """
    if not (query.kinds and query.periods):
        return ""
    then = [
        one
        for one in meant(replace(query, kinds=(), number=None), corpus).events
        if one.authority in about.authorities and about.named
    ]
    kinds = listed(list(dict.fromkeys(m.value.value.removesuffix(" letter") for m in query.kinds)))
    names = listed([f"the {short_name(one)} ({one.authority})" for one in then])
    return f"We know of no {kinds} then; we know of {names}." if then else ""


OF_SEVERAL = 0.9
"""Probability from which on the inspections of several times are asked about, whichever one of them
is named (``evals/LOG.md`` #by-hand-2)."""


def only_recalled(query: Query, corpus: Corpus) -> tuple[Inspection, ...]:
    """Return the inspections that a question's time, number or order means, where no document
    tells of any of them: later ones only recall them; empty otherwise, and where a time is longer
    than a year: it is what happened in it that is meant; nor where a first or last one but bounds
    those that are asked about ("from the first to the last").
    """
    about = meant(query, corpus)
    if query.order and corpus.reader.sides(query.question)[Sides.TIMES] >= OF_SEVERAL:
        return ()
    held = any(event.documents for event in about.events)
    short = all(_within_a_year(mention.value) for mention in query.periods)
    return about.events if about.settled and short and not held else ()


def unknown_then(query: Query, corpus: Corpus) -> tuple[str, ...]:
    """Return the places that a question names, with its times of a year at most, of which no
    inspection is known then at all; empty where any is.
    """
    about = meant(query, corpus)
    short = all(_within_a_year(mention.value) for mention in query.periods)
    named = all(mention.certain for mention in query.authorities)
    asked = query.periods and short and named
    return about.missing if asked and not about.events else ()


def _within_a_year(period: Period) -> bool:
    start, end = period.start, period.end
    return start is not None and end is not None and end - start <= timedelta(days=366)


def unheld(events: Sequence[Inspection], query: Query, said: bool = True) -> str:
    """Return that no document of these inspections is held, or among those that the question's
    filters let through, and what is told instead.

    Args:
        said: those that recall them say what is asked.
    """
    called = [f"the {short_name(one)} ({one.authority})" for one in events]
    held = "among those asked" if query.filters else "held"
    lacking = f"No document of {listed(list(dict.fromkeys(called)))} is {held}"
    if not said:
        return f"{lacking}, and those that recall it do not say."
    return (
        f"{lacking}. What follows is from documents that only recall it, "
        "and tells of their own time unless it says otherwise."
    )


def recall(draft: Draft, event: Inspection, corpus: Corpus) -> None:
    """Quote what later documents recall of an event, what gives its grade first."""
    graded = [one.place for one in event.judgements if one.recalled]
    places = list(dict.fromkeys((*graded, *event.recalled_by)))
    for place in places[:MOST_RECALLED]:
        draft.quote(*corpus.quote(place))


def could_ask(able: Iterable[Inspection], but: Sequence[Inspection]) -> list[str]:
    """Return one sentence that names events that could be asked about instead."""
    names = [question_about(one) for one in able if one not in but][::-1][:MOST_ASKABLE]
    return [f"You could ask about {listed(names)}."] if names else []


def _why(event: Inspection, lacking: str) -> str:
    name = f"the {short_name(event)} ({event.authority})"
    if event.own:
        return f"The documents held of {name} {lacking}."
    if event.documents:
        return (
            f"Ofsted's own report of {name} is not held; the documents that tell of it {lacking}."
        )
    return f"No document of {name} is held, and those that recall it {lacking}."
