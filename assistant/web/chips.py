"""Show what was understood from a question, each part with the question without it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.rendering import dates
from assistant.types import Answer

_PREPOSITIONS = "in|at|for|of|from|since|during|by|about|to|the"


@dataclass(frozen=True, slots=True)
class Chip:
    """Something understood from the question.

    Attributes:
        without: the question without the words that said so; empty where it cannot be made.
    """

    label: str
    without: str


def chips(answer: Answer) -> list[Chip]:
    """Return what was understood: the authorities, periods and kinds that the question named; a
    "letter" may be of any kind, and names none.
    """
    query = answer.query
    if query is None:
        return []
    asked = answer.standalone or answer.question
    found = [(m.value, m.words) for m in query.authorities]
    found += [(dates.period(m.value), m.words) for m in query.periods]
    found += [(m.value.value, m.words) for m in query.kinds if m.certain]
    found += [(f"{query.order} first", "")] if query.order else []
    return [Chip(label, without(asked, words)) for label, words in dict(found).items()]


def without(question: str, words: str) -> str:
    """Return the question without ``words`` and the preposition before them; empty if not in it."""
    pattern = rf"\s*(?:\b(?:{_PREPOSITIONS})\s+)?\b{re.escape(words)}(?!\w)(?:['’]s)?"
    left, cuts = re.subn(pattern, "", question, count=1, flags=re.IGNORECASE)
    return left.strip() if words and cuts else ""
