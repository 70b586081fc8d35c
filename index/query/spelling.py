"""Misspelt words of a question, corrected to words that the documents write.

Only what neither a document nor the English language holds is touched, and only where one
document word is clearly nearest; a question about something that is not there stays as typed.
"""

from __future__ import annotations

import re
from collections.abc import Collection as Words

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from index.query.english import is_english
from index.store.lexical import terms
from index.types import Mention

SHORTEST = 5
"""Letters: shorter words have too many neighbours."""
_WORD = re.compile(r"(?<![\w'’])[a-z]+(?![\w'’])")


class Spelling:
    """The words of a collection.

    Args:
        words: lower-case words that documents write.
    """

    def __init__(self, words: Words[str]) -> None:
        self._words = sorted(word for word in words if len(word) >= SHORTEST - 1)
        self._known = frozenset(words)
        self._stems = frozenset(stem for word in words for stem in terms(word))

    def corrections(self, text: str, keep: Words[str] = ()) -> tuple[Mention[str], ...]:
        """Return document words for the misspelt words of ``text``; none for words in ``keep``."""
        found = []
        for word in dict.fromkeys(_WORD.findall(text)):
            if len(word) >= SHORTEST and word not in keep and not self._holds(word):
                nearest = self._nearest(word)
                if nearest and not is_english(word):
                    found.append(Mention(nearest, word, certain=False))
        return tuple(found)

    def _holds(self, word: str) -> bool:
        return word in self._known or any(stem in self._stems for stem in terms(word))

    def _nearest(self, word: str) -> str | None:
        reach = 1 if len(word) < 9 else 2
        near = extract(
            word,
            [w for w in self._words if w[0] == word[0] and abs(len(w) - len(word)) <= reach],
            scorer=OSA.distance,
            score_cutoff=reach,
            limit=3,
        )
        if not near:
            return None
        best = [found for found, distance, _ in near if distance == near[0][1]]
        stems = {tuple(terms(found)) for found in best}
        return best[0] if len(stems) == 1 else None


def corrected(text: str, corrections: Words[Mention[str]]) -> str:
    """Return ``text`` with each misspelt word replaced."""
    for mention in corrections:
        text = re.sub(rf"\b{re.escape(mention.words)}\b", mention.value, text)
    return text
