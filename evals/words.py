"""Reads text as words and as folded characters; it knows nothing of suites or metrics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from math import ceil

FOUND_SHARE = 0.7
"""The share of a quote's words that must stand in one run (rule of the sample questions)."""

_WORD = re.compile(r"[^\W_]+")
_QUOTE_MARKS = str.maketrans(dict.fromkeys("‘’‚‛′`´", "'") | dict.fromkeys("“”„‟″«»", '"'))
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_MARKUP = re.compile(r"[\s\-*_#|>•·●▪■◦∙]")


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """Return the words of ``text`` in order, case folded, without punctuation and white space."""
    return tuple(m.group().casefold() for m in _WORD.finditer(text))


def word_spans(text: str) -> list[tuple[str, int, int]]:
    """As ``words``, each with its half-open character offsets in ``text``."""
    return [(m.group().casefold(), m.start(), m.end()) for m in _WORD.finditer(text)]


def contains_run(quote: Sequence[str], passage: Sequence[str]) -> bool:
    """Say whether ``passage`` holds ``FOUND_SHARE`` of ``quote``'s words in one contiguous run.

    Args:
        quote: words, as ``words`` gives them; an empty one is never found.
        passage: words, as ``words`` gives them.
    """
    needed = ceil(FOUND_SHARE * len(quote) - 1e-9)
    if needed < 1 or needed > len(passage):
        return False
    haystack = f" {' '.join(passage)} "
    return any(
        f" {' '.join(quote[at : at + needed])} " in haystack
        for at in range(len(quote) - needed + 1)
    )


def fold(text: str) -> str:
    """Fold white space, quote marks and dashes: what may differ in a verbatim quote."""
    return " ".join(text.translate(_QUOTE_MARKS).translate(_DASHES).split())


def without_space(text: str) -> tuple[str, list[int]]:
    """Return ``text`` without white space, and the offset in ``text`` of each character kept."""
    kept = [(c, at) for at, c in enumerate(text) if not c.isspace()]
    return "".join(c for c, _ in kept), [at for _, at in kept]


def without_markup(text: str) -> tuple[str, list[int]]:
    """As ``without_space``, also without the characters that lists and tables are drawn with."""
    kept = [(c, at) for at, c in enumerate(text) if not _MARKUP.match(c)]
    return "".join(c for c, _ in kept), [at for _, at in kept]
