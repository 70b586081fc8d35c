"""Say how a question is read by what tells of it: without its places and years, its words, and what
it shares with the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise, repeat

import numpy as np
from numpy.typing import NDArray

from index.identity.authorities import authorities
from index.ports import Embedder
from index.store.lexical import terms

_ANCHOR = "that"
_PLACE = "Placeville"
"""Stands for every authority: which one it is does not matter."""
_YEAR, _YEARS = re.compile(r"\b(?:19|20)\d\d\b"), ("2019", "2022", "2024", "2025")
"""What stands for a question's first, second, third and any further year."""
_SHARED, _WORDS = 4.0, 10.0
"""Weight of what two vectors share, and words that count as much as a mark."""


def following(
    embedder: Embedder, questions: Sequence[str], before: Sequence[str]
) -> NDArray[np.float32]:
    """Return what is read of questions beside their words, each with the one before it.

    Returns:
        float32 of shape (questions, inputs): the question's vector, what it shares with the other
        one's, and marks: how much the vectors and the words have in common, how long the question
        is, and which of the two name a place.
    """
    asked, told = [placeless(one) for one in questions], [placeless(one) for one in before]
    vectors = embedder.embed_queries([text for text, _ in asked])
    others = embedder.embed_queries([text for text, _ in told])
    shared = vectors * others
    marks = [
        (
            total,
            len(text.split()) / _WORDS,
            named,
            named_before,
            named * named_before,
            _in_common(text, other),
            (1 - named) * named_before,
        )
        for total, (text, named), (other, named_before) in zip(
            shared.sum(axis=1), asked, told, strict=True
        )
    ]
    return np.hstack([vectors, _SHARED * shared, np.array(marks, dtype=np.float32)])


def placeless(text: str) -> tuple[str, bool]:
    """Return a text with one word for every authority, and whether it names one."""
    found = authorities().find(text)
    for match in reversed(found):
        text = text[: match.start] + _PLACE + text[match.end :]
    return text, bool(found)


def unplaced(text: str) -> str:
    """Return a text with one word for every authority, and its years the same for every text: how
    many it names tells what it wants, not which (``evals/LOG.md`` #sides-2).
    """
    years = chain(_YEARS, repeat(_YEARS[-1]))
    return _YEAR.sub(lambda _: next(years), placeless(text)[0])


def as_anchor(question: str, time: str) -> str:
    """Return a question with one word for the one time that it names."""
    return question.replace(time, _ANCHOR, 1)


def grams(question: str) -> list[str]:
    """Return the words of a question, its beginning and its end, one by one and two together."""
    words = ["^", *re.findall(r"\w+|\?", question.lower()), "$"]
    return words + [f"{one} {other}" for one, other in pairwise(words)]


def under(heading: str, sentence: str) -> list[str]:
    """Return the words of a sentence and of its heading, one by one and two together."""
    return [*grams(sentence), *(f"# {gram}" for gram in grams(heading))]


def word_row(words: Iterable[str], known: Mapping[str, int]) -> NDArray[np.float32]:
    """Return which known words are among some: float32 of shape (known words,), unit norm."""
    row = np.zeros(len(known), dtype=np.float32)
    row[sorted({known[word] for word in words if word in known})] = 1
    return row / max(float(np.linalg.norm(row)), 1.0)


def _in_common(text: str, other: str) -> float:
    words = set(terms(text))
    return len(words & set(terms(other))) / max(1, len(words))
