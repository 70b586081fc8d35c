"""Which numbers hold which term, and how often: one memory-mapped table; scores nothing.

It serves twice a segment: stems by passage for BM25, and words as written by document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.store import arrays

MOST_NUMBERS = 1 << 24
"""A posting is number * 256 + count, in 32 bits; counts above 255 are kept as 255."""
BLOCK = 1 << 20
"""Postings that are in memory at once while tables are joined."""

_SHIFT, _COUNT = np.uint32(8), np.uint32(255)
Packed = NDArray[np.uint32]
Mask = NDArray[np.bool_]


def names(name: str) -> tuple[str, str]:
    """Return the files of the table ``name``."""
    return f"{name}.npz", f"{name}.npy"


def write(folder: Path, name: str, bags: Sequence[Mapping[str, int]]) -> None:
    """Write the terms of ``bags`` with their counts; bag n has number n."""
    terms = sorted({term for bag in bags for term in bag})
    number = {term: n for n, term in enumerate(terms)}
    column = np.array([number[term] for bag in bags for term in bag], dtype=np.int64)
    counts = np.array([count for bag in bags for count in bag.values()], dtype=np.int64)
    holders = np.repeat(np.arange(len(bags)), [len(bag) for bag in bags])
    order = np.lexsort((holders, column))
    starts = np.searchsorted(column[order], np.arange(len(terms) + 1))
    _save(folder, name, terms, starts, iter([_packed(holders[order], counts[order])]), len(bags))


class Table:
    """An open table.

    Attributes:
        terms: all terms, sorted; each is held by at least one number.

    Raises:
        IndexDamaged: the files cannot be read or do not fit together.
    """

    def __init__(self, folder: Path, name: str) -> None:
        head, body = names(name)
        self._path = folder / head
        try:
            with self._path.open("rb") as raw, np.load(raw, allow_pickle=False) as file:
                self.terms = _unjoined(file["terms"])
                self._starts: NDArray[np.int64] = file["starts"]
                self._size = int(file["size"])
            self._postings: Packed = arrays.mapped(folder / body)
            if len(self._starts) != len(self.terms) + 1 or self._starts[-1] != len(self._postings):
                raise ValueError("its parts do not fit together")
        except (OSError, EOFError, TypeError, ValueError, KeyError, BadZipFile) as error:
            raise IndexDamaged(
                f"{folder / head} cannot be read ({error}): run 'assistant index build' to make "
                "the index anew"
            ) from error

    def __len__(self) -> int:
        return len(self._postings)

    def of(self, term: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Return numbers that hold ``term``, ascending, and how often each does (255 at most)."""
        n = self._number.get(term)
        part = self._postings[self._starts[n] : self._starts[n + 1]] if n is not None else _NONE
        return self._numbers(part), part & _COUNT

    def held_by(self, chosen: Mask) -> tuple[str, ...]:
        """Return terms that at least one of the ``chosen`` numbers (bool by number) holds."""
        if chosen.all() or not self.terms:
            return self.terms
        held = np.logical_or.reduceat(chosen[self._numbers(self._postings)], self._starts[:-1])
        return tuple(term for term, kept in zip(self.terms, held, strict=True) if kept)

    def _numbers(self, part: Packed) -> NDArray[np.uint32]:
        numbers: NDArray[np.uint32] = part >> _SHIFT
        if len(numbers) and int(numbers.max()) >= self._size:
            raise IndexDamaged(
                f"{self._path} names a passage that is not there: run 'assistant index build' to "
                "make the index anew"
            )
        return numbers

    @cached_property
    def _number(self) -> dict[str, int]:
        return {term: n for n, term in enumerate(self.terms)}

    @property
    def frequencies(self) -> NDArray[np.int64]:
        """Numbers that hold each term, in the order of ``terms``."""
        return np.diff(self._starts)

    def slice(self, first: int, last: int) -> Packed:
        """Return postings of the terms first, first + 1, … last - 1."""
        return self._postings[self._starts[first] : self._starts[last]]


def join(folder: Path, name: str, parts: Sequence[tuple[Table, NDArray[np.int64]]]) -> None:
    """Write the tables as one; a part's number n becomes ``map[n]``, or is left out where -1.

    The maps ascend from part to part. Memory does not grow with the number of postings.
    """
    terms = sorted({term for table, _ in parts for term in table.terms})
    number = {term: n for n, term in enumerate(terms)}
    columns = [np.array([number[t] for t in table.terms], dtype=np.int64) for table, _ in parts]
    held = np.zeros(len(terms), dtype=np.int64)
    for (table, _), column in zip(parts, columns, strict=True):
        held[column] += table.frequencies
    blocks = _blocks(held)
    left = np.zeros(len(terms), dtype=np.int64)
    for column, _ in _joined(parts, columns, blocks):
        left += np.bincount(column, minlength=len(terms))
    kept = np.flatnonzero(left)
    starts = np.concatenate([[0], np.cumsum(left[kept])])
    postings = (packed for _, packed in _joined(parts, columns, blocks))
    size = sum(int(np.count_nonzero(moves >= 0)) for _, moves in parts)
    _save(folder, name, [terms[n] for n in kept], starts, postings, size)


def _blocks(held: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Yield runs of terms that have about ``BLOCK`` postings together."""
    block = np.cumsum(held) // BLOCK
    cuts = [0, *(np.flatnonzero(np.diff(block)) + 1).tolist(), len(held)]
    return list(pairwise(cuts))


def _joined(
    parts: Sequence[tuple[Table, NDArray[np.int64]]],
    columns: Sequence[NDArray[np.int64]],
    blocks: Sequence[tuple[int, int]],
) -> Iterator[tuple[NDArray[np.int64], Packed]]:
    """Yield term numbers and postings, by term and then by number, a block of terms at a time."""
    for begin, end in blocks:
        found = [_moved(*part, c, begin, end) for part, c in zip(parts, columns, strict=True)]
        column = np.concatenate([terms for terms, _ in found])
        order = np.argsort(column, kind="stable")
        yield column[order], np.concatenate([packed for _, packed in found])[order]


def _moved(
    table: Table, moves: NDArray[np.int64], column: NDArray[np.int64], begin: int, end: int
) -> tuple[NDArray[np.int64], Packed]:
    first, last = np.searchsorted(column, [begin, end])
    postings = table.slice(first, last)
    terms = np.repeat(column[first:last], table.frequencies[first:last])
    numbers = moves[postings >> _SHIFT]
    kept = numbers >= 0
    return terms[kept], _packed(numbers[kept], (postings & _COUNT)[kept])


def _packed(numbers: NDArray[np.int64], counts: NDArray[np.integer]) -> Packed:
    if len(numbers) and int(numbers.max()) >= MOST_NUMBERS:
        raise ValueError(f"a segment holds fewer than {MOST_NUMBERS} passages")
    kept = np.minimum(counts, _COUNT).astype(np.uint32)
    packed: Packed = (numbers.astype(np.uint32) << _SHIFT) | kept
    return packed


def _save(
    folder: Path,
    name: str,
    terms: Sequence[str],
    starts: NDArray[np.int64],
    postings: Iterator[Packed],
    size: int,
) -> None:
    head, body = names(name)
    starts = starts.astype(np.int64)
    np.savez(folder / head, terms=_in_one(terms), starts=starts, size=np.int64(size))
    arrays.save(folder / body, (int(starts[-1]),), np.uint32, postings)


def _in_one(terms: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(terms).encode(), dtype=np.uint8)


def _unjoined(packed: NDArray[np.uint8]) -> tuple[str, ...]:
    return tuple(packed.tobytes().decode().split("\n")) if len(packed) else ()


_NONE = np.zeros(0, dtype=np.uint32)
