"""Where a question may fall apart into two, and what a head reads of each such place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_TOKEN = re.compile(r"[\w'’-]+|[^\w\s]")
_JOINS = frozenset(
    ("and", "n", "also", "plus", "but", "or", "if", "then", "as", *",.?!&+;-–/:(")
)  # closed: what joins clauses; whether one does is read
_NEAR, _AROUND, _LONGEST = 3, 8, 6


@dataclass(frozen=True, slots=True)
class Place:
    """A run of joining words or marks between two others.

    Attributes:
        start, end: where in the question what stands before ends, and what stands after begins.
        marks: what a head reads of it: the words near it on either side, and how long both are.
    """

    start: int
    end: int
    marks: tuple[str, ...]


def places(question: str) -> list[Place]:
    """Return every place at which a question may fall apart, in order."""
    tokens = list(_TOKEN.finditer(question))
    words = [token.group().lower() for token in tokens]
    found = []
    at = 1
    while at < len(words):
        after = at
        while after < len(words) and words[after] in _JOINS:
            after += 1
        if at < after < len(words):
            marks = _marks(words[:at], words[at:after], words[after:])
            found.append(Place(tokens[at - 1].end(), tokens[after].start(), tuple(marks)))
        at = after + 1
    return found


def _marks(left: Sequence[str], joins: Sequence[str], right: Sequence[str]) -> list[str]:
    marks = [f"join {' '.join(joins)}", f"join {' '.join(joins)} > {right[0]}"]
    marks += [f"joins {one}" for one in joins]
    marks += [f"before {n} {one}" for n, one in enumerate(reversed(left[-_NEAR:]))]
    marks += [f"after {n} {one}" for n, one in enumerate(right[:_NEAR])]
    marks += [f"before {' '.join(left[-2:])}", f"begins {' '.join(left[:2])}"]
    marks += [f"after {' '.join(right[:n])}" for n in (2, 3)]
    marks += [f"left {one}" for one in left[-_AROUND:]]
    marks += [f"right {one}" for one in right[:_AROUND]]
    marks += [f"begins {left[0]}", f"long {min(_LONGEST, len(left) // 2)}"]
    marks += [f"goes on {min(_LONGEST, len(right) // 2)}", f"asks {'?' in right}"]
    return sorted(set(marks))
