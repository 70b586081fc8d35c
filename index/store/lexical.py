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
from dataclasses import dataclass
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import Stemmer
from numpy.typing import NDArray

from index.errors import IndexDamaged

NAME = "lexical.npz"
K1, B = 1.2, 0.75
_WORD = re.compile(r"[a-z0-9]+(?:[.,][0-9]+)*")
_PLAIN = re.compile(r"[a-z]{3,}")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})
_THREAD = threading.local()
STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "there",
        "their",
        "they",
        "them",
        "he",
        "she",
        "his",
        "her",
        "we",
        "our",
        "you",
        "your",
        "i",
        "me",
        "my",
        "do",
        "does",
        "did",
        "done",
        "has",
        "have",
        "had",
        "not",
        "no",
        "than",
        "then",
        "so",
        "such",
        "which",
        "who",
        "whom",
        "what",
        "when",
        "where",
        "how",
        "why",
        "any",
        "some",
        "can",
        "could",
        "should",
        "would",
        "will",
        "may",
        "might",
        "about",
        "into",
        "over",
        "under",
        "if",
        "but",
        "also",
        "s",
        "t",
    ]
)


def terms(text: str) -> list[str]:
    """Stems of the words of ``text`` in order, without stop words."""
    words = _WORD.findall(text.lower().translate(_APOSTROPHES).replace("'s", ""))
    kept = [word for word in words if word not in STOP_WORDS]
    return list(_stemmer().stemWords(kept))


def _stemmer() -> Stemmer.Stemmer:
    """One a thread: PyStemmer's are not safe to share."""
    if not hasattr(_THREAD, "stemmer"):
        _THREAD.stemmer = Stemmer.Stemmer("english")
    stemmer: Stemmer.Stemmer = _THREAD.stemmer
    return stemmer


def write(folder: Path, texts: Sequence[str]) -> None:
    """Count the terms of ``texts``, row for row, and write them by term."""
    bags = [Counter(terms(text)) for text in texts]
    vocabulary = sorted({term for bag in bags for term in bag})
    number = {term: n for n, term in enumerate(vocabulary)}
    words = np.array([number[term] for bag in bags for term in bag], dtype=np.int32)
    counts = np.array([tf for bag in bags for tf in bag.values()], dtype=np.int32)
    rows = np.repeat(np.arange(len(bags), dtype=np.int32), [len(bag) for bag in bags])
    plain = sorted({word for text in texts for word in _PLAIN.findall(text.lower())})
    order = np.lexsort((rows, words))
    starts = np.searchsorted(words[order], np.arange(len(vocabulary) + 1))
    np.savez(
        folder / NAME,
        vocabulary=_packed(vocabulary),
        words=_packed(plain),
        starts=starts.astype(np.int64),
        rows=rows[order],
        counts=counts[order],
        lengths=np.array([bag.total() for bag in bags], dtype=np.int32),
    )


def _packed(words: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def _unpacked(packed: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(packed.tobytes().decode().split("\n")) if len(packed) else ()


@dataclass(frozen=True)
class Postings:
    """One segment's term counts.

    Attributes:
        words: the words that the stems stand for, as written, in lower case.
        lengths: int32, shape (rows,): terms of each passage.
    """

    words: tuple[str, ...]
    numbers: dict[str, int]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]
    counts: NDArray[np.int32]
    lengths: NDArray[np.int32]

    @classmethod
    def read(cls, folder: Path) -> Postings:
        """Read what ``write`` wrote.

        Raises:
            IndexDamaged: the file cannot be read.
        """
        try:
            with (folder / NAME).open("rb") as raw, np.load(raw, allow_pickle=False) as file:
                numbers = {stem: n for n, stem in enumerate(_unpacked(file["vocabulary"]))}
                words = _unpacked(file["words"])
                return cls(
                    words, numbers, file["starts"], file["rows"], file["counts"], file["lengths"]
                )
        except (OSError, EOFError, TypeError, ValueError, KeyError, BadZipFile) as error:
            raise IndexDamaged(
                f"{folder / NAME} cannot be read ({error}): run 'assistant index build' to make "
                "the index anew"
            ) from error

    def __len__(self) -> int:
        return len(self.lengths)

    def of(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Rows that hold ``term``, ascending, and how often each does."""
        number = self.numbers.get(term)
        if number is None:
            return self.rows[:0], self.counts[:0]
        part = slice(self.starts[number], self.starts[number + 1])
        return self.rows[part], self.counts[part]


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
        """Number of passages that hold ``term`` (a stem)."""
        pairs = zip(self._segments, self._alive, strict=True)
        return sum(int(mask[segment.of(term)[0]].sum()) for segment, mask in pairs)

    def idf(self, term: str) -> float:
        """ln(1 + (n - df + 0.5) / (df + 0.5)); higher for rarer terms."""
        df = self.document_frequency(term)
        return float(np.log(1 + (self._n - df + 0.5) / (df + 0.5)))

    def scores(self, text: str) -> list[NDArray[np.float32]]:
        """float32, shape (rows,), a segment: the score of every passage, 0 for removed ones."""
        out = [np.zeros(len(segment.lengths), dtype=np.float32) for segment in self._segments]
        for term, weight in Counter(terms(text)).items():
            idf = self.idf(term) * weight
            for n, segment in enumerate(self._segments):
                rows, counts = segment.of(term)
                out[n][rows] += np.float32(idf) * (counts / (counts + self._norms[n][rows]))
        for scores, mask in zip(out, self._alive, strict=True):
            scores[~mask] = 0
        return out
