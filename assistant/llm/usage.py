"""What one call of a language model used, and how a stream of text says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, TypeVar, runtime_checkable

N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True)
class Usage:
    """What a reply used; None where the model does not say.

    Attributes:
        tokens: of prompt and reply together.
        cost_usd: US dollars.
    """

    tokens: int | None = None
    cost_usd: float | None = None

    def __add__(self, other: Usage) -> Usage:
        """Add up two calls; what only one of them knows is kept."""
        return Usage(
            _sum(self.tokens, other.tokens),
            _sum(self.cost_usd, other.cost_usd),
        )


@runtime_checkable
class Metered(Protocol):
    """A stream of pieces that knows, once it has ended, what it used."""

    @property
    def usage(self) -> Usage:
        """Complete after the last piece; before that, what is known so far."""


def usage_of(stream: Iterator[str]) -> Usage:
    """Read what ``stream`` used; a plain iterator does not say."""
    return stream.usage if isinstance(stream, Metered) else Usage()


def _sum(left: N | None, right: N | None) -> N | None:
    if left is None or right is None:
        return right if left is None else left
    return left + right
