"""An inspection as the JSON object of ``inspections --json``."""

from __future__ import annotations

from typing import Any

from index.types import Inspection, Place


def inspection_record(one: Inspection) -> dict[str, Any]:
    """Return the contract's object for one inspection, and ``scope`` and ``notes`` beside it."""
    period = one.period
    return {
        "inspection_id": one.inspection_id,
        "authority": one.authority,
        "kind": one.kind.value,
        "framework": one.framework.value if one.framework else None,
        "from": period.start.isoformat() if period and period.start else None,
        "to": period.end.isoformat() if period and period.end else None,
        "when": one.when,
        "number": one.number,
        "documents": list(one.documents),
        "recalled_by": [_place(place) for place in one.recalled_by],
        "judgements": {
            judgement.key: {
                "grade": judgement.grade.value,
                **_place(judgement.place),
                "recalled": judgement.recalled,
                "by_hand": judgement.by_hand,
            }
            for judgement in one.judgements
        },
        "inspectors": list(one.inspectors),
        "improvements": [{"text": p.text, **_place(p.place)} for p in one.improvements],
        "scope": one.scope,
        "notes": list(one.notes),
    }


def _place(place: Place) -> dict[str, Any]:
    return {"doc_id": place.doc_id, "start": place.span.start, "end": place.span.end}
