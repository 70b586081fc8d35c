"""Carries what a slow iterator gives to a reader, and says what is happening in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from threading import Event
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from assistant.service.cancellation import awaited

T = TypeVar("T")
_LOOK_EVERY_S = 0.25
_END = object()


async def pumped(
    items: Generator[T],
    meanwhile: Callable[[], T | None],
    ended: Callable[[], bool],
    threads: CapacityLimiter,
) -> AsyncGenerator[T]:
    """Run ``items`` in threads, one item at a time.

    Args:
        items: closed when the caller stops listening.
        meanwhile: something new to say while the next item is not there yet, else None.
        ended: whether nobody wants the rest; looked at four times a second.
        threads: how many such iterators may run.
    """
    step: asyncio.Future[object] | None = None
    gone = Event()
    try:
        while True:
            step = asyncio.ensure_future(_next(items, threads, gone))
            while not step.done():
                await asyncio.wait({step}, timeout=_LOOK_EVERY_S)
                if ended():
                    return
                if not step.done() and (said := meanwhile()) is not None:
                    yield said
            item = step.result()
            if item is _END:
                return
            yield item  # type: ignore[misc]
    finally:
        gone.set()
        if step is not None and not step.done():
            step.add_done_callback(lambda last: _closed(items, last))
        else:
            items.close()


def _closed(items: Generator[T], last: asyncio.Future[object]) -> None:
    """Close ``items`` after a last step whose outcome nobody waits for."""
    if not last.cancelled():
        last.exception()
    items.close()


async def _next(items: Generator[T], threads: CapacityLimiter, gone: Event) -> object:
    return await to_thread.run_sync(awaited, gone, lambda: next(items, _END), limiter=threads)
