"""What ``assistant chat`` loads while the reader's browser opens the page."""

from __future__ import annotations

from threading import Event

import pytest

from assistant.cli import chat


class _Stopped:
    """An answerer whose pools were stopped with the server."""

    def answer(self, ask: object) -> None:
        raise RuntimeError("cannot schedule new futures after shutdown")


def test_what_is_stopped_while_it_is_loaded_ends_quietly() -> None:
    stopped = Event()
    stopped.set()
    chat._warm(_Stopped(), stopped)  # type: ignore[arg-type]


def test_what_fails_while_the_server_runs_is_not_hidden() -> None:
    with pytest.raises(RuntimeError, match="futures"):
        chat._warm(_Stopped(), Event())  # type: ignore[arg-type]
