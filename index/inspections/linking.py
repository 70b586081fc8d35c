"""Link documents into events: first what is an inspection's own, then what tells of it, then
what recalls it, the most exact times first.

A link that two events would bear, or that only a guess would make, is not made: what is recalled
is then an event of its own that says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from index.identity import authorities
from index.inspections.event import KIND_WORDS, Event, framework_of, overlapping
from index.types import (
    Framework,
    Identity,
    Inspection,
    InspectionJudgement,
    Issuer,
    Kind,
    Period,
    Place,
    Recollection,
    ReportedJudgement,
)

_TOLD_WITHIN = timedelta(days=200)
"""So soon after an inspection's last day an article or report on it is printed."""
_OVERALL = "overall_effectiveness"


def link(identities: Iterable[Identity]) -> tuple[Inspection, ...]:
    """Return every inspection and visit that the documents tell of or recall.

    Returns:
        By authority, then oldest first; those without a time last.
    """
    linking = _Linking(sorted(identities, key=lambda one: (one.dated or date.max, one.doc_id)))
    return _named_apart(sorted((event.made() for event in linking.events()), key=_order))


def _order(one: Inspection) -> tuple[str, date, date, str]:
    start = one.period.start if one.period else None
    end = one.period.end if one.period else None
    return one.authority, start or date.max, end or date.max, one.inspection_id


def _named_apart(inspections: Sequence[Inspection]) -> tuple[Inspection, ...]:
    """Give each an id of its own where two of one kind have the same time."""
    seen: dict[str, int] = {}
    out = []
    for one in inspections:
        count = seen[one.inspection_id] = seen.get(one.inspection_id, 0) + 1
        name = one.inspection_id if count == 1 else f"{one.inspection_id}-{count}"
        out.append(replace(one, inspection_id=name))
    return tuple(out)


class _Linking:
    def __init__(self, identities: Sequence[Identity]) -> None:
        self._events: dict[str, list[Event]] = {}
        placed = [one for one in identities if one.authority_name]
        own = [one for one in placed if one.issuer.value is Issuer.OFSTED]
        telling = [one for one in placed if one.issuer.value in (Issuer.COUNCIL, Issuer.PRESS)]
        for identity in own:
            if identity.kind.value in KIND_WORDS:
                self._own(identity)
        for identity in telling:
            if identity.visit_start and _tells(identity):
                self._told(identity)
        recalled = [(i, one) for i in (*own, *telling) for one in i.recollections]
        for identity, one in sorted(recalled, key=_most_exact):
            self._recalled(identity, one)
        for identity in own:
            self._recalled_without_time(identity)
        for identity in telling:
            if not identity.visit_start and _tells(identity):
                self._told_without_time(identity)

    def events(self) -> list[Event]:
        return [event for events in self._events.values() for event in events]

    def _add(self, event: Event) -> Event:
        self._events.setdefault(event.authority, []).append(event)
        return event

    def _of(self, authority: str, kind: Kind | None) -> list[Event]:
        return [one for one in self._events.get(authority, []) if one.is_kind(kind)]

    def _own(self, identity: Identity) -> None:
        """A report or letter is of its own visit; two of the same days are of one."""
        kind, period = identity.kind.value, _visit(identity)
        same = [e for e in self._of(identity.authority_name or "", kind) if e.period == period]
        event = (
            same[0]
            if same and period
            else self._add(Event(identity.authority_name or "", kind, period, _when(identity)))
        )
        event.documents.append(identity)
        if identity.published:
            event.published = identity.published.value
        for one in identity.judgements:
            place, by_hand = Place(identity.doc_id, one.span), one.origin == "sidecar"
            event.judged(
                InspectionJudgement(one.key, one.grade, one.heading, place, False, by_hand)
            )

    def _told(self, identity: Identity) -> None:
        """A council's report or an article that prints the days of the inspection it tells of."""
        kind, period = _kind_told(identity), _visit(identity)
        events = self._of(identity.authority_name or "", kind)
        same = [e for e in events if e.period and period and overlapping(e.period, period)]
        event = (
            same[0]
            if len(same) == 1
            else self._add(Event(identity.authority_name or "", kind, period, _when(identity)))
        )
        self._telling(event, identity)

    def _telling(self, event: Event, identity: Identity) -> None:
        event.documents.append(identity)
        if event.published is None and identity.report_published:
            event.published = identity.report_published.value
        visit = _visit(identity)
        for one in identity.reported_judgements:
            if one.period is None or (visit and overlapping(one.period, visit)):
                event.judged(_reported(identity, one))

    def _recalled(self, identity: Identity, one: Recollection) -> None:
        authority = _authority_then(identity, one)
        event = self._meant(authority, identity, one)
        event.recall(identity, one.span)
        for told in identity.reported_judgements:
            if told.period == one.period and _beside(told, one):
                event.judged(_reported(identity, told))

    def _meant(self, authority: str, identity: Identity, one: Recollection) -> Event:
        """Return the one event that a sentence can mean; a new one where that is not settled."""
        fits = [
            (event.fits(one.period), event)
            for event in self._of(authority, one.kind)
            if identity not in event.documents and event.began_before(identity)
        ]
        best = max((fit for fit, _ in fits), default=0)
        found = [event for fit, event in fits if fit == best and best]
        if len(found) == 1:
            return found[0]
        event = Event(authority, one.kind or Kind.FOCUSED_VISIT, one.period, one.when)
        if one.kind is None:
            event.notes.append("the sentence that recalls it says only that it was a visit")
        if found:
            event.notes.append(
                f"kept apart: {len(found)} inspections of that time are known, and the sentence "
                "does not say which it means"
            )
        return self._add(event)

    def _recalled_without_time(self, identity: Identity) -> None:
        """A grade of "the last inspection" is of the one that the document gives a time of."""
        untimed = [one for one in identity.reported_judgements if one.period is None]
        if not untimed:
            return
        spans = {one.span for one in identity.recollections if one.kind is Kind.INSPECTION_REPORT}
        events = [
            event
            for event in self._of(identity.authority_name or "", Kind.INSPECTION_REPORT)
            if any(whose is identity and span in spans for whose, span in event.recalled)
        ]
        for one in untimed:
            event = events[0] if len(events) == 1 else self._undated(identity)
            event.recall(identity, one.span)
            event.judged(_reported(identity, one))

    def _undated(self, identity: Identity) -> Event:
        """Return the event without a time that a document recalls, made where there is none."""
        authority = identity.authority_name or ""
        for event in self._events.get(authority, []):
            if event.period is None and any(whose is identity for whose, _ in event.recalled):
                return event
        event = Event(authority, Kind.INSPECTION_REPORT, None, None)
        event.notes.append("kept apart: the document that recalls it does not say when it was")
        return self._add(event)

    def _told_without_time(self, identity: Identity) -> None:
        """An undated article tells of the inspection after the one that it looks back to."""
        authority = identity.authority_name or ""
        given = {one.key: one.grade for one in identity.reported_judgements if not one.period}
        overall = given.get(_OVERALL)
        full = [e for e in self._of(authority, _kind_told(identity)) if e.period]
        full = [e for e in full if not any(whose is identity for whose, _ in e.recalled)]
        before = [
            e.period.end
            for e in self._of(authority, Kind.INSPECTION_REPORT)
            if e.period and e.period.end and any(whose is identity for whose, _ in e.recalled)
        ]
        if identity.published:
            told = Period(identity.published.value - _TOLD_WITHIN, identity.published.value)
            near = [e for e in full if e.period and overlapping(e.period, told)]
        else:
            later = [e for e in full if before and _start(e) > max(before)]
            near = sorted(later, key=_start)[:1]
        near = [
            e
            for e in near
            if overall is None
            or e.judgements.get(_OVERALL) is None
            or e.judgements[_OVERALL].grade is overall
        ]
        if len(near) == 1:
            if not identity.published:
                near[0].notes.append(
                    f"the {identity.kind.value.value} that tells of it prints no date: it is "
                    "taken to, since it looks back to the inspection before and gives the same "
                    "grade"
                )
            self._telling(near[0], identity)
            return
        event = self._add(Event(authority, _kind_told(identity), None, None))
        event.notes.append(
            f"kept apart: the {identity.kind.value.value} that tells of it does not say when it was"
        )
        self._telling(event, identity)


def _most_exact(recalled: tuple[Identity, Recollection]) -> tuple[int, int, date, str, int]:
    """Days before months before years; what is called an assurance visit before "focused"."""
    identity, one = recalled
    start, end = one.period.start or date.min, one.period.end or date.max
    loose = int(one.kind is not Kind.ASSURANCE_VISIT)
    return (end - start).days, loose, identity.dated or date.max, identity.doc_id, one.span.start


def _tells(identity: Identity) -> bool:
    """Whether a document tells of an inspection: it gives its grades, or its framework."""
    visit = _visit(identity)
    return bool(identity.framework) or any(
        one.period is None or (visit and overlapping(one.period, visit))
        for one in identity.reported_judgements
    )


def _kind_told(identity: Identity) -> Kind:
    if framework_of(identity) is Framework.JTAI:
        return Kind.JOINT_INSPECTION
    return Kind.INSPECTION_REPORT


def _visit(identity: Identity) -> Period | None:
    if identity.visit_start is None or identity.visit_end is None:
        return None
    return Period(identity.visit_start.value, identity.visit_end.value)


def _when(identity: Identity) -> str | None:
    return identity.visited.value if identity.visited else None


def _start(event: Event) -> date:
    return event.period.start if event.period and event.period.start else date.max


def _reported(identity: Identity, one: ReportedJudgement) -> InspectionJudgement:
    return InspectionJudgement(one.key, one.grade, "", Place(identity.doc_id, one.span), True)


def _beside(told: ReportedJudgement, one: Recollection) -> bool:
    return told.span.start < one.span.end and one.span.start < told.span.end


def _authority_then(identity: Identity, one: Recollection) -> str:
    """Return whose inspection it was: a predecessor's where the authority did not yet exist."""
    name = one.authority or identity.authority_name or ""
    rows = authorities().rows
    row = rows.get(name)
    if (
        row is None
        or row.valid_from is None
        or not one.period.end
        or one.period.end >= row.valid_from
    ):
        return name
    before = [other.name for other in rows.values() if name in other.successors]
    return before[0] if len(before) == 1 else name
