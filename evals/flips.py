"""Count groups of one question said several ways that do not all end the same.

A group flips when two of its wordings get another status, or another first finding: the first
citation of both must be of one document and share words. Source: consistency under paraphrase
(Elazar et al. 2021).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.ports import Answerer
from assistant.types import Answer, Ask


@dataclass(frozen=True)
class Group:
    """Wordings of one question."""

    group_id: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Flip:
    """A group, and how each of its wordings ended: status, document and place of the first
    finding.
    """

    group: Group
    ends: tuple[tuple[str, str, int], ...]
    flips: bool


def groups(path: Path, half: str | None = None) -> list[Group]:
    """Read groups from JSON lines with ``id`` and ``questions``; of one ``half`` where named.

    Raises:
        ValueError: a line is no group; names file and line.
    """
    found = []
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            group = Group(str(row["id"]), tuple(row["questions"]))
        except (ValueError, TypeError, KeyError) as error:
            raise ValueError(f"{path}, line {n}: no group of questions ({error})") from error
        if half is None or row.get("half") == half:
            found.append(group)
    return found


def ask(group: Group, answerer: Answerer) -> Flip:
    """Ask every wording of a group."""
    answers = [answerer.answer(Ask(question)) for question in group.questions]
    flips = any(_differ(answers[0], other) for other in answers[1:])
    return Flip(group, tuple(_end(answer) for answer in answers), flips)


def figures(flips: Sequence[Flip]) -> dict[str, object]:
    """Return how many groups there are, and the share that never flips, in all and by cause."""
    count = len(flips) or 1
    steady = sum(not flip.flips for flip in flips)
    same_status = sum(len({end[0] for end in flip.ends}) == 1 for flip in flips)
    return {
        "groups": len(flips),
        "questions": sum(len(flip.group.questions) for flip in flips),
        "steady": round(steady / count, 4),
        "same_status": round(same_status / count, 4),
    }


def _end(answer: Answer) -> tuple[str, str, int]:
    first = answer.citations[0] if answer.citations else None
    place = (first.identity.doc_id, first.start) if first else ("", 0)
    return (answer.status.value, *place)


def _differ(one: Answer, other: Answer) -> bool:
    if one.status is not other.status:
        return True
    if not one.citations or not other.citations:
        return bool(one.citations) != bool(other.citations)
    first, second = one.citations[0], other.citations[0]
    overlap = first.start < second.end and second.start < first.end
    return first.identity.doc_id != second.identity.doc_id or not overlap
