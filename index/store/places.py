"""Which passage of which document each row of a segment is.

A document's passages lie together, numbered from 0; so two numbers a document say it all,
and an index of a million passages opens without a million names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.passages.ids import passage_id

Mask = NDArray[np.bool_]


class Places:
    """The rows of a segment.

    Args:
        doc_ids: its documents, in the order in which their passages lie.
        extents: passages of each.
    """

    def __init__(self, doc_ids: Sequence[str], extents: Sequence[int]) -> None:
        self.doc_ids = tuple(doc_ids)
        self.extents = np.array(extents, dtype=np.int64)
        self._ends = np.cumsum(self.extents)
        self._number = {doc_id: number for number, doc_id in enumerate(self.doc_ids)}

    def __len__(self) -> int:
        return int(self._ends[-1]) if len(self._ends) else 0

    def passage_id(self, row: int) -> str:
        """Return the name of the passage in ``row``."""
        number = int(np.searchsorted(self._ends, row, side="right"))
        return passage_id(self.doc_ids[number], row - self._first(number))

    def row(self, wanted: str) -> int | None:
        """Return the row of a passage, None where it is not here."""
        doc_id, _, place = wanted.rpartition("-")
        number = self._number.get(doc_id)
        if number is None or not place.isdecimal() or passage_id(doc_id, int(place)) != wanted:
            return None
        return self._first(number) + int(place) if int(place) < self.extents[number] else None

    def rows_of(self, doc_id: str) -> range:
        """Return the rows of one document that is here."""
        number = self._number[doc_id]
        return range(self._first(number), int(self._ends[number]))

    def of(self, doc_ids: Iterable[str]) -> Mask:
        """Return bool, shape (documents,): which documents are among ``doc_ids``."""
        chosen = np.zeros(len(self.doc_ids), dtype=np.bool_)
        chosen[[self._number[doc_id] for doc_id in doc_ids if doc_id in self._number]] = True
        return chosen

    def rows(self, documents: Mask) -> Mask:
        """Return bool, shape (rows,): the rows of these documents."""
        return np.repeat(documents, self.extents)

    def _first(self, number: int) -> int:
        return int(self._ends[number] - self.extents[number])
