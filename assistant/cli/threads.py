"""How many threads a server's arithmetic uses."""

from __future__ import annotations

import os


def one_thread_a_text() -> None:
    """Let arithmetic libraries use one thread a question; many questions use the cores.

    Read when the libraries are loaded; with more threads they wait for each other, which costs
    about a quarter of an answer's time.
    """
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
