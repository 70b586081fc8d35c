"""Log a line for each question that was asked: who, what became of it and how long it took.

The question's text is left out unless the settings ask for it. What is added to the documents from
the page, corrected there or removed has a line too.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path

from assistant.errors import GivenUpError
from assistant.types import Answer
from index.errors import UsageError

NAME = "audit.log"
_MAX_BYTES = 10_000_000
_FILES = 9
_audit = logging.getLogger("assistant.audit")


@dataclass
class Outcome:
    """What became of a question; filled in while it is answered.

    Attributes:
        status: an answer's, or one of ``searched``, ``stopped`` and ``failed``.
        cited: number of citations.
    """

    status: str = "failed"
    cited: int = 0

    def is_answer(self, answer: Answer) -> None:
        """Take over an answer."""
        self.status, self.cited = answer.status, len(answer.citations)


@dataclass(frozen=True, slots=True)
class Audit:
    """Writes the lines.

    Attributes:
        text: whether they hold the question.
    """

    text: bool = False

    @contextmanager
    def noting(self, who: str, question: str) -> Iterator[Outcome]:
        """Note a question when it has ended, however it did."""
        outcome, began_s = Outcome(), time.monotonic()
        try:
            yield outcome
        except (GeneratorExit, GivenUpError):
            outcome.status = "stopped"
            raise
        except BaseException:
            outcome.status = "failed"
            raise
        finally:
            asked = f" question={question!r}" if self.text else ""
            _audit.info(
                "asked who=%r status=%s cited=%d ms=%.0f%s",
                who, outcome.status, outcome.cited, (time.monotonic() - began_s) * 1000, asked,
            )  # fmt: skip

    def note_document(self, who: str, what: str, doc_id: str) -> None:
        """Note what was done with a document ("added")."""
        _audit.info("%s who=%r document=%s", what, who, doc_id)


def audit_files(folder: Path) -> list[Path]:
    """Return where ``keep_audit`` writes, the newest file first; not all need be there."""
    return [folder / NAME, *(folder / f"{NAME}.{n}" for n in range(1, _FILES + 1))]


def keep_audit(folder: Path) -> None:
    """Write audit lines to files in ``folder``, at most 100 MB of them.

    Raises:
        UsageError: nothing can be written there.
    """
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        handler = RotatingFileHandler(
            path, maxBytes=_MAX_BYTES, backupCount=_FILES, encoding="utf-8"
        )
    except OSError as error:
        raise UsageError(
            f"nothing can be kept in {folder} ({error.strerror}): name a folder that you may write "
            "to with ASSISTANT_KEPT"
        ) from error
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    _audit.setLevel(logging.INFO)
    _audit.propagate = False
    _audit.addHandler(handler)
