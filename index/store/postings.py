"""One segment's lexical files: stems by passage, words by document, passages' lengths."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.store import arrays, table
from index.store.lexical import terms
from index.store.table import Table

_STEMS, _WORDS, _LENGTHS = "stems", "words", "lengths.npy"
MAPPED = (table.names(_STEMS)[1], table.names(_WORDS)[1])
_WORD = re.compile(r"[a-z]{3,}")


def write(folder: Path, texts: Sequence[str], extents: Sequence[int]) -> None:
    """Count the terms of ``texts``, one a passage; document n has ``extents[n]`` of them."""
    bags = [Counter(terms(text)) for text in texts]
    ends = np.cumsum(extents, dtype=np.int64)
    whole = [" ".join(texts[end - n : end]) for n, end in zip(extents, ends, strict=True)]
    table.write(folder, _STEMS, bags)
    table.write(folder, _WORDS, [Counter(_WORD.findall(text.lower())) for text in whole])
    lengths = np.array([bag.total() for bag in bags], dtype=np.int32)
    arrays.save(folder / _LENGTHS, lengths.shape, np.int32, [lengths])


@dataclass(frozen=True)
class Postings:
    """One segment's terms.

    Attributes:
        stems: by row.
        words: three letters and more, as written, in lower case; by document.
        lengths: int32, shape (rows,): terms of each passage.
    """

    stems: Table
    words: Table
    lengths: NDArray[np.int32]

    @classmethod
    def read(cls, folder: Path) -> Postings:
        """Read what ``write`` wrote.

        Raises:
            IndexDamaged: a file cannot be read.
        """
        try:
            lengths = np.array(arrays.mapped(folder / _LENGTHS))
        except (OSError, EOFError, TypeError, ValueError) as error:
            raise IndexDamaged(
                f"{folder / _LENGTHS} cannot be read ({error}): run 'assistant index build' to "
                "make the index anew"
            ) from error
        return cls(Table(folder, _STEMS), Table(folder, _WORDS), lengths)

    def __len__(self) -> int:
        return len(self.lengths)


@dataclass(frozen=True)
class Part:
    """Postings to be joined, and where each row and document goes, -1 for nowhere."""

    postings: Postings
    rows: NDArray[np.int64]
    documents: NDArray[np.int64]


def join(folder: Path, parts: Sequence[Part]) -> None:
    """Write the postings of several segments as one."""
    table.join(folder, _STEMS, [(part.postings.stems, part.rows) for part in parts])
    table.join(folder, _WORDS, [(part.postings.words, part.documents) for part in parts])
    kept = [part.postings.lengths[part.rows >= 0] for part in parts]
    arrays.save(folder / _LENGTHS, (sum(map(len, kept)),), np.int32, kept)
