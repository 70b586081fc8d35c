"""Reads the first line of a reply: whether the model finds that the evidence answers.

The line is one of four that the prompt names; a reply without it is taken to answer.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.types import Status


class Tag(StrEnum):
    """What the first line may say."""

    ANSWERED = "ANSWERED"
    PARTLY = "PARTLY"
    NOT_STATED = "NOT STATED"
    OTHERWISE = "OTHERWISE"


STATUSES = {
    Tag.ANSWERED: Status.ANSWERED,
    Tag.PARTLY: Status.PARTIAL,
    Tag.NOT_STATED: Status.NOT_STATED,
    Tag.OTHERWISE: Status.PREMISE_CONTRADICTED,
}
_LINE = re.compile(rf"[\s*_#`\"]*({'|'.join(Tag)})\b[\s*_`\".:–—-]*", re.IGNORECASE)
_LONGEST = 300
"""Characters of a first line; a longer one is text."""


class FirstLine:
    """The first line of a reply that comes in pieces.

    Invariant: what ``feed`` and ``finish`` give, put together, is the reply after the tag.

    Attributes:
        status: what the tag says; ``ANSWERED`` without one.
        lacking: what the model says is not answered; empty where it names nothing.
    """

    def __init__(self) -> None:
        self.status = Status.ANSWERED
        self.lacking = ""
        self._held: str | None = ""

    def feed(self, piece: str) -> str:
        """Take a piece; returns what follows the first line so far."""
        if self._held is None:
            return piece
        self._held += piece
        line, end, _ = self._held.lstrip().partition("\n")
        return self.finish() if end or len(line) > _LONGEST else ""

    def finish(self) -> str:
        """Return what was held back, when the reply has ended."""
        held, self._held = self._held or "", None
        line, end, rest = held.lstrip().partition("\n")
        match = _LINE.match(line)
        if match is None or len(line) > _LONGEST:
            return held
        tag = Tag(match.group(1).upper())
        self.status = STATUSES[tag]
        said = line[match.end() :].strip(' *_`"')
        if tag is Tag.PARTLY:
            self.lacking = said
            said = ""
        return f"{said}{end}{rest}"
