"""Tell whoever works on an answer that nobody waits for it any more.

The edges set it, where they learn that a caller has gone; what waits for something slow (a
language model) looks at it. It is carried by the context of the call, not by its arguments.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from threading import Event
from typing import TypeVar

T = TypeVar("T")
_GONE: ContextVar[Event | None] = ContextVar("gone", default=None)


def awaited(gone: Event, call: Callable[[], T]) -> T:
    """Return what ``call`` returns; while it works, ``is_gone`` tells whether ``gone`` is set."""
    token = _GONE.set(gone)
    try:
        return call()
    finally:
        _GONE.reset(token)


def is_gone() -> bool:
    """Say whether nobody waits for what is being worked on here."""
    gone = _GONE.get()
    return gone is not None and gone.is_set()
