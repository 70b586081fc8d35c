"""Work in a process of its own: its seconds by stage, and the memory that it held."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Cost:
    """What some work took.

    Attributes:
        before_mb, peak_mb, after_mb: resident memory that is not a file's (mapped files, which
            the system takes back when it needs room, are not counted).
    """

    seconds: float
    before_mb: float
    peak_mb: float
    after_mb: float


def apart(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run ``work`` in a new process; what it needs and gives must be picklable."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def costing(work: Callable[[], T]) -> tuple[T, Cost]:
    """Run ``work`` here and watch its memory, twenty times a second."""
    before, peak, done = memory_mb(), memory_mb(), threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, memory_mb())

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    try:
        found = work()
    finally:
        seconds = time.perf_counter() - began
        done.set()
        watcher.join()
    after = memory_mb()
    return found, Cost(seconds, before, max(peak, after), after)


def memory_mb() -> float:
    """Return resident memory of this process that is not a file's."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    return 0.0


class Clock:
    """Seconds by stage, of functions that are timed where they stand."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    @contextmanager
    def timing(self, *stages: tuple[str, Any, str]) -> Iterator[None]:
        """Time functions, given as (stage, owner, name), while the block runs."""
        kept = [(owner, name, getattr(owner, name)) for _, owner, name in stages]
        for stage, owner, name in stages:
            setattr(owner, name, self._timed(stage, getattr(owner, name)))
        try:
            yield
        finally:
            for owner, name, function in kept:
                setattr(owner, name, function)

    def _timed(self, stage: str, function: Callable[P, T]) -> Callable[P, T]:
        def timed(*args: P.args, **kwargs: P.kwargs) -> T:
            began = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds[stage] += time.perf_counter() - began

        return timed

    def __str__(self) -> str:
        return ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in self.seconds.items())
