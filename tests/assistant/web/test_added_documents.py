"""Fifty documents added in turn leave nothing behind that grows (``tests/e2e/load.py --uploads``
prints the memory of a whole server meanwhile).
"""

import gc
import os
import threading
from collections import Counter
from contextlib import suppress
from pathlib import Path

import pytest

from assistant.web import added_documents
from assistant.web.added_documents import State
from index.building import builder
from index.store import manifest
from index.store.collection import Collection
from tests.adding_place import Place
from tests.fakes import ReadHere, letter

UPLOADS, AT_ONCE = 50, 10
MOST_GROWN_BYTES = 20_000_000


@pytest.fixture
def place(tmp_path, monkeypatch):
    for reading in (added_documents, builder):
        monkeypatch.setattr(reading, "LoadingProcess", ReadHere)
    return Place(tmp_path)


def opened():
    """The files that this process has open."""
    for number in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):
            yield number.readlink()


def left_by(place):
    """Indexes, threads and files that are open beside those of the index as it is now."""
    gc.collect()
    now = {entry.name for entry in manifest.read(place.index).segments}
    beside = [path for path in opened() if path.parent.name not in now or not path.exists()]
    indexes = sum(issubclass(type(one), Collection) for one in gc.get_objects())
    return indexes, threading.active_count(), len(beside)


def memory_bytes():
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_fifty_uploads_leave_nothing_open_and_memory_flat(place):
    seen = []
    for first in range(100, 100 + UPLOADS, AT_ONCE):
        place.add(*((f"{n}.txt", letter(n).encode()) for n in range(first, first + AT_ONCE)))
        seen.append((left_by(place), memory_bytes()))
    batches = place.adding._batches.values()
    assert Counter(e.state for batch in batches for e in batch.entries) == {State.ADDED: UPLOADS}
    left, memory = zip(*seen, strict=True)
    # what tests before left may end meanwhile; nothing may come to stay
    assert all(max(counts) == counts[0] for counts in zip(*left, strict=True)), left
    warm = memory[1:]  # the first batch loads what encodes
    assert max(warm) - warm[0] < MOST_GROWN_BYTES, memory
