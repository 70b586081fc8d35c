"""Reads files in a child process, which may take neither more memory nor more time than it has.

A file that hangs, takes all memory or ends the process is one file that cannot be read: it is
named, and the next is read by a new process. The child is started afresh, not forked, so that a
server with threads may do it.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from index.building.files import Found
from index.building.loading_worker import CPU_S, MEMORY_BYTES, OUT_OF_MEMORY
from index.errors import LoadError
from index.store.codec import parse
from index.types import Document

WALL_S = 300.0
"""Seconds that a reply is waited for where the machine, or its disk, gives the process no time."""

_LONGEST_REPLY = 300_000_000
_START = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); {}"
_RUN = "from index.building.loading_worker import main; main()"
_HARM = "damaged, or made to do harm"
_TOO_LONG = f"takes longer than {CPU_S:.0f} seconds to read: {_HARM}"
_TOO_MUCH = f"needs more than {MEMORY_BYTES // 1_000_000} MB of memory to read: {_HARM}"
_NO_ROOM = (OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGTRAP, -signal.SIGKILL)
"""How the child ends that is given no more memory, by Python, by C++, by PDFium, by the system."""


class LoadingProcess:
    """The child process that reads files as documents; started with the first of them.

    Safe for many threads, which it serves one after the other.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> LoadingProcess:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process; the next ``load`` starts another."""
        with self._lock:
            self._end()

    def load(self, found: Found) -> Document:
        """Read one file as a document.

        Raises:
            LoadError: it cannot be read, or not within the limits; says why.
        """
        request = {"path": str(found.path), "source": found.source, "sidecar": found.sidecar}
        with self._lock:
            try:
                reply = self._asked(json.dumps(request).encode() + b"\n")
            except _Ended as error:
                raise LoadError(found.source, self._why(error)) from error
            except BaseException:  # an interrupt: a reply that nobody waits for must not stay
                self._end()
                raise
            if reply["worn"]:
                self._end()
        if "reason" in reply:
            raise LoadError(found.source, reply["reason"])
        return parse(Document, reply["document"])

    def _asked(self, request: bytes) -> dict[str, Any]:
        child = self._running()
        assert child.stdin
        assert child.stdout
        try:
            child.stdin.write(request)
            child.stdin.flush()
        except BrokenPipeError as error:
            raise _Ended from error
        deadline = time.monotonic() + WALL_S
        size = int.from_bytes(_read(child.stdout.fileno(), 8, deadline), "big")
        if size > _LONGEST_REPLY:
            raise _Ended("holds more text than can be read")
        reply: dict[str, Any] = json.loads(_read(child.stdout.fileno(), size, deadline))
        return reply

    def _running(self) -> subprocess.Popen[bytes]:
        if self._child is None or self._child.poll() is not None:
            self._end()
            self._child = subprocess.Popen(
                [sys.executable, "-c", _START.format(_RUN), json.dumps(_import_path())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self._child

    def _why(self, error: _Ended) -> str:
        """End the process, and say what of the file ended its reading."""
        child = self._child
        with suppress(subprocess.TimeoutExpired):
            if child is not None and not error.args:
                child.wait(timeout=30)
        status = child.poll() if child is not None else None
        self._end()
        if error.args:
            return str(error)
        if status == -signal.SIGPROF:
            return _TOO_LONG
        if status in _NO_ROOM:
            return _TOO_MUCH
        return f"ends the process that reads it (status {status}): {_HARM}"

    def _end(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.communicate()
            self._child = None


class _Ended(Exception):  # an outcome with a reason, not a failure of ours
    """The child ended, or did not answer in time; the reason where it is known."""


def _read(handle: int, size: int, deadline: float) -> bytes:
    """Read ``size`` bytes of a reply."""
    parts: list[bytes] = []
    waiting = select.poll()
    waiting.register(handle, select.POLLIN)
    while size:
        if not waiting.poll(max(0, deadline - time.monotonic()) * 1000):
            raise _Ended(f"could not be read within {WALL_S:.0f} seconds: try again")
        part = os.read(handle, min(size, 1 << 20))
        if not part:
            raise _Ended
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _import_path() -> list[str]:
    return [str(Path(place).absolute()) for place in sys.path]
