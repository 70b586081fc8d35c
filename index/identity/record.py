"""An identity as the JSON object of ``documents --json``."""

from __future__ import annotations

from datetime import date
from typing import Any

from index.types import JUDGEMENT_KEYS, Identity, Proven, Span

_HEAD = (
    "title",
    "issuer",
    "kind",
    "framework",
    "authority",
    "published",
    "visit_start",
    "visit_end",
)
_FOOT = (
    "scope",
    "url",
    "signatory",
    "addressee",
    "copied_to",
    "visit_number",
)
"""Fields that bear their proof: those before the dates and grades, and those after."""


def identity_record(identity: Identity, passages: int) -> dict[str, Any]:
    """Return the contract's object for one document.

    Args:
        identity: whose document.
        passages: number of passages held for it.

    Returns:
        The fields of the contract, then ``sources`` and ``proof``. Dates are ISO text, absent
        is None. ``proof`` maps a field to its [start, end] in the text, ``inspectors`` to a
        list of them and ``judgements`` to a map of them with the printed heading, and with
        ``"origin": "sidecar"`` where a person gave the grade; a field that came from the sidecar
        stands there as ``"sidecar"``, an absent one not at all.
    """
    fields = {name: _value(getattr(identity, name)) for name in (*_HEAD, *_FOOT)}
    grades = {one.key: one.grade.value for one in identity.judgements}
    return {
        "doc_id": identity.doc_id,
        "source": identity.source,
        **{name: fields[name] for name in _HEAD},
        "dated": identity.dated.isoformat() if identity.dated else None,
        "dated_from": identity.dated_from,
        "inspectors": [one.value for one in identity.inspectors],
        "judgements": {key: grades.get(key) for key in JUDGEMENT_KEYS},
        "reported_judgements": [
            {
                "judgement": one.key,
                "grade": one.grade.value,
                "when": one.when,
                "start": one.span.start,
                "end": one.span.end,
            }
            for one in identity.reported_judgements
        ],
        **{name: fields[name] for name in _FOOT},
        "passages": passages,
        "sources": list(identity.sources),
        "proof": _proof(identity),
    }


def _value(proven: Proven[Any] | None) -> str | int | None:
    if proven is None:
        return None
    value = proven.value
    if isinstance(value, int):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def _ends(span: Span) -> list[int]:
    return [span.start, span.end]


def _proof(identity: Identity) -> dict[str, Any]:
    proof: dict[str, Any] = {}
    for name in (*_HEAD, *_FOOT):
        proven: Proven[Any] | None = getattr(identity, name)
        if proven is not None:
            proof[name] = _ends(proven.span) if proven.span else proven.origin
    if identity.inspectors:
        proof["inspectors"] = [
            _ends(one.span) if one.span else one.origin for one in identity.inspectors
        ]
    if identity.judgements:
        proof["judgements"] = {
            one.key: {
                "heading": one.heading,
                "span": _ends(one.span),
                **({"origin": one.origin} if one.origin == "sidecar" else {}),
            }
            for one in identity.judgements
        }
    return proof
