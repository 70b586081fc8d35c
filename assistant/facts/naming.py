"""How an event is called in an answer: whose, what, when, and from which documents it is known."""

from __future__ import annotations

from assistant.facts.corpus import Corpus
from assistant.rendering.dates import long_days
from assistant.rendering.names import label, short
from index.inspections.event import stamp
from index.types import Inspection, Issuer, Kind, Place

NAMES = {
    Kind.INSPECTION_REPORT: "inspection",
    Kind.FOCUSED_VISIT: "focused visit",
    Kind.MONITORING_VISIT: "monitoring visit",
    Kind.ASSURANCE_VISIT: "assurance visit",
    Kind.JOINT_INSPECTION: "joint inspection",
}
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def kind_name(event: Inspection) -> str:
    """Return ``inspection``, ``third monitoring visit``."""
    number = event.number
    ordinal = ORDINALS[number - 1] + " " if number and number <= len(ORDINALS) else ""
    return ordinal + NAMES[event.kind]


def time_of(event: Inspection) -> str:
    """Return ``7 and 8 December 2021``, ``2019``, ``at a time that is not said``."""
    period = event.period
    if period is None or period.start is None or period.end is None:
        return "at a time that is not said"
    if len(stamp(period)) == len("2019-05-20"):
        return long_days(period.start, period.end)
    return event.when or stamp(period)


def short_name(event: Inspection) -> str:
    """Return ``focused visit of 7 and 8 December 2021``, ``inspection of 2019``."""
    joint = "of " if event.period else ""
    return f"{kind_name(event)} {joint}{time_of(event)}"


def event_label(event: Inspection, corpus: Corpus) -> str:
    """Return the heading that an event's lines stand under.

    ``Stoke-on-Trent · Ofsted focused visit 4–5 Oct 2023, letter 8 Nov 2023`` where its own
    document is held; else what is recalled or told, and by whom.
    """
    if event.own:
        return label(corpus.identity(event.own[0]))
    name = f"{event.authority} · Ofsted {short_name(event)}"
    if event.documents:
        return f"{name}, told by a {_teller(event, corpus)}; its own report is not held"
    return f"{name}; no document of it is held"


def dated_labels(corpus: Corpus) -> dict[str, str]:
    """Return the labels, by document, of what others wrote of an inspection without saying when it
    was, with its year, which other documents tell.
    """
    found = {}
    for event in corpus.inspections:
        period = event.period
        years = {day.year for day in (period.start, period.end) if day} if period else set()
        if len(years) != 1:
            continue
        for identity in corpus.documents(event):
            if identity.issuer.value is not Issuer.OFSTED and not identity.visit_end:
                found[identity.doc_id] = label(identity, *years)
    return found


def source_name(place: Place, corpus: Corpus) -> str:
    """Return ``focused visit letter, 31 January 2022``."""
    return short(corpus.identity(place.doc_id))


def question_about(event: Inspection) -> str:
    """Return ``the focused visit to Stockton-on-Tees of 7 and 8 December 2021``."""
    when = f", {time_of(event)}" if event.period else ""
    return f"the {kind_name(event)} {at_authority(event)}{when}"


def at_authority(event: Inspection) -> str:
    """Return ``to Stockton-on-Tees`` for a visit, ``of Stockton-on-Tees`` for an inspection."""
    to = "of" if event.kind in (Kind.INSPECTION_REPORT, Kind.JOINT_INSPECTION) else "to"
    return f"{to} {event.authority}"


def _teller(event: Inspection, corpus: Corpus) -> str:
    identity = corpus.identity(event.documents[0])
    name = "council report" if identity.issuer.value is Issuer.COUNCIL else "news article"
    return short(identity).replace(identity.kind.value.value, name)
