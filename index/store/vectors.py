"""Dense vectors of one segment in a FAISS file; the only module that imports faiss."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.ports import Vectors

NAME = "vectors.faiss"


def write(folder: Path, vectors: Vectors) -> None:
    """Write ``vectors``, row for row; exact search by inner product."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, dtype=np.float32))
    faiss.write_index(index, str(folder / NAME))


class FaissVectors:
    """One segment's vectors, read-only.

    Raises:
        IndexDamaged: the file cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._index = faiss.read_index(str(folder / NAME))
        except (RuntimeError, MemoryError) as error:
            raise IndexDamaged(
                f"{folder / NAME} cannot be read: run 'assistant index build' to make the index "
                "anew"
            ) from error

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def rows(self) -> Vectors:
        """All vectors, row for row."""
        rows: Vectors = self._index.reconstruct_n(0, len(self))
        return rows

    def search(
        self, vector: Vectors, k: int, allowed: NDArray[np.bool_] | None
    ) -> tuple[NDArray[np.int64], Vectors]:
        """Rows and scores of the ``k`` best for one vector, best first.

        Args:
            vector: float32, shape (dim,).
            k: rows wanted, >= 1.
            allowed: shape (rows,), which rows may be found; None for all.

        Returns:
            Fewer than ``k`` when fewer are allowed: FAISS pads with row -1, which is cut here.
            More when several tie for the last place: which of them it gives is its own affair.
        """
        one = np.ascontiguousarray(vector.reshape(1, -1), dtype=np.float32)
        params = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")  # must outlive the search below
            selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
            params = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # by its wrapper
        wanted = k
        while True:
            wanted = min(2 * wanted, len(self))
            scores, rows = self._index.search(one, max(wanted, 1), params=params)
            found = int(np.count_nonzero(rows[0] >= 0))
            if found <= k:
                return rows[0][:found], scores[0][:found]
            edge = scores[0][k - 1]
            if found < wanted or wanted == len(self) or scores[0][found - 1] < edge:
                kept = int(np.count_nonzero(scores[0][:found] >= edge))
                return rows[0][:kept], scores[0][:kept]


def concatenate(parts: Sequence[Vectors]) -> Vectors:
    """Vectors of several segments, one after the other."""
    return np.concatenate(parts)
