"""The child process that reads files: the only one that touches what others have made.

It takes one request a line on its standard input and writes one reply to the descriptor that
was its standard output, so that nothing a library prints gets between them. It is started by
``loading_process`` and ends when its input does.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path

from index.building.documents import load
from index.building.files import Found
from index.errors import LoadError
from index.store.codec import dump
from index.types import Document

MEMORY_BYTES = 1_000_000_000
"""Address space that reading a file may take."""

CPU_S = 15.0
"""Seconds of processor time that reading a file may take: 300 full pages need two, on a slow and
busy machine nine."""

OUT_OF_MEMORY = 3
"""Exit status where a reader ran out of ``MEMORY_BYTES``."""

_WORN_KB = 400_000
"""Peak memory from which on the process is replaced: what is left would be too little."""


def main() -> None:
    """Answer requests until there are no more."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for line in sys.stdin.buffer:
        signal.setitimer(signal.ITIMER_PROF, CPU_S)  # its signal ends the process, in any library
        try:
            reply = json.dumps(_reply(json.loads(line))).encode()
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        signal.setitimer(signal.ITIMER_PROF, 0)
        replies.write(len(reply).to_bytes(8, "big") + reply)
        replies.flush()


def _reply(request: dict[str, object]) -> dict[str, object]:
    """Read one file: ``document`` holds it, or ``reason`` says why it cannot be read."""
    sidecar = request["sidecar"]
    row = dict(sidecar) if isinstance(sidecar, dict) else None
    found = Found(Path(str(request["path"])), str(request["source"]), row)
    reply: dict[str, object] = {}
    try:
        reply["document"] = dump(Document, load(found))
    except LoadError as error:
        reply["reason"] = error.reason
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - one file must not end the reading of the others
        reply["reason"] = f"cannot be read ({type(error).__name__}: {error}); report this file"
    reply["worn"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > _WORN_KB
    return reply
