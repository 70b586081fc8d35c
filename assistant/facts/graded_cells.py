"""The cells of a comparison that tell inspections and their grades."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.evidence.quoting import Quote
from assistant.facts.corpus import Corpus
from assistant.facts.grades import (
    OVERALL,
    grade_name,
    grade_words,
    how_known,
    is_joint,
    judgements_of,
    known_how,
)
from assistant.facts.naming import short_name, time_of
from assistant.facts.view import NOTHING, Cell, View
from assistant.facts.visits import proofs_of
from index.query.judgements import judgement_names
from index.types import JUDGEMENT_KEYS, Identity, Inspection, InspectionJudgement


def letter_cell(event: Inspection | None, view: View, corpus: Corpus) -> Cell:
    """Return which inspection or visit it is."""
    if event is None:
        return Cell("nothing held")
    return view.cell(short_name(event), proofs_of(event, corpus))


def overall_cell(events: Sequence[Inspection], view: View, corpus: Corpus) -> Cell:
    """Return the last overall grade that is known, with when it was given."""
    graded = [one for one in events if one.judgement(OVERALL) and one.period]
    if not graded:
        return Cell("none known")
    one = graded[-1].judgement(OVERALL)
    assert one is not None
    how = f", {how_known(one)}" if how_known(one) else ""
    proofs = corpus.proofs(corpus.identity(one.place.doc_id), [one.place.span])
    return view.cell(f"{grade_name(one.grade)} ({time_of(graded[-1])}{how})", proofs)


def last_graded(events: Sequence[Inspection]) -> Inspection | None:
    """Return the last event of which grades are known."""
    return next((one for one in reversed(events) if one.judgements and one.period), None)


def others_cell(
    events: Sequence[Inspection], keys: Sequence[str], view: View, corpus: Corpus
) -> Cell:
    """Return the last grades that are known of these judgements, of all but the overall one where
    none is given.
    """
    event = last_graded(events)
    told = (
        [one for one in judgements_of(event, keys) if keys or one.key != OVERALL] if event else []
    )
    if not event or not told:
        return Cell("none known")
    said = "; ".join(grade_words(one) + known_how(one) for one in told)
    return view.cell(f"{said} ({time_of(event)})", _proofs_of(told, corpus))


def judged_rows(
    events: Sequence[Inspection | None], last: str, view: View, corpus: Corpus
) -> list[tuple[str, list[Cell]]]:
    """Return a row for each judgement but the overall one that any of these inspections gave, after
    one that says which they are, where they may be older than the newest.
    """
    rows = [("last graded at", [letter_cell(one, view, corpus) for one in events])] if last else []
    for key in JUDGEMENT_KEYS:
        given = [one.judgement(key) if one else None for one in events]
        if key != OVERALL and any(given):
            name = next(one.name for one in judgement_names() if one.key == key)
            rows.append((name, [_judged(one, view, corpus) for one in given]))
    return rows


def _judged(one: InspectionJudgement | None, view: View, corpus: Corpus) -> Cell:
    if one is None:
        return Cell(NOTHING)
    jointly = ", judged as one with care leavers" if is_joint(one) else ""
    text = f"{grade_name(one.grade)}{jointly}{known_how(one)}"
    return view.cell(text, _proofs_of([one], corpus))


def _proofs_of(
    judgements: Sequence[InspectionJudgement], corpus: Corpus
) -> list[tuple[Identity, Quote]]:
    return [
        proof
        for one in judgements
        for proof in corpus.proofs(corpus.identity(one.place.doc_id), [one.place.span])
    ]
