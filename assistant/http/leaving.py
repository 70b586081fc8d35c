"""Notices that a caller has gone while their question is being answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.requests import Request


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


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
