"""An inspection while its documents are put together; ``made`` gives the frozen one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from index.types import (
    JUDGEMENT_KEYS,
    Framework,
    Identity,
    Improvement,
    Inspection,
    InspectionJudgement,
    Issuer,
    Kind,
    Period,
    Place,
    Span,
)

PUBLISHING = (timedelta(days=21), timedelta(days=90))
"""So long after a visit its report comes out: the least and the most that is usual."""
KIND_WORDS = {
    Kind.INSPECTION_REPORT: "inspection",
    Kind.FOCUSED_VISIT: "focused-visit",
    Kind.MONITORING_VISIT: "monitoring-visit",
    Kind.ASSURANCE_VISIT: "assurance-visit",
    Kind.JOINT_INSPECTION: "joint-inspection",
}
_LOOSE = frozenset((Kind.ASSURANCE_VISIT, Kind.FOCUSED_VISIT))
"""Assurance visits of 2020 and 2021 are called focused visits too."""
_VISITS = frozenset((Kind.FOCUSED_VISIT, Kind.MONITORING_VISIT, Kind.ASSURANCE_VISIT))


@dataclass
class Event:
    """One inspection or visit as known so far.

    Attributes:
        period: the days or the month or year; None where no document says.
        published: when its report came out, as that prints it, or whoever tells of it; None where
            none does.
        documents: its own first.
    """

    authority: str
    kind: Kind
    period: Period | None
    when: str | None
    published: date | None = None
    documents: list[Identity] = field(default_factory=list)
    recalled: list[tuple[Identity, Span]] = field(default_factory=list)
    judgements: dict[str, InspectionJudgement] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def own(self) -> list[Identity]:
        """Its own documents: Ofsted's."""
        return [one for one in self.documents if one.issuer.value is Issuer.OFSTED]

    def is_kind(self, kind: Kind | None) -> bool:
        """Return whether what a sentence calls ``kind`` may be this; None is any visit."""
        if kind is None:
            return self.kind in _VISITS
        return kind is self.kind or {kind, self.kind} == _LOOSE

    def fits(self, period: Period) -> int:
        """Return 2 where it was visited or published then, 1 where its report, which prints no
        day, usually would have been, 0 where neither.
        """
        if self.period is None:
            return 0
        if overlapping(self.period, period):
            return 2
        if self.published:
            return 2 if overlapping(Period(self.published, self.published), period) else 0
        end = self.period.end
        if not self.own or end is None:
            return 0
        soonest, latest = (end + after for after in PUBLISHING)
        return int(overlapping(Period(soonest, latest), period))

    def began_before(self, identity: Identity) -> bool:
        """Return whether it had begun when the document's own visit, or the document, came."""
        seen = identity.visit_start.value if identity.visit_start else identity.dated
        return not (self.period and self.period.start and seen) or self.period.start < seen

    def recall(self, identity: Identity, span: Span) -> None:
        """Note a sentence that recalls it, once."""
        if (identity, span) not in self.recalled:
            self.recalled.append((identity, span))

    def judged(self, judgement: InspectionJudgement) -> None:
        """Note a grade; its own stands before one that is recalled, a difference is said."""
        known = self.judgements.setdefault(judgement.key, judgement)
        if known.grade is not judgement.grade:
            self.notes.append(
                f"documents differ on {judgement.key}: {known.grade.value} in "
                f"{known.place.doc_id}, {judgement.grade.value} in {judgement.place.doc_id}"
            )

    def made(self) -> Inspection:
        """Return what is known, frozen; its id may yet have to be told from another's."""
        own = self.own
        frameworks = [one.framework.value for one in self.documents if one.framework]
        numbers = [one.visit_number.value for one in own if one.visit_number]
        scopes = [one.scope.value for one in own if one.scope]
        listing = next((one for one in self.documents if one.improvements), None)
        framework = frameworks[0] if frameworks else None
        return Inspection(
            inspection_id=self._id(),
            authority=self.authority,
            kind=self.kind,
            framework=framework,
            period=self.period,
            when=self.when,
            number=numbers[0] if numbers else None,
            documents=tuple(one.doc_id for one in self.documents),
            own=tuple(one.doc_id for one in own),
            recalled_by=tuple(Place(i.doc_id, span) for i, span in _in_order(self.recalled)),
            judgements=tuple(
                self.judgements[key] for key in JUDGEMENT_KEYS if key in self.judgements
            ),
            inspectors=tuple(dict.fromkeys(p.value for one in own for p in one.inspectors)),
            scope=scopes[0] if scopes else None,
            improvements=_improvements(listing) if listing else (),
            notes=tuple(dict.fromkeys(self.notes)),
        )

    def _id(self) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", self.authority.casefold()).strip("-")
        return "-".join(filter(None, (slug, stamp(self.period), KIND_WORDS[self.kind])))


def overlapping(one: Period, other: Period) -> bool:
    """Return whether two periods share a day; an open end reaches everything."""
    return (one.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (
        one.end or date.max
    )


def stamp(period: Period | None) -> str:
    """Return ``2019-05-20``, ``2022-10`` or ``2019``: as far as the period is printed."""
    if period is None or period.start is None or period.end is None:
        return "undated"
    days = (period.end - period.start).days
    whole_year = days >= 364 and (period.start.month, period.start.day) == (1, 1)
    whole_month = period.start.day == 1 and (period.end + timedelta(days=1)).day == 1 and days < 31
    return str(period.start)[: 4 if whole_year else 7 if whole_month else 10]


def _in_order(recalled: Iterable[tuple[Identity, Span]]) -> list[tuple[Identity, Span]]:
    return sorted(recalled, key=lambda one: (one[0].dated or date.max, one[0].doc_id, one[1].start))


def _improvements(identity: Identity) -> tuple[Improvement, ...]:
    return tuple(
        Improvement(one.value, Place(identity.doc_id, one.span))
        for one in identity.improvements
        if one.span
    )


def framework_of(identity: Identity) -> Framework | None:
    """Return the framework of a document, None where it names none."""
    return identity.framework.value if identity.framework else None
