"""BM25 over the passages in Milvus, by the formula of ``index.store.lexical``."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence

import numpy as np

from index.milvus.rows import spelt
from index.milvus.tables import PASSAGES, Tables
from index.store.lexical import K1, B


class MilvusBm25:
    """Counts of words over all passages; each word is counted once, when it is first asked for.

    Args:
        tables: the open database.
        passages: number of passages.
        words: number of stems in all of them.
    """

    def __init__(self, tables: Tables, passages: int, words: int) -> None:
        self._tables = tables
        self._n = passages
        self._average = max(words / max(passages, 1), 1e-9)
        self._counted: dict[str, int] = {}
        self._lock = threading.Lock()

    def document_frequency(self, term: str) -> int:
        """Return the number of passages that hold ``term`` (a stem)."""
        word = spelt(term)
        if word not in self._counted:
            counted = self._tables.count(PASSAGES, self.holding(word))
            with self._lock:
                self._counted[word] = counted
        return self._counted[word]

    def idf(self, term: str) -> float:
        """Return ln(1 + (n - df + 0.5) / (df + 0.5)); higher for rarer terms."""
        df = min(self.document_frequency(term), self._n)
        return float(np.log(1 + (self._n - df + 0.5) / (df + 0.5)))

    def scores(self, asked: str, texts: Sequence[str]) -> list[float]:
        """Return the score of each of ``texts``, all of them stems with spaces between."""
        weights = {word: self.idf(word) * n for word, n in Counter(asked.split()).items()}
        return [self._score(weights, text.split()) for text in texts]

    def holding(self, term: str) -> str:
        """Return the filter for passages that hold ``term``."""
        return f"TEXT_MATCH(stems, '{spelt(term)}')"

    def _score(self, weights: dict[str, float], words: Sequence[str]) -> float:
        counts = Counter(words)
        norm = K1 * (1 - B + B * len(words) / self._average)
        return sum(idf * counts[word] / (counts[word] + norm) for word, idf in weights.items())
