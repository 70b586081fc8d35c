"""Arithmetic on half-open character spans ``(start, end)``; nothing about documents."""

from __future__ import annotations

from collections.abc import Iterable

Pair = tuple[int, int]


def overlap(a: Pair, b: Pair) -> int:
    """Return characters that two spans share, 0 when they are apart."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def merged(spans: Iterable[Pair]) -> list[Pair]:
    """Return the same characters as disjoint spans in ascending order."""
    out: list[Pair] = []
    for start, end in sorted(spans):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def length(spans: Iterable[Pair]) -> int:
    """Return characters covered by disjoint spans."""
    return sum(end - start for start, end in spans)


def common(a: Iterable[Pair], b: Iterable[Pair]) -> int:
    """Return characters that lie in both of two sets of disjoint spans."""
    second = list(b)
    return sum(overlap(one, other) for one in a for other in second)
