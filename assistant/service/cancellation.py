"""Tell whoever works on an answer that nobody waits for it any more.

The edges set it, where they learn that a caller has gone; what waits for something slow (a
language model) looks at it. It is carried by the context of the call, not by its arguments.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from contextvars import ContextVar
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from anyio import CancelScope

if TYPE_CHECKING:
    from starlette.requests import Request

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


@asynccontextmanager
async def staying(request: Request | None, leave: Callable[[], None]) -> AsyncIterator[None]:
    """Call ``leave`` if the caller goes away meanwhile; their request was read in whole.

    Args:
        request: None where the caller cannot go without this server (over stdio).
        leave: called at most once.
    """
    if request is None:
        yield
        return
    watch = asyncio.create_task(_gone(request))
    watch.add_done_callback(lambda task: None if task.cancelled() else leave())
    try:
        yield
    finally:
        watch.cancel()


async def finishing(work: Coroutine[Any, Any, T], leave: Callable[[], None]) -> T:
    """Return what ``work`` returns; where the wait is cancelled, call ``leave`` and let it end.

    A thread cannot be cancelled: it is told, and what it works with is its own until it has ended.
    """
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        leave()
        with CancelScope(shield=True):
            await asyncio.wait({task})
        if not task.cancelled():
            task.exception()  # nobody is left to hear it
        raise


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
