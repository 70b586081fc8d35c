"""Keep a server open to new callers whatever the others do; knows no route.

A connection without a request is worth nothing to anyone: it is closed when its request's head
does not come in time, and earlier when its place is needed. So no number of silent connections
uses up what the process may hold open.
"""

from __future__ import annotations

import asyncio
import resource
import socket
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import h11
import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_S = 10.0
"""Seconds that a request's head may take."""
_REST_S = 5.0
"""Seconds that a caller may go on sending a body which was answered already."""
BACKLOG = 128
"""Connections accepted at one go, before any of them can be looked at."""
_MOST = 4_096
_FILES = 65_536


class Connection(H11Protocol):
    """One connection; ``most`` is how many there may be.

    Invariant: while a request's head is awaited, or the rest of an answered one, a timer runs
    that no byte sent puts off.
    """

    most: ClassVar[int] = _MOST

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take the connection, and make room for it."""
        super().connection_made(transport)
        self.began_s = self.loop.time()
        self._timer: asyncio.TimerHandle | None = None
        self._watch()
        make_room((one for one in self.connections if isinstance(one, Connection)), self.most)

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Wait for the next request, or for the end of a body that nobody reads."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget it."""
        self._stop()
        super().connection_lost(exc)

    @property
    def has_request(self) -> bool:
        """Whether a request's head has come and its answer has not ended."""
        return self.cycle is not None and not self.cycle.response_complete

    @property
    def has_body(self) -> bool:
        """Whether the request has come in whole."""
        return self.conn.their_state is not h11.SEND_BODY

    def _watch(self) -> None:
        if self.transport.is_closing():
            self._stop()
        elif not self.has_request and not self.has_body:
            self._run_for(_REST_S)
        elif not self.has_request and self.timeout_keep_alive_task is None:
            self._run_for(HEAD_S)
        else:
            self._stop()

    def _run_for(self, seconds: float) -> None:
        if self._timer is None:
            self._timer = self.loop.call_later(seconds, self.transport.abort)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


def make_room(connections: Iterable[Connection], most: int) -> None:
    """Close one connection where there are more than ``most``: the one that is missed least.

    The oldest without a request goes first, then the oldest whose request has not come in whole,
    then the newest.
    """
    held = sorted(
        (one for one in connections if not one.transport.is_closing()), key=lambda c: c.began_s
    )
    if len(held) <= most:
        return
    silent = (one for one in held if not one.has_request)
    halves = (one for one in held if not one.has_body)
    next(silent, next(halves, held[-1])).transport.abort()


def connection_class() -> type[Connection]:
    """Return the class for this process: as many connections as half the files that it may open.

    The limit of open files is raised as far as this process may raise it.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    if soft not in (resource.RLIM_INFINITY,) and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    files = _FILES if soft == resource.RLIM_INFINITY else soft
    made: dict[str, Any] = {"most": max(min(_MOST, files // 2), 1)}
    return type("LimitedConnection", (Connection,), made)


def server(app: FastAPI, started: Callable[[], None]) -> uvicorn.Server:
    """Return what serves ``app``, and calls ``started`` when an interrupt would be handled."""

    class Announcing(uvicorn.Server):
        """Says when it is ready."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                started()

    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        http=connection_class(),
        ws="none",
        backlog=BACKLOG,
        timeout_graceful_shutdown=3,
    )
    return Announcing(config)
