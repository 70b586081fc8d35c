"""One writer at a time; readers need no lock."""

from __future__ import annotations

import fcntl
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from index.errors import AssistantError, IndexLocked, UsageError

NAME = "lock"


@contextmanager
def writing(folder: Path, wait_s: float = 10.0) -> Iterator[None]:
    """Hold the index folder for writing; the system lets go when the process dies.

    Args:
        folder: the index folder, made where there is none.
        wait_s: seconds to wait for another writer.

    Raises:
        IndexLocked: another process still writes after ``wait_s``; names it.
        UsageError: nothing can be written in ``folder``.
        AssistantError: writing failed on the way, for want of room for instance.
    """
    with _lock_file(folder) as file:
        deadline = time.monotonic() + wait_s
        while not _taken(file.fileno()):
            if time.monotonic() >= deadline:
                file.seek(0)
                holder = file.read().strip() or "unknown"
                raise IndexLocked(
                    f"process {holder} is writing to the index in {folder}: wait until it has "
                    "finished, or stop it, and try again"
                )
            time.sleep(0.1)
        try:
            os.ftruncate(file.fileno(), 0)
            os.write(file.fileno(), f"{os.getpid()}\n".encode())
            yield
        except (OSError, sqlite3.Error) as error:
            raise AssistantError(
                f"the index in {folder} could not be written ({error}): readers still see the old "
                "one. Make room on the disk, or mend its permissions, and run the same again"
            ) from error


def _lock_file(folder: Path) -> TextIO:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return (folder / NAME).open("a+", encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"no index can be written to {folder} ({error.strerror}): name a folder that you may "
            "write to with --index or ASSISTANT_INDEX"
        ) from error


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
