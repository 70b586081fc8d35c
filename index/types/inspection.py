"""An inspection or visit as an event, whatever documents tell of it."""

from __future__ import annotations

from dataclasses import dataclass

from index.types.identity import Framework, Grade, Kind, Period, Span


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one document's text."""

    doc_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class InspectionJudgement:
    """A grade that an inspection gave, and where that is said.

    Attributes:
        key: one of ``JUDGEMENT_KEYS``.
        heading: the judgement's name as printed, empty where it is recalled.
        recalled: False only where the inspection's own report gives it.
        by_hand: whether a person gave the grade, and not the text at ``place``.
    """

    key: str
    grade: Grade
    heading: str
    place: Place
    recalled: bool
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Improvement:
    """One point for improvement, complete: ``text`` folded, ``place`` exact."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Inspection:
    """One real inspection or visit, linked across the documents of its authority.

    Invariant: what it has is said by one of ``documents`` or at one of ``recalled_by``.

    Attributes:
        inspection_id: authority, first day (month, year) and kind in words; the same for the
            same documents.
        kind: as documents' kinds; an inspection that is only recalled has one too.
        period: the days of the visit, or the month or year that is recalled; None where no
            document says when.
        when: the period as printed.
        number: which of a series its own document says that it was.
        documents: its own report or letter, then what tells of it at second hand.
        own: those of ``documents`` that are Ofsted's.
        recalled_by: sentences of later documents that recall it, in the order of the documents.
        judgements: in the order of ``JUDGEMENT_KEYS``, each once: its own before recalled ones.
        inspectors: as its own documents name them.
        scope: what a visit looked at, in its letter's words.
        improvements: the points for improvement of its own report or letter, else those that a
            council's report lists; complete, in reading order.
        notes: why it is kept apart, or how it was linked, where that is not plain.
    """

    inspection_id: str
    authority: str
    kind: Kind
    framework: Framework | None
    period: Period | None
    when: str | None
    number: int | None
    documents: tuple[str, ...]
    own: tuple[str, ...]
    recalled_by: tuple[Place, ...]
    judgements: tuple[InspectionJudgement, ...]
    inspectors: tuple[str, ...]
    scope: str | None
    improvements: tuple[Improvement, ...]
    notes: tuple[str, ...] = ()

    def judgement(self, key: str) -> InspectionJudgement | None:
        """Return what it gave for one of ``JUDGEMENT_KEYS``, None where no document says."""
        return next((one for one in self.judgements if one.key == key), None)
