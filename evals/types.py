"""The nouns of evaluation, as frozen values: what is asked and what is known to be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from assistant.types import Status


@dataclass(frozen=True, slots=True)
class Gold:
    """A place that answers a question.

    Attributes:
        source: the document, as the suite names it.
        quote: verbatim but for white space; empty when the whole document is gold (BEIR).
        occurrence: which of several equal places, from 1; None where there is only one.
        doc_id: of the held document; empty until resolved.
        start, end: half-open offsets into the held document's text; 0, 0 until resolved.
    """

    source: str
    quote: str
    occurrence: int | None = None
    doc_id: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """One earlier message that a suite gives as history."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One known answer: a question, a turn of a conversation, or a hostile input.

    Attributes:
        groups: indexes into ``gold``; any one of a group will do, a complete answer needs
            every group. One group of everything where the suite names none.
        facts: what the answer must say, alternatives separated by " / ".
        exact_facts: True when ``facts`` are short and machine-checkable; False for nuggets
            in prose, which are matched leniently.
        statuses: the acceptable ones; empty when any will do (hostile inputs).
        authority: the one authority that the question names, None for none or several.
        conversation: id of the conversation that this is a turn of, None outside one.
        turn: from 1; 1 outside a conversation.
        hostile: True for inputs that are only to be survived.
        file, line: where the suite says so, for messages.
        documents: sources, or source → doc_id, that the question was written for.
        as_of: ISO date up to which documents were known when it was written.
    """

    id: str
    question: str
    category: str
    gold: tuple[Gold, ...] = ()
    groups: tuple[tuple[int, ...], ...] = ()
    facts: tuple[str, ...] = ()
    exact_facts: bool = True
    statuses: tuple[Status, ...] = ()
    authority: str | None = None
    answer: str = ""
    notes: str = ""
    history: tuple[Said, ...] = ()
    standalone: str | None = None
    conversation: str | None = None
    turn: int = 1
    hostile: bool = False
    must_not_contain: tuple[str, ...] = ()
    no_overlap: bool = False
    file: str = ""
    line: int = 0
    documents: tuple[tuple[str, str], ...] = ()
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Suite:
    """Known answers, in the order of their files.

    Attributes:
        units: what is asked by itself: one question, or the turns of one conversation.
        sha256: of the file's bytes; for a folder of the lines "<sha256>  <name>".
    """

    name: str
    sha256: str
    units: tuple[tuple[Question, ...], ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions and turns, in order."""
        return tuple(question for unit in self.units for question in unit)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a suite.

    Attributes:
        line: from 1, 0 when it concerns the whole file.
        warning: True when the suite can be run all the same.
    """

    file: str
    line: int
    message: str
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.message}"
