"""Who wrote what about whom, and when: everything about a document but its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Literal, TypeVar

T_co = TypeVar("T_co", covariant=True)


class Issuer(StrEnum):
    """Who speaks in a document. Only ``OFSTED`` documents are inspectors' own words."""

    OFSTED = "ofsted"
    COUNCIL = "council"
    PRESS = "press"
    OTHER = "other"


class Kind(StrEnum):
    """What sort of document it is."""

    INSPECTION_REPORT = "inspection report"
    FOCUSED_VISIT = "focused visit letter"
    MONITORING_VISIT = "monitoring visit letter"
    ASSURANCE_VISIT = "assurance visit letter"
    JOINT_INSPECTION = "joint inspection letter"
    COUNCIL_REPORT = "council report"
    NEWS_ARTICLE = "news article"
    OTHER = "other"


class Framework(StrEnum):
    """The inspection framework a document was made, or reports, under."""

    SIF = "SIF"
    ILACS_STANDARD = "ILACS standard"
    ILACS_SHORT = "ILACS short"
    ILACS = "ILACS"
    JTAI = "JTAI"


class Grade(StrEnum):
    """A judgement grade; ``ADEQUATE`` was given only before late 2013."""

    OUTSTANDING = "outstanding"
    GOOD = "good"
    REQUIRES_IMPROVEMENT = "requires improvement"
    ADEQUATE = "adequate"
    INADEQUATE = "inadequate"


JUDGEMENT_KEYS = (
    "overall_effectiveness",
    "impact_of_leaders",
    "help_and_protection",
    "in_care",
    "care_leavers",
    "adoption",
    "leadership_management_governance",
    "lscb",
)
"""The eight judgements, in the order they are printed. The SIF's leadership judgement
(``leadership_management_governance``) is not the ILACS one (``impact_of_leaders``)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of ``Document.text``; ``0 <= start < end <= len(text)``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, inclusive at both ends; None is open."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Proven(Generic[T_co]):
    """A value read from a document, with the span that proves it.

    Invariant: ``span`` is None exactly when ``origin`` is ``"sidecar"``.
    """

    value: T_co
    span: Span | None
    origin: Literal["text", "sidecar"] = "text"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A grade that this document itself gives.

    Attributes:
        key: one of ``JUDGEMENT_KEYS``.
        grade: the grade given.
        heading: the judgement's name as printed; empty where it is not found in the text.
        span: where heading and grade stand.
        origin: ``"sidecar"`` where a person gave the grade; ``span`` is then where another was
            read, else where the judgement is named, else the first line.
    """

    key: str
    grade: Grade
    heading: str
    span: Span
    origin: Literal["text", "sidecar"] = "text"


@dataclass(frozen=True, slots=True)
class ReportedJudgement:
    """A grade of another inspection that this document recalls.

    Attributes:
        key: one of ``JUDGEMENT_KEYS``.
        when: the time as printed ("October 2022", "2019"), None where the text gives none.
        span: the sentence that recalls it.
        period: the days that ``when`` stands for, None where it stands for none.
    """

    key: str
    grade: Grade
    when: str | None
    span: Span
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Recollection:
    """A sentence that recalls another inspection or visit, and when that was.

    Attributes:
        kind: what it was, None where only "visit" is said.
        when: the time as printed.
        period: the days that ``when`` stands for, both ends known.
        span: the sentence.
        authority: whose inspection it was, None for the document's own authority.
    """

    kind: Kind | None
    when: str
    period: Period
    span: Span
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who wrote what about whom, and when: everything about a document but its text.

    Attributes:
        doc_id: 16 hex digits of the SHA-256 of the file's bytes.
        sources: paths relative to the folder given to ``build``, ``/``-separated, sorted;
            several when the same bytes lie in several places.
        dated: the date to order and filter by; ``dated_from`` says what it is.
        visited: the days of the visit as printed.
        lead_inspectors: those of ``inspectors`` that are labelled so; a report of 2018 and
            later names no others, though more inspected.
        team_size: the inspectors that a sentence counts.
        signatory, addressee: name and office, as a letter prints them; a council report's
            contact officer and the board it went to.
        copied_to: whom a letter says that it is copied to, as printed.
        report_published: when Ofsted's report came out, as a council's report or an article on
            it prints that.
        visit_number: which of a series the visit says that it was ("the third monitoring visit").
        improvements: every item of the document's lists of what to improve, in reading order.
        ungraded: those of ``JUDGEMENT_KEYS`` that it does not give, as a person says.
        recollections: what it recalls of other inspections and visits, in reading order.
    """

    doc_id: str
    sources: tuple[str, ...]
    issuer: Proven[Issuer]
    kind: Proven[Kind]
    title: Proven[str] | None = None
    framework: Proven[Framework] | None = None
    authority: Proven[str] | None = None
    published: Proven[date] | None = None
    visit_start: Proven[date] | None = None
    visit_end: Proven[date] | None = None
    dated: date | None = None
    dated_from: Literal["published", "visit_end", "sidecar"] | None = None
    inspectors: tuple[Proven[str], ...] = ()
    judgements: tuple[Judgement, ...] = ()
    reported_judgements: tuple[ReportedJudgement, ...] = ()
    scope: Proven[str] | None = None
    url: Proven[str] | None = None
    visited: Proven[str] | None = None
    lead_inspectors: tuple[Proven[str], ...] = ()
    team_size: Proven[int] | None = None
    signatory: Proven[str] | None = None
    addressee: Proven[str] | None = None
    copied_to: Proven[str] | None = None
    report_published: Proven[date] | None = None
    visit_number: Proven[int] | None = None
    improvements: tuple[Proven[str], ...] = ()
    recollections: tuple[Recollection, ...] = ()
    ungraded: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The first of ``sources``."""
        return self.sources[0]

    @property
    def authority_name(self) -> str | None:
        """The canonical authority name, or None."""
        return self.authority.value if self.authority else None
