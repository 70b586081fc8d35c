"""How a build goes on, told on stderr: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.cli.output import say

if TYPE_CHECKING:
    from rich.progress import Progress, Task

    from index.building.plan import Progress as Port

_EVERY_S = 5.0
"""Seconds between two plain lines."""


@contextmanager
def progress() -> Iterator[Port]:
    """Return a ``Progress`` that suits where stderr goes."""
    if not sys.stderr.isatty():
        yield Lines()
        return
    with _bar() as bar:
        yield Bar(bar)


class Lines:
    """A line a stage, and one every few seconds with rate and time left."""

    def stage(self, name: str, total: int) -> None:
        """Begin a stage."""
        self._name, self._total, self._done = name, total, 0
        self._began = self._said = time.monotonic()
        say(f"{name}: {total}")

    def advance(self, steps: int) -> None:
        """Count, and tell where some time has passed."""
        self._done += steps
        now = time.monotonic()
        if now - self._said < _EVERY_S:
            return
        self._said = now
        rate = self._done / (now - self._began)
        left = (self._total - self._done) / rate if rate else 0
        say(f"{self._name}: {self._done} of {self._total}, {rate:.1f}/s, {left:.0f} s left")


class Bar:
    """A bar with rate and time left."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("", total=None)

    def stage(self, name: str, total: int) -> None:
        """Begin a stage."""
        self._bar.update(self._task, visible=False)
        self._task = self._bar.add_task(name, total=total)

    def advance(self, steps: int) -> None:
        """Move on."""
        self._bar.update(self._task, advance=steps)


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:.1f}/s" if task.speed else "")

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
