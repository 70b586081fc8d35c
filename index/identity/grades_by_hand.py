"""The grades that a person gives a report beside its text: corrected, added, or said to be none."""

from __future__ import annotations

import re
from dataclasses import replace

from index.errors import LoadError
from index.identity.judgements import first_named
from index.identity.sidecar import Sidecar
from index.types import (
    JUDGEMENT_KEYS,
    CleanText,
    Framework,
    Grade,
    Identity,
    Judgement,
    Kind,
    Proven,
    Span,
)

NOT_GIVEN = "not given"
"""What a cell says of a judgement that a report does not give, though one was read."""
_ILACS_ALONE = frozenset(("impact_of_leaders",))
_SIF_ALONE = frozenset(("adoption", "leadership_management_governance", "lscb"))


def judgement_choices(framework: Framework | None) -> tuple[str, ...]:
    """Return the judgements that reports of a framework give; all where it is not known."""
    if framework is None:
        return JUDGEMENT_KEYS
    others = _ILACS_ALONE if framework is Framework.SIF else _SIF_ALONE
    return tuple(key for key in JUDGEMENT_KEYS if key not in others)


def grade_choices(framework: Framework | None) -> tuple[Grade, ...]:
    """Return the grades of a framework; "adequate" is older than each of those that are known."""
    return tuple(one for one in Grade if framework is None or one is not Grade.ADEQUATE)


def with_grades_by_hand(
    identity: Identity, clean: CleanText, read: tuple[Judgement, ...], beside: Sidecar
) -> Identity:
    """Return the identity with its judgements: those read, but for what a person corrected.

    Args:
        read: what the text gives.

    Raises:
        LoadError: a cell of the sidecar cannot be so; says which, and what may stand there.
    """
    found = {one.key: one for one in read}
    ungraded = []
    for key in JUDGEMENT_KEYS:
        given = _given(identity, key, beside)
        if given is None or (key in found and not beside.corrected(key, given)):
            continue
        if given.value is None:
            found.pop(key, None)
            ungraded.append(key)
        else:
            found[key] = _by_hand(key, given.value, found.get(key), clean.text)
    own = tuple(found[key] for key in JUDGEMENT_KEYS if key in found)
    return replace(identity, judgements=own, ungraded=tuple(ungraded))


def _given(identity: Identity, key: str, beside: Sidecar) -> Proven[Grade | None] | None:
    """Return the grade of a cell, with the value None where it says that none is given."""
    cell = beside.text(key)
    if cell is None:
        return None
    grades = _possible(identity, key)
    word = re.sub(" to be good$", "", " ".join(cell.value.casefold().split()))
    if word == NOT_GIVEN:
        return Proven(None, None, "sidecar")
    if word not in grades:
        known = ", ".join((*grades, NOT_GIVEN))
        raise _wrong(identity, key, f"“{cell.value}” is no grade that can be given; use {known}")
    return Proven(grades[word], None, "sidecar")


def _possible(identity: Identity, key: str) -> dict[str, Grade]:
    """Return the grades that a document can give for a judgement, by their words.

    Raises:
        LoadError: it can give none.
    """
    if (kind := identity.kind.value) is not Kind.INSPECTION_REPORT:
        raise _wrong(identity, key, f"a document of the kind “{kind}” gives no grade of its own; "
                     "leave the cell empty, or correct the kind")  # fmt: skip
    framework = identity.framework.value if identity.framework else None
    if key not in (able := judgement_choices(framework)):
        raise _wrong(identity, key, f"inspections under {framework} do not judge that; "
                     f"use {', '.join(able)}")  # fmt: skip
    return {one.value: one for one in grade_choices(framework)}


def _wrong(identity: Identity, key: str, reason: str) -> LoadError:
    return LoadError(identity.source, f"metadata.csv, column {key}: {reason}")


def _by_hand(key: str, grade: Grade, read: Judgement | None, text: str) -> Judgement:
    """Return a grade with the place where its judgement was read, else where it is first named at
    the front, else the document's first line.
    """
    if read is not None:
        return replace(read, grade=grade, origin="sidecar")
    span = first_named(key, text)
    if span is None:
        return Judgement(key, grade, "", Span(0, len(text.partition("\n")[0]) or 1), "sidecar")
    heading = " ".join(text[span.start : span.end].split())
    return Judgement(key, grade, heading, span, "sidecar")
