"""Which answer is being written on which page, and how its reader ended it; knows no Gradio.

An answer that its reader ends is ended by whoever writes it, and by nobody else: two writers of
one page would leave what came last, not what was meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto


class Ending(Enum):
    """How a reader ended an answer that was being written."""

    STOPPED = auto()
    ASKED_ON = auto()
    LEFT = auto()


@dataclass
class Writer:
    """One answer being written.

    Attributes:
        ending: None while the reader waits for it.
    """

    ending: Ending | None = None

    def is_ended(self) -> bool:
        """Whether to write no more of it."""
        return self.ending is not None


class Writers:
    """The answers being written, the newest of each page."""

    def __init__(self) -> None:
        self._writers: dict[str, Writer] = {}

    @contextmanager
    def writing(self, page: str) -> Iterator[Writer]:
        """Count as writing on ``page``; whoever wrote there before is to end."""
        self.end(page, Ending.ASKED_ON)
        writer = self._writers[page] = Writer()
        try:
            yield writer
        finally:
            if self._writers.get(page) is writer:
                del self._writers[page]

    def end(self, page: str, ending: Ending) -> bool:
        """Tell the writer on ``page`` how to end; False where nothing is being written."""
        writer = self._writers.get(page)
        if writer is None:
            return False
        writer.ending = writer.ending or ending
        return True
