"""Join and count as English does."""

from __future__ import annotations


def listed(items: list[str], by: str = "and") -> str:
    """Join as a reader would: ``A, B and C``; by another word, ``A, B or C``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {by} {items[-1]}"


def count(number: int, one: str, many: str | None = None) -> str:
    """Return ``1 document``, ``2 documents``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
