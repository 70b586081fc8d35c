"""Arrays written block by block and read as memory maps; knows nothing of what they hold."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

BLOCK = 1 << 16
"""Rows that are in memory at once while an array is copied."""


def save(
    path: Path, shape: tuple[int, ...], kind: DTypeLike, blocks: Iterable[NDArray[Any]]
) -> None:
    """Write ``blocks``, one after the other, as one ``.npy`` file of ``shape``.

    Not through a memory map: a full disk would kill the process instead of raising OSError.

    Raises:
        ValueError: the blocks do not fill ``shape``.
    """
    dtype, written = np.dtype(kind), 0
    with path.open("wb") as file:
        head = {
            "descr": np.lib.format.dtype_to_descr(dtype),
            "fortran_order": False,
            "shape": shape,
        }
        np.lib.format.write_array_header_1_0(file, head)
        for block in blocks:
            file.write(np.ascontiguousarray(block, dtype=dtype).tobytes())
            written += block.size
    if written != int(np.prod(shape)):
        raise ValueError(f"{path}: {written} values for shape {shape}")


def mapped(path: Path) -> NDArray[Any]:
    """Return the array of a ``.npy`` file, read from the disk as it is used.

    Raises:
        OSError, ValueError: it cannot be read.
    """
    try:
        return np.asarray(np.lib.format.open_memmap(path, mode="r"))
    except (SyntaxError, TokenError, TypeError, OverflowError, MemoryError) as error:
        raise ValueError(f"its head is damaged: {error}") from error
