"""Words as the checks compare them: lower case, in order, and their stems."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from assistant.evidence.verbatim import fold

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def word_set(listing: str) -> frozenset[str]:
    """Return the words of a listing with white space between them."""
    return frozenset(listing.split())


def words(text: str) -> list[str]:
    """Return lower-case words in order; hyphens part words, a possessive ending is dropped."""
    return [
        word.removesuffix("'s") for word in _WORD.findall(fold(text).lower()) if word.strip("'")
    ]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of a lower-case word, by Snowball's English rules."""
    # A stemmer object must not be shared between threads, and making one is cheap.
    return str(Stemmer.Stemmer("english").stemWord(word))


@lru_cache(maxsize=2_000)
def stems(text: str) -> frozenset[str]:
    """Return the stems of every word of ``text``."""
    return frozenset(map(stem, words(text)))
