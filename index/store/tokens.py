"""Token vectors of one segment in two memory-mapped files; compares nothing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.ports import Tokens

NAMES = ("tokens.npy", "token_offsets.npy")


def write(folder: Path, passages: Iterable[Tokens], dim: int) -> None:
    """Write int8 arrays of shape (n_tokens, dim), one a passage, in row order."""
    lengths = []
    with (folder / NAMES[0]).open("wb") as file:
        for tokens in passages:
            file.write(np.ascontiguousarray(tokens, dtype=np.int8).tobytes())
            lengths.append(len(tokens))
    offsets = np.cumsum([0, *lengths], dtype=np.int64)
    np.save(folder / NAMES[1], np.concatenate([[dim], offsets]).astype(np.int64))


class TokenFile:
    """One segment's token vectors, read as they are asked for.

    Raises:
        IndexDamaged: the files are missing or do not fit together.
    """

    def __init__(self, folder: Path) -> None:
        try:
            with (folder / NAMES[1]).open("rb") as file:
                dim, *_ = head = np.load(file, allow_pickle=False)
            self._offsets: NDArray[np.int64] = head[1:]
            size = (folder / NAMES[0]).stat().st_size
            shape = (int(self._offsets[-1]), int(dim))
            if size != shape[0] * shape[1]:
                raise ValueError(f"{size} bytes where {shape[0] * shape[1]} should be")
            if (np.diff(self._offsets) < 0).any():
                raise ValueError("offsets are out of order")
            self._rows: NDArray[np.int8] = (
                np.memmap(folder / NAMES[0], dtype=np.int8, mode="r", shape=shape)
                if size
                else np.zeros(shape, dtype=np.int8)
            )
        except (OSError, EOFError, TypeError, ValueError, IndexError, BadZipFile) as error:
            raise IndexDamaged(
                f"the token vectors in {folder} cannot be read ({error}): run "
                "'assistant index build' to make the index anew"
            ) from error

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @property
    def dim(self) -> int:
        """Width of the vectors."""
        return int(self._rows.shape[1])

    def row(self, row: int) -> Tokens:
        """Return int8, shape (n_tokens, dim), of one passage."""
        return np.asarray(self._rows[self._offsets[row] : self._offsets[row + 1]])
