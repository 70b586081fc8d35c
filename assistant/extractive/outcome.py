"""What was decided about a question, before it is written out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.extractive import wording
from assistant.extractive.parts import joined
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.types import Evidence, Hit


@dataclass(frozen=True)
class Outcome:
    """What was decided about a question, before it is written out.

    Attributes:
        evidence: what a language model may be shown, best first.
    """

    status: Status
    draft: Draft
    evidence: tuple[Evidence, ...] = ()
    nearest: tuple[Hit, ...] = ()
    choices: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def together(parts: Sequence[str], outcomes: Sequence[Outcome]) -> Outcome:
    """One outcome of several parts; what one of them lacks is noted."""
    pairs = list(zip(parts, outcomes, strict=True))
    silent = [part.rstrip("?") for part, o in pairs if o.status is Status.NOT_STATED]
    said = tuple(note for _, o in pairs if o.status is not Status.NOT_STATED for note in o.notes)
    return Outcome(
        Status.PARTIAL if silent else Status.ANSWERED,
        joined([outcome.draft for outcome in outcomes]),
        tuple(item for outcome in outcomes for item in outcome.evidence),
        notes=((wording.partly(silent), *said) if silent else said),
    )
