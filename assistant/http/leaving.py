"""Notices that a caller has gone while their question is being answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from anyio import CancelScope
from starlette.requests import Request

T = TypeVar("T")


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
