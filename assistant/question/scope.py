"""Which of the documents held a question is about, and what it names that is not held."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assistant.facts import Corpus
from assistant.facts.meant import meant
from assistant.facts.naming import ORDINALS
from assistant.rendering.dates import during
from assistant.rendering.grammar import listed
from assistant.rendering.wording import nothing_held, who_holds
from index.query.date_fit import RECALLED, dates_of, fit
from index.types import Filters, Identity, Inspection, Issuer, Kind, Period, Query


def about(query: Query, allowed: Sequence[Identity]) -> list[Identity]:
    """Return the documents of the authorities named; all that are allowed where it names none."""
    names = {mention.value for mention in query.authorities}
    return [i for i in allowed if i.authority_name in names] or list(allowed)


@dataclass(frozen=True, slots=True)
class Missing:
    """What a question names and nothing is held for.

    Attributes:
        name: in the question's words, or as it is called.
        sentence: that says so.
    """

    name: str
    sentence: str

    @classmethod
    def named(cls, name: str, filters: Filters) -> Missing:
        """Return what is missing under its plain name, of what the filters let through."""
        return cls(name, nothing_held([name], filters))


def not_held(
    query: Query, corpus: Corpus, writes: Callable[[Identity, str], bool]
) -> Missing | None:
    """Return what the question names and nothing is held for; None where all is held.

    A time that a document recalls or writes of, and a kind of visit that one writes of, are held
    in part.

    Args:
        writes: whether a document's text holds some words.
    """
    allowed = corpus.identities
    have = {identity.authority_name for identity in allowed}
    strange = [mention for mention in query.authorities if mention.value not in have]
    if strange and len(strange) == len(query.authorities):
        return Missing.named(strange[0].value, query.filters)
    group = about(query, allowed)
    return (
        _visit_missing(query, group, writes)
        or _number_missing(query, group, corpus, writes)
        or _time_missing(query, group, writes)
    )


def _visit_missing(
    query: Query, group: Sequence[Identity], writes: Callable[[Identity, str], bool]
) -> Missing | None:
    for mention in query.kinds:
        if not (mention.certain and query.authorities):
            continue
        other = mention.value is Kind.OTHER
        name = mention.words if other else mention.value.value.removesuffix(" letter")
        held = any(writes(i, name) or (i.kind.value is mention.value and not other) for i in group)
        if not held:
            called = name if other else mention.value.value
            holder = who_holds(query.filters)
            return Missing(f"a {called}", f"{holder} no {called} for {_places(query)}.")
    return None


def _number_missing(
    query: Query,
    group: Sequence[Identity],
    corpus: Corpus,
    writes: Callable[[Identity, str], bool],
) -> Missing | None:
    """Return the visit of a series that is named by its number and of which nothing is known."""
    if query.number is None or not query.authorities or meant(query, corpus).events:
        return None
    names = [f"{ORDINALS[query.number - 1]} {m.words}" for m in query.kinds if m.certain]
    if not names or any(writes(identity, names[0]) for identity in group):
        return None
    return Missing.named(f"the {names[0]}", query.filters)


def _time_missing(
    query: Query, group: Sequence[Identity], writes: Callable[[Identity, str], bool]
) -> Missing | None:
    if not query.periods or not any(dates_of(identity) for identity in group):
        return None
    for mention in query.periods:
        if mention.value.start is None or mention.value.end is None:
            return None
        years = [str(year) for year in years_of(mention.value)]
        for identity in group:
            fits = dates_of(identity) and fit(identity, mention.value) >= RECALLED
            if fits or any(writes(identity, year) for year in years):
                return None
    first = query.periods[0]
    about = f" about {_places(query)}" if query.authorities else ""
    holder = who_holds(query.filters)
    return Missing(first.words, f"{holder} nothing{about} {during(first.value)}.")


def _places(query: Query) -> str:
    return listed([mention.value for mention in query.authorities])


def years_of(period: Period) -> range:
    """Return the years of a time that has both ends, in order."""
    first, last = period.start, period.end
    return range(first.year, last.year + 1) if first and last else range(0)


def telling(query: Query, allowed: Sequence[Identity]) -> list[Identity]:
    """Return the documents of the kinds that a question names ("the council report", "monitoring
    visits"); all that are allowed where it names none, or none of these is held.
    """
    kinds = {mention.value for mention in query.kinds if mention.certain}
    return [i for i in allowed if i.kind.value in kinds] or list(allowed)


def of_the_time(query: Query, corpus: Corpus) -> frozenset[str]:
    """Return the documents of the inspections that a question's times, or whoever it says that
    tells of them, mean; empty where it names no closed time, or means none that is held.

    Of an inspection whose own report is not held, what recalls it is read: nothing else is about
    it. A time that is open at one end may be told of in any document of those who are to tell.
    """
    ends = [end for m in query.periods for end in (m.value.start, m.value.end)]
    found = meant(query, corpus)
    if found.speakers and None in ends:
        held = about(query, corpus.identities)
        return frozenset(i.doc_id for i in held if _speaks(i, found.speakers))
    if not found.settled or None in ends:
        return frozenset()
    telling = [doc_id for event in found.events for doc_id in _telling(event)]
    if found.speakers:
        told = [doc for doc in telling if _speaks(corpus.identity(doc), found.speakers)]
        telling = told or telling
    return frozenset(telling)


def of_each_place(
    question: str, query: Query, corpus: Corpus, understand: Callable[[str], Query]
) -> dict[str, frozenset[str]]:
    """Return the documents meant of each place where each is named with a time of its own: "Leeds
    in 2019 and the latest on Hull"; empty where any has none.
    """
    told = question.lower()
    found = sorted((told.find(m.words.lower()), m.value, m) for m in query.authorities)
    starts = [at for at, _, _ in found]
    if min(starts, default=-1) < 0:  # named otherwise than it stands there
        return {}
    ends = [at + len(mention.words) for at, _, mention in found]
    beside = ([*starts, len(question)], [0, *ends])  # what follows each name, or goes before it
    for cuts in beside:
        own = [understand(question[start:end]) for start, end in pairwise(cuts)]
        if len(own) > 1 and all(one.periods or one.order for one in own):
            timed = [
                (name, replace(query, authorities=(m,), periods=one.periods, order=one.order))
                for (_, name, m), one in zip(found, own, strict=True)
            ]
            return {name: of_the_time(one, corpus) for name, one in timed}
    return {}


def of_now(query: Query) -> bool:
    """Return whether a question asks how things are: it names no time, or one from which on."""
    since = [m.value.start is not None and m.value.end is None for m in query.periods]
    return not query.order and all(since)


def _telling(event: Inspection) -> tuple[str, ...]:
    return event.documents or tuple(place.doc_id for place in event.recalled_by)


def _speaks(identity: Identity, speakers: frozenset[Issuer]) -> bool:
    return identity.issuer.value in speakers


def age(identity: Identity) -> tuple[bool, int]:
    """Return a key by which Ofsted's own documents sort first, newer before older, undated last."""
    dated = -identity.dated.toordinal() if identity.dated else 0
    return identity.issuer.value is not Issuer.OFSTED, dated
