"""Dense vectors of one segment, nearest by inner product; the only module that imports faiss.

They lie in a memory map and are compared exactly. From ``APPROXIMATE_ROWS`` rows on, an
inverted file of 8-bit copies (FAISS IVF, SQ8) first narrows a million rows to a few hundred,
and the exact vectors rank those. Its constants were chosen by measurement
(evals/LOG.md #million-1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.ports import Vectors
from index.store import arrays

NAME = "vectors.npy"
APPROXIMATE = "vectors.faiss"
APPROXIMATE_ROWS = 100_000
"""Rows of a segment from which on it has an approximate index too."""
EXACT_ROWS = 50_000
"""Allowed rows up to which a filtered search compares all of them."""
CANDIDATES = 200
"""Rows at least that the approximate index proposes for the exact vectors to rank."""
PROBES = 192
"""Cells of the inverted file that are looked into, more where a filter allows few rows."""
MOST_CELLS = 2048
"""Twice as many find no more in the same time, and take six times as long to learn."""
_TRAINING_ROWS_A_CELL = 40

Rows = NDArray[np.int64]
_FAISS: Any = faiss
"""Its stubs know neither its wrappers' keywords nor all its functions."""


def write(folder: Path, shape: tuple[int, int], blocks: Iterable[Vectors]) -> None:
    """Write vectors, row for row, and the approximate index where there are many.

    Args:
        shape: rows and width, of all ``blocks`` together.
    """
    arrays.save(folder / NAME, shape, np.float32, blocks)
    if shape[0] >= APPROXIMATE_ROWS:
        _write_approximate(folder)


class SegmentVectors:
    """One segment's vectors, read-only.

    Raises:
        IndexDamaged: a file cannot be read.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self._rows: Vectors = arrays.mapped(folder / NAME)
            self._cells: Any = _cells(folder) if len(self._rows) >= APPROXIMATE_ROWS else None
            if self._rows.ndim != 2 or self._rows.dtype != np.float32:
                raise ValueError(f"{self._rows.dtype} of shape {self._rows.shape}")
            if self._cells and self._cells.ntotal != len(self._rows):
                raise ValueError(f"{APPROXIMATE} does not fit {NAME}")
        except (OSError, EOFError, ValueError, RuntimeError, MemoryError) as error:
            raise IndexDamaged(
                f"the vectors in {folder} cannot be read ({str(error).splitlines()[0]}): run "
                "'assistant index build' to make the index anew"
            ) from error

    def __len__(self) -> int:
        return len(self._rows)

    @property
    def dim(self) -> int:
        """Width of the vectors."""
        return int(self._rows.shape[1])

    def blocks(self, kept: NDArray[np.bool_]) -> Iterator[Vectors]:
        """Yield the kept rows in order, a block at a time."""
        for start in range(0, len(self), arrays.BLOCK):
            part = slice(start, start + arrays.BLOCK)
            yield self._rows[part][kept[part]]

    def search(self, vector: Vectors, k: int, allowed: Rows | None) -> tuple[Rows, Vectors]:
        """Return rows and scores of the ``k`` best for one vector, best first.

        Args:
            vector: shape (dim,).
            k: rows wanted, >= 1.
            allowed: rows that may be found, ascending; None for all.

        Returns:
            Fewer than ``k`` when fewer are allowed. More when several tie for the last place:
            which of them FAISS gives is its own affair.
        """
        one = np.ascontiguousarray(vector.reshape(1, -1), dtype=np.float32)
        if self._cells and (allowed is None or len(allowed) > EXACT_ROWS):
            near = self._near(one, max(4 * k, CANDIDATES), allowed)
            if len(near) >= k:
                return self._exact(one, k, near)
        return self._exact(one, k, allowed)

    def _near(self, one: Vectors, wanted: int, allowed: Rows | None) -> Rows:
        """Return candidates of the approximate index, ascending."""
        probes, selector = PROBES, None
        if allowed is not None:
            chosen = np.zeros(len(self), dtype=np.bool_)
            chosen[allowed] = True
            bits = np.packbits(chosen, bitorder="little")  # must outlive the search below
            selector = _FAISS.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
            probes = PROBES * len(self) // len(allowed)
        params = _FAISS.SearchParametersIVF(sel=selector, nprobe=probes)
        _, rows = self._cells.search(one, min(wanted, len(self)), params=params)
        return np.sort(rows[0][rows[0] >= 0])

    def _exact(self, one: Vectors, k: int, allowed: Rows | None) -> tuple[Rows, Vectors]:
        most = len(self) if allowed is None else len(allowed)
        wanted = k
        while True:
            wanted = min(2 * wanted, most)
            rows, scores = self._compared(one, max(wanted, 1), allowed)
            found = len(rows)
            if found <= k:
                return rows, scores
            edge = scores[k - 1]
            if wanted == most or scores[-1] < edge:
                kept = int(np.count_nonzero(scores >= edge))
                return rows[:kept], scores[:kept]

    def _compared(self, one: Vectors, k: int, allowed: Rows | None) -> tuple[Rows, Vectors]:
        """Return the ``k`` best by exact inner product; FAISS pads with row -1, cut here."""
        scores = np.empty(k, dtype=np.float32)
        rows = np.empty(k, dtype=np.int64)
        selector = None
        if allowed is not None:
            chosen = np.ascontiguousarray(allowed, dtype=np.int64)
            selector = faiss.IDSelectorArray(len(chosen), faiss.swig_ptr(chosen))
        pointers = [faiss.swig_ptr(array) for array in (one, self._rows, scores, rows)]
        question, held, *out = pointers
        _FAISS.knn_inner_product(question, held, self.dim, 1, len(self), k, *out, selector)
        found = int(np.count_nonzero(rows >= 0))
        return rows[:found], scores[:found]


def _cells(folder: Path) -> Any:
    return faiss.read_index(str(folder / APPROXIMATE), faiss.IO_FLAG_MMAP_IFC)


def _write_approximate(folder: Path) -> None:
    """Train on an even sample of the rows and add all, a block at a time."""
    rows: Vectors = arrays.mapped(folder / NAME)
    cells = min(MOST_CELLS, 4 * int(len(rows) ** 0.5))
    index = faiss.index_factory(rows.shape[1], f"IVF{cells},SQ8", faiss.METRIC_INNER_PRODUCT)
    step = max(1, len(rows) // (_TRAINING_ROWS_A_CELL * cells))
    index.train(np.ascontiguousarray(rows[::step]))
    for start in range(0, len(rows), arrays.BLOCK):
        index.add(np.ascontiguousarray(rows[start : start + arrays.BLOCK]))
    try:
        faiss.write_index(index, str(folder / APPROXIMATE))
    except RuntimeError as error:  # FAISS's word for a full disk
        raise OSError(str(error).splitlines()[0]) from error
