"""Read the newest lines of files that only grow, within limits; a damaged line is counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

MOST_LINES = 50_000
MOST_BYTES = 16_000_000
"""What is read of the files at most, however long their lines are."""
T = TypeVar("T")


@dataclass(frozen=True)
class Newest(Generic[T]):
    """What was read.

    Attributes:
        records: of the lines that are wanted, oldest first.
        lines: how many lines were read.
        damaged: how many of them could not be understood.
        cut: whether there are older lines, which were not read.
        problem: why not all could be read ("Permission denied"), empty where it could.
    """

    records: tuple[T, ...] = ()
    lines: int = 0
    damaged: int = 0
    cut: bool = False
    problem: str = ""


def read_newest(
    paths: Sequence[Path],
    parsed: Callable[[str], T | None],
    most_lines: int = MOST_LINES,
    most_bytes: int = MOST_BYTES,
) -> Newest[T]:
    """Return what the newest lines hold; files that are not there hold nothing.

    Args:
        paths: the newest file first.
        parsed: makes a record of a line, None of one that is not wanted; raises ``ValueError``
            where it is damaged.
        most_lines: how many lines are read.
        most_bytes: how many bytes are.
    """
    lines: list[bytes] = []
    cut, problem = False, ""
    try:
        cut = _gather(lines, paths, most_lines, most_bytes)
    except OSError as error:
        problem = error.strerror or "it cannot be read"
    records, damaged = [], 0
    for line in reversed(lines):
        try:
            record = parsed(line.decode("utf-8"))
        except ValueError:
            damaged += 1
            continue
        if record is not None:
            records.append(record)
    return Newest(tuple(records), len(lines), damaged, cut, problem)


def _gather(lines: list[bytes], paths: Sequence[Path], most_lines: int, most_bytes: int) -> bool:
    """Add the newest lines to ``lines``, newest first; returns whether there are others."""
    for path in paths:
        try:
            with path.open("rb") as file:
                size = file.seek(0, 2)
                start = max(0, size - most_bytes)
                file.seek(start)
                block = file.read(size - start)
        except FileNotFoundError:
            continue
        whole = block.split(b"\n")[1 if start else 0 :]  # the first may begin in its middle
        filled = [line for line in reversed(whole) if line.strip()]
        room = most_lines - len(lines)
        lines += filled[:room]
        most_bytes -= len(block)
        if start or len(filled) > room:
            return True
    return False
