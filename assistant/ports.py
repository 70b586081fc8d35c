"""The seams of the answering half."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.types import Answer, Ask
from index.types import Query, Reading


@dataclass(frozen=True, slots=True)
class Message:
    """One message to a language model; ``role`` is ``system``, ``user`` or ``assistant``."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """All that is known about a question before anything is written.

    Attributes:
        standalone: the question as understood with its history.
        extractive: the answer made of quotes alone.
        readings: the passages read for it, in order of retrieval.
        facts: what typed facts say about it, one line each; each rests on a passage that is
            among the readings or cited by ``extractive``.
        notes: what is to be said whoever writes the answer (nothing is held of the place itself).
    """

    ask: Ask
    standalone: str
    query: Query
    extractive: Answer
    readings: tuple[Reading, ...] = ()
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Briefer(Protocol):
    """Understands, retrieves, selects evidence and decides on refusing."""

    def brief(self, ask: Ask) -> Briefing:
        """Prepare everything for one question; never calls a language model."""


class Generator(Protocol):
    """A language model."""

    @property
    def name(self) -> str:
        """The model string, as the user set it."""

    @property
    def context_tokens(self) -> int:
        """Tokens that prompt and reply may have together."""

    def count_tokens(self, text: str) -> int:
        """Return the tokens of ``text``."""

    def stream(self, messages: Sequence[Message]) -> Iterator[str]:
        """Return pieces of the reply as they come; closing the iterator cancels the request.

        Raises:
            GenerationFailed: the model cannot be reached, refuses, or stops half-way.
        """


class Answerer(Protocol):
    """Questions in, answers out: what the page, the command line and the evals all use."""

    def answer(self, ask: Ask) -> Answer:
        """Answer one question; refusing is a status, never an exception."""

    def stream(self, ask: Ask) -> Iterator[Answer]:
        """Yield growing answers; the last one is what ``answer`` would have returned."""
