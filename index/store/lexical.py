"""BM25 over segments that never change; ranks, and reads no documents.

The well-kept libraries do one of two things: bm25s is fast and cannot append, SQLite's FTS5
appends and weighs words by each file's own counts. Segments need both: postings are stored a
segment, and the counts that weigh words are summed over all of them when a question comes, so
that an updated index ranks like a rebuilt one. A test holds the scores to bm25s's.

score(q, p) = sum over terms t of q:  idf(t) * tf / (tf + k1 * (1 - b + b * len(p) / avg_len))
idf(t) = ln(1 + (n - df + 0.5) / (df + 0.5))
(Robertson and Zaragoza 2009; Lucene's form, after Kamphuis et al. 2020)
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import Stemmer
from numpy.typing import NDArray

from index.errors import IndexDamaged

if TYPE_CHECKING:
    from index.store.postings import Postings

K1, B = 1.2, 0.75
_WORD = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_THREAD = threading.local()
_STOP_WORDS = """
a an the and or of to in on at by for with from as is are was were be been being it its this
that these those there their they them he she his her we our you your i me my do does did
done has have had not no than then so such which who whom what when where how why any some
anything something nothing everything anyone
can could should would will may might about into over under if but also s t
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


def terms(text: str) -> list[str]:
    """Return stems of the words of ``text`` in order, without stop words."""
    words = _WORD.findall(text.lower().translate(_APOSTROPHES).replace("'s", ""))
    kept = [word for word in words if word not in STOP_WORDS]
    return list(_stemmer().stemWords(kept))


def _stemmer() -> Stemmer.Stemmer:
    """Return this thread's own: PyStemmer's are not safe to share."""
    if not hasattr(_THREAD, "stemmer"):
        _THREAD.stemmer = Stemmer.Stemmer("english")
    stemmer: Stemmer.Stemmer = _THREAD.stemmer
    return stemmer


class Bm25:
    """BM25 over the postings of several segments as if they were one.

    Args:
        segments: postings of each segment.
        alive: bool, shape (rows,), a segment: which passages are still part of the index.
    """

    def __init__(self, segments: Sequence[Postings], alive: Sequence[NDArray[np.bool_]]) -> None:
        self._segments = list(segments)
        self._alive = list(alive)
        self._n = int(sum(int(mask.sum()) for mask in alive))
        total = sum(int(s.lengths[m].sum()) for s, m in zip(segments, alive, strict=True))
        average = max(total / max(self._n, 1), 1e-9)
        self._norms = [
            (K1 * (1 - B + B * segment.lengths / average)).astype(np.float32)
            for segment in segments
        ]

    def document_frequency(self, term: str) -> int:
        """Return the number of passages that hold ``term`` (a stem)."""
        pairs = zip(self._segments, self._alive, strict=True)
        return sum(
            len(rows) if mask.all() else int(mask[rows].sum())
            for segment, mask in pairs
            for rows in segment.stems.of(term)[:1]
        )

    def idf(self, term: str) -> float:
        """Return ln(1 + (n - df + 0.5) / (df + 0.5)); higher for rarer terms."""
        df = self.document_frequency(term)
        return float(np.log(1 + (self._n - df + 0.5) / (df + 0.5)))

    def scores(self, text: str) -> list[NDArray[np.float32]]:
        """Return float32, shape (rows,), a segment: the score of every passage, 0 for removed ones.

        Raises:
            IndexDamaged: a posting names a passage that is not there.
        """
        out = [np.zeros(len(segment.lengths), dtype=np.float32) for segment in self._segments]
        for term, weight in Counter(terms(text)).items():
            idf = np.float32(self.idf(term) * weight)
            for scores, segment, norms in zip(out, self._segments, self._norms, strict=True):
                rows, counts = segment.stems.of(term)
                try:
                    tf = counts.astype(np.float32)
                    scores[rows] += idf * (tf / (tf + norms[rows]))
                except IndexError as error:
                    raise IndexDamaged(
                        f"the postings of {term!r} are damaged ({error}): run 'assistant index "
                        "build' to make the index anew"
                    ) from error
        for scores, mask in zip(out, self._alive, strict=True):
            scores[~mask] = 0
        return out
