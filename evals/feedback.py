"""Draft questions for a suite, from what readers said of answers, or from those that failed.

A draft holds the question and, where the reader found the answer useful, its status. What is
right was not decided by the reader's click: a person completes the gold quotes, and
``assistant eval check`` names each line where they are missing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from assistant.service.verdicts import Said
from assistant.types import REFUSALS
from index.errors import SuiteError

CATEGORY = "from_feedback"
_QUOTE_CHARS = 200


def write_drafts(feedback: Path, out: Path) -> int:
    """Write a draft for each question that readers judged; returns how many.

    Raises:
        SuiteError: there is nothing to read, a line is damaged, or ``out`` is there already.
    """
    if out.exists():
        raise SuiteError(f"{out} is there already: name another file with --out")
    found = drafts(read(feedback))
    if not found:
        raise SuiteError(f"{feedback}: no question was judged yet")
    out.write_text("".join(f"{json.dumps(one)}\n" for one in found), encoding="utf-8")
    return len(found)


def read(path: Path) -> list[Said]:
    """Return everything that readers said, in order."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise SuiteError(
            f"{path}: no feedback can be read ({error.strerror}); the page keeps it in "
            "feedback.jsonl in the folder of ASSISTANT_KEPT"
        ) from error
    found = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(Said.model_validate_json(line))
        except ValidationError as error:
            raise SuiteError(f"{path}:{number}: this line is damaged; delete it") from error
    return found


def drafts(said: Iterable[Said]) -> list[dict[str, object]]:
    """Return one line of a suite for each question, in the order first given."""
    by_question: dict[str, list[Said]] = {}
    for one in said:
        if one.asked:
            by_question.setdefault(" ".join(one.asked.casefold().split()), []).append(one)
    return [_draft(group) for group in by_question.values()]


def _draft(group: Sequence[Said]) -> dict[str, object]:
    question = group[0].asked
    draft: dict[str, object] = {
        "id": f"feedback-{sha256(question.casefold().encode()).hexdigest()[:10]}",
        "question": question,
        "category": CATEGORY,
        "gold_quotes": [],
        "notes": " || ".join(dict.fromkeys(map(_told, group))),
    }
    agreed = {one.status for one in group if one.useful and one.status}
    refused_wrongly = any(one.useful is False and one.status in REFUSALS for one in group)
    if len(agreed) == 1 and not refused_wrongly:
        draft["status"] = next(iter(agreed))
    return draft


def _told(one: Said) -> str:
    """Return what one reader said, and what they had before them."""
    why = "; ".join(part for part in (one.reason, one.comment) if part)
    verdict = f"A reader found it {'useful' if one.useful else 'not useful'}"
    if one.useful is None:
        verdict = "No reader said whether it was useful"
    cited = " | ".join(f"{c.source}: “{c.quote[:_QUOTE_CHARS]}”" for c in one.cited)
    return (
        f"{verdict}{f' ({why})' if why else ''}. "
        f"It was {one.status or 'not answered'}; cited: {cited or 'nothing'}"
    )
