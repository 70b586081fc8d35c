"""Limit a streamed answer to ten updates a second."""

from __future__ import annotations

import time
from collections.abc import Iterator

from assistant.types import Answer

_PAUSE_S = 0.1


def paced(answers: Iterator[Answer]) -> Iterator[Answer]:
    """Let at most ten growing answers a second through, and always the last."""
    last_s, held_back = 0.0, None
    for answer in answers:
        held_back = answer
        if time.monotonic() - last_s >= _PAUSE_S:
            last_s, held_back = time.monotonic(), None
            yield answer
    if held_back is not None:
        yield held_back
