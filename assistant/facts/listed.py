"""A follow-up on a list of points just shown: beside another inspection's list, or on one matter.

That a list was shown is told by what was cited: nothing but points of one inspection.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.facts.changes import said_again
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.meant import meant
from assistant.facts.naming import short_name
from assistant.facts.points import improvements, points_on, write_points
from assistant.question.resolved import Resolved
from assistant.rendering.draft import Draft
from assistant.rendering.grammar import count
from assistant.types import CitedBefore, Status
from index.types import Improvement, Inspection, Intent, Leaning, Query

_BESIDE = frozenset(
    (
        *(Intent.YES_NO, Intent.CHANGES, Intent.COMPARE, Intent.POINTS),
        *(Intent.COUNT, Intent.HELD, Intent.VISITS),
    )
)
"""What is wanted of a list by who sets it beside another ("were these on the 2022 list?")."""


def of_the_list(
    resolved: Resolved, intents: Mapping[Intent, float], corpus: Corpus
) -> FactAnswer | None:
    """Answer what a follow-up asks of the list of points that was shown; None where none was, or
    where it asks for something else.

    Args:
        resolved: the follow-up, with what the last answer cited.
        intents: how likely it wants what, by the words typed alone.
    """
    shown = _shown(resolved.cited, corpus)
    if shown is None:
        return None
    query, leaning = resolved.query, resolved.leaning
    event, points = shown
    intent = max(intents, key=lambda one: intents[one])
    about = meant(query, corpus)
    others = [one for one in about.events if one.improvements and one != event]
    if not about.settled:
        others = list({one.authority: one for one in others}.values())
    elsewhere = about.settled or event.authority not in about.authorities
    if elsewhere and event not in about.events and intent in _BESIDE:
        if leaning is Leaning.PLACE:
            return None
        whole = len(points) == len(event.improvements)
        listed = improvements(query, corpus) if whole else None
        found = _beside(event, points, others, corpus) if others else listed
        return replace(found, settled=True, chance=1.0) if found else None
    pointing = leaning is Leaning.ANSWER
    if intent is Intent.COUNT or (intent is Intent.POINTS and pointing):
        return _among(query, event, pointing, corpus)
    return None


def _shown(
    cited: Sequence[CitedBefore], corpus: Corpus
) -> tuple[Inspection, tuple[Improvement, ...]] | None:
    """Return the inspection of whose list all that was cited is, with the points cited."""
    docs = {one.doc_id for one in cited}
    quotes = {_folded(one.quote) for one in cited}
    for event in corpus.inspections:
        points = [p for p in event.improvements if p.place.doc_id in docs]
        found = [p for p in points if _folded(corpus.quote(p.place)[1].text) in quotes]
        if len(docs) == 1 and len(found) == len(quotes):
            return event, tuple(found)
    return None


def _folded(text: str) -> str:
    return " ".join(text.split())


def _beside(
    event: Inspection,
    points: Sequence[Improvement],
    others: Sequence[Inspection],
    corpus: Corpus,
) -> FactAnswer:
    """Return the points that other lists have too, and these lists, whole; both where none is
    surely in both: they may say the same in other words.
    """
    draft, alike = Draft(), False
    for other in reversed(others):
        pairs = said_again(points, other.improvements, corpus)
        draft.frame(_how_many_alike(len(pairs), event, points, other))
        for first, second in pairs:
            one, again = points[first], other.improvements[second]
            proofs = [corpus.quote(one.place), corpus.quote(again.place)]
            draft.answer(f"“{one.text}” → “{again.text}”", proofs, f"Alike, {short_name(other)}")
        alike = alike or bool(pairs)
    write_points(draft, others if alike else [event, *others], corpus)
    return FactAnswer(Status.ANSWERED, draft)


def _how_many_alike(
    number: int, event: Inspection, points: Sequence[Improvement], other: Inspection
) -> str:
    """Say how many of the points shown read like one of another list."""
    all_of_them = len(points) == len(event.improvements)
    whole = count(len(points), "point") + ("" if all_of_them else " shown")
    whole = f"the {whole} of the {short_name(event)}"
    reads = f"like one of the {short_name(other)}"
    if other.authority != event.authority:
        whole, reads = f"{whole} ({event.authority})", f"{reads} ({other.authority})"
    if not number:
        return f"None of {whole} surely reads {reads}; the lists, to compare:"
    return f"{number} of {whole} {'reads' if number == 1 else 'read'} {reads}."


def _among(query: Query, event: Inspection, whole: bool, corpus: Corpus) -> FactAnswer | None:
    """Return the points on the matter that is asked about, with how many there are.

    Args:
        whole: where none is, the list is shown, so that anybody can see that; else None.
    """
    said = (query.subject, corpus.reader.matter(query.question))
    on_it = [point for words in said if words for point in points_on(words, event, corpus)]
    found = list(dict.fromkeys(on_it))
    if not found and not whole:
        return None
    draft = Draft()
    verb = "is" if len(found) == 1 else "are"
    of = f"of the {count(len(event.improvements), 'point')} of the {short_name(event)}"
    if not found:
        draft.frame(f"None {of} surely is on this; these are all:")
        write_points(draft, [event], corpus)
    else:
        draft.frame(f"{len(found)} {of} {verb} on this.")
    for identity, quote in found:
        draft.quote(identity, quote)
    return FactAnswer(Status.ANSWERED, draft, settled=True, chance=1.0)
