"""Short windows of a passage for a reader that is slow: a cross-encoder costs by the token."""

from __future__ import annotations

from collections.abc import Sequence

from index.store.lexical import terms
from index.types import Passage

MAX_WORDS = 60
"""A passage of up to this many words is read whole."""


def best_windows(question: str, passages: Sequence[Passage]) -> list[str]:
    """One window a passage, in order: the neighbouring sentences that share most with the
    question, with the passage's heading before them.
    """
    asked = set(terms(question))
    return [_window(passage, asked) for passage in passages]


def _window(passage: Passage, asked: set[str]) -> str:
    pieces = [
        passage.text[s.start - passage.start : s.end - passage.start] for s in passage.sentences
    ]
    best = max(
        (_grown(pieces, first) for first in range(len(pieces))),
        key=lambda text: len(asked & set(terms(text))),
    )
    return best if best.startswith(passage.heading) else f"{passage.heading}. {best}"


def _grown(pieces: Sequence[str], first: int) -> str:
    """Sentences from ``first`` on, as many as fit ``MAX_WORDS``, at least one."""
    words = len(pieces[first].split())
    last = first + 1
    while last < len(pieces) and words + len(pieces[last].split()) <= MAX_WORDS:
        words += len(pieces[last].split())
        last += 1
    return " ".join(pieces[first:last])
