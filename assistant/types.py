"""The nouns of the answering half, as frozen values; no I/O."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from index.types import Filters, Hit, Identity, Query, Understood


class Status(StrEnum):
    """What became of a question. A refusal is an outcome, not an error."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_STATED = "not_stated"
    NOT_HELD = "not_held"
    PREMISE_CONTRADICTED = "premise_contradicted"
    AMBIGUOUS = "ambiguous"
    OUT_OF_SCOPE = "out_of_scope"
    INVALID = "invalid"


REFUSALS = frozenset({Status.NOT_STATED, Status.NOT_HELD, Status.OUT_OF_SCOPE, Status.INVALID})
"""Statuses that give the reader nothing but the reason why."""


class Role(StrEnum):
    """What a sentence of an answer does; ``ANSWER`` and ``QUOTE`` each need a citation."""

    FRAME = "frame"
    ANSWER = "answer"
    QUOTE = "quote"
    NOTE = "note"


class Placed(Protocol):
    """A place in a document: of a passage, a quote or a citation."""

    @property
    def page(self) -> int | None:
        """The page, from 1; None for a file without pages."""

    @property
    def paragraph(self) -> str | None:
        """The paragraph as printed, None where there is none."""

    @property
    def heading(self) -> str:
        """The heading above it, empty where there is none."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """The character after the last."""


class Quoted(Placed, Protocol):
    """One that knows its words."""

    @property
    def text(self) -> str:
        """The words, as they stand there."""


@dataclass(frozen=True, slots=True)
class Citation:
    """The exact place that a sentence rests on.

    Invariant: ``quote == document.text[start:end]``.

    Attributes:
        number: from 1, in order of first use.
        page: 1-based, None for a file without pages.
        paragraph: as printed, None where there is none.
    """

    number: int
    identity: Identity
    page: int | None
    paragraph: str | None
    heading: str
    start: int
    end: int
    quote: str

    @classmethod
    def of(cls, number: int, identity: Identity, place: Quoted) -> Citation:
        """Return the citation of a passage or quote."""
        where = place.page, place.paragraph, place.heading, place.start, place.end
        return cls(number, identity, *where, place.text)


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence (or line) of an answer.

    Attributes:
        citations: numbers of the citations that it rests on.
        supported: False when code could not tie it to what it cites.
        group: label of the letter that it stands under ("Stoke-on-Trent · Ofsted focused
            visit 4–5 Oct 2023, letter 8 Nov 2023"), None outside a group.
        more: True for what is folded away until the reader asks for more.
    """

    text: str
    role: Role
    citations: tuple[int, ...] = ()
    supported: bool = True
    group: str | None = None
    more: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What the reader gets, and every other consumer too.

    Attributes:
        text: the answer as Markdown, made from ``sentences``; markers like ``[1]``.
        nearest: shown with a refusal, or for sides of which none answers, marked as not
            answering; never cited.
        choices: authorities or inspections to choose from, with ``AMBIGUOUS``.
        notes: one sentence each (newest document held, what is missing, what was dropped).
        query: what was understood.
        hits: the passages that the answer was made from, best first; empty where facts made it.
        standalone: the question as understood with its history; equal to ``question``
            without one.
        counted: the question of which this tells the count, as it reads alone; empty for none.
        model: ``"extractive"`` or the language model's string.
        prompt_sha256: hash of the prompt files used, None without a language model.
        tokens, cost_usd: None without a language model, or where it does not say.
    """

    question: str
    status: Status
    text: str
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Hit, ...] = ()
    choices: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    query: Query | None = None
    hits: tuple[Hit, ...] = ()
    standalone: str = ""
    counted: str = ""
    model: str = "extractive"
    index_fingerprint: str = ""
    prompt_sha256: str | None = None
    elapsed_ms: float = 0.0
    tokens: int | None = None
    cost_usd: float | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation.

    Attributes:
        citations: ``doc_id`` and quote of what an assistant turn cited, where known.
        query: what the question was answered about, with it or with its answer; None where
            that is not known.
    """

    role: Literal["user", "assistant"]
    content: str
    citations: tuple[CitedBefore, ...] = ()
    query: Understood | None = None


@dataclass(frozen=True, slots=True)
class CitedBefore:
    """What an earlier answer cited: enough to know which letter and place was meant."""

    doc_id: str
    quote: str = ""
    authority: str | None = None
    dated: str | None = None

    @classmethod
    def of(cls, citation: Citation) -> CitedBefore:
        """Return what a later question needs of a citation."""
        identity = citation.identity
        dated = identity.dated.isoformat() if identity.dated else None
        return cls(identity.doc_id, citation.quote, identity.authority_name, dated)


@dataclass(frozen=True, slots=True)
class Ask:
    """A question put to an answerer: the whole of its input.

    Attributes:
        history: oldest first.
        k: number of passages retrieved for it, >= 1.
    """

    question: str
    history: Sequence[Turn] = ()
    filters: Filters = field(default_factory=Filters)
    k: int = 10
