"""Stream the answer to a question to the page that asked it, one state of the page a line."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import aclosing
from dataclasses import replace
from threading import Event
from typing import TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter
from fastapi.requests import HTTPConnection, Request
from fastapi.responses import StreamingResponse
from markupsafe import escape

from assistant.service.cancellation import awaited
from assistant.web import handlers
from assistant.web.answer_view import conversation_html, current_html, sources_html
from assistant.web.open_pages import OpenPage, OpenPages, PageState
from assistant.web.parts import WebParts
from assistant.web.session import Conversation
from index.errors import NotFound

T = TypeVar("T")
_LOOK_EVERY_S = 0.25
_END = object()
_WRITTEN_AT_ONCE = 128
"""More than may wait for their turn, so that each reader is told their place in the line."""


def answer_routes(parts: WebParts, pages: OpenPages) -> APIRouter:
    """Make ``/answers/KEY``, where KEY is what the exchange of a new question names.

    With accounts, it is there for the one that asked the question alone.
    """
    router = APIRouter()
    threads = CapacityLimiter(_WRITTEN_AT_ONCE)

    @router.get("/answers/{key}")
    async def answer(key: str, request: Request) -> StreamingResponse:
        page = pages.asking(key, account(request))
        if page is None:
            raise NotFound("This question is not being answered here any more.")
        return StreamingResponse(
            lines(parts, page, key, asker(request), threads),
            media_type="application/x-ndjson",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return router


def asker(connection: HTTPConnection | None) -> str:
    """Who asks: the name signed in with, else the address."""
    scope = connection.scope if connection else {}
    return str(scope.get("assistant_user") or (scope.get("client") or ("",))[0])


def account(request: Request) -> str:
    """The name that is signed in, empty where nobody signs in."""
    return str(request.scope.get("assistant_user") or "")


async def lines(
    parts: WebParts, page: OpenPage, key: str, who: str, threads: CapacityLimiter
) -> AsyncGenerator[str]:
    """Write the answer to question ``key`` while the page waits for it; ends with its state."""
    complete = False
    async with aclosing(written(parts, page, key, who, threads)) as states:
        async for state in states:
            complete = state.conversation[-1].done
            yield f"{message(parts, state, whole=False)}\n"
    if not complete:
        yield f"{message(parts, page.state)}\n"


async def written(
    parts: WebParts, page: OpenPage, key: str, who: str, threads: CapacityLimiter
) -> AsyncGenerator[PageState]:
    """The states of the page as the answer to question ``key`` grows."""
    writer = page.claim(key)
    if not writer:
        return
    conversation = page.state.conversation
    ask = handlers.asking(conversation)
    answers = handlers.respond(parts, conversation, ask, who)
    place = handlers.queueing(parts, conversation, ask)
    growing = _streamed(answers, place, lambda: not page.is_writing(key, writer), threads)
    try:
        async with aclosing(growing):
            async for longer in growing:
                state = page.grow(key, writer, longer[-1])
                if state is None:
                    return
                if longer[-1].done:
                    state = replace(state, aside=handlers.keep(parts, who, longer))
                yield state
    finally:
        parts.turns.leave(ask)  # the reader stopped it, or went away


def message(parts: WebParts, state: PageState, whole: bool = True) -> str:
    """A state as the page's script takes it (JSON).

    Args:
        whole: False leaves out the earlier exchanges, which do not change as an answer grows,
            and until it is complete what is said beside it.
    """
    shown: Conversation = state.conversation
    told = {
        "revision": state.revision,
        "current": current_html(shown, parts),
        "sources": sources_html(shown),
    }
    if whole:
        told["earlier"] = conversation_html(shown, parts)
    if whole or shown[-1].done:
        told["aside"] = escape(state.aside)
    return json.dumps(told)


async def _streamed(
    items: Generator[T],
    meanwhile: Callable[[], T | None],
    ended: Callable[[], bool],
    threads: CapacityLimiter,
) -> AsyncGenerator[T]:
    """Run ``items`` in threads, one item at a time, and say what is happening in between.

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
