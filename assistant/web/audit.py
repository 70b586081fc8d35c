"""One line for each question that was asked: who, what became of it and how long it took.

The question's text is left out unless the settings ask for it.
"""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from assistant.web.session import Exchange

NAME = "audit.log"
_MAX_BYTES = 10_000_000
_FILES = 9
_audit = logging.getLogger("assistant.audit")


def note(who: str, exchange: Exchange, elapsed_s: float, text: bool = False) -> None:
    """Write the line of one question, with its ``text`` only where that is asked for."""
    status = exchange.answer.status if exchange.answer else "failed"
    cited = len(exchange.answer.citations) if exchange.answer else 0
    asked = f" question={exchange.question!r}" if text else ""
    _audit.info(
        "asked who=%r status=%s cited=%d ms=%.0f%s", who, status, cited, elapsed_s * 1000, asked
    )


def keep_audit(folder: Path) -> None:
    """Write audit lines to files in ``folder``, at most 100 MB of them."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NAME
    path.touch(mode=0o600)
    handler = RotatingFileHandler(path, maxBytes=_MAX_BYTES, backupCount=_FILES, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    _audit.setLevel(logging.INFO)
    _audit.propagate = False
    _audit.addHandler(handler)
