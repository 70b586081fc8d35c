"""Whether a word is English: pyspellchecker's word list, read when a word is first in doubt."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spellchecker import SpellChecker


def is_english(word: str) -> bool:
    """Say whether a lower-case word stands in the list (160,000 words), as it is or short of its
    apostrophe ("arent", "theyre"); names seldom do.
    """
    whole = (word, f"{word[:-1]}'{word[-1:]}", f"{word[:-2]}'{word[-2:]}")
    return any(one in _words() for one in whole)


@cache
def _words() -> SpellChecker:
    """0.2 s and 40 MB the first time; most questions hold no word in doubt."""
    from spellchecker import SpellChecker

    return SpellChecker(language="en")
