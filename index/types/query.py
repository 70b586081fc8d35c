"""A question with what was understood from it, and what was found for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Generic, Literal, TypeVar

from index.types.document import Passage, Sentence
from index.types.identity import Identity, Issuer, Kind, Period

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the caller restricts a question to; empty means everything.

    Attributes:
        authorities, kinds, issuers: any one of each matches.
        from_date, to_date: inclusive; a document matches when its visit or its publication
            falls in the period.
        documents: ids, any one of which matches.
    """

    authorities: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    issuers: tuple[Issuer, ...] = ()
    from_date: date | None = None
    to_date: date | None = None
    documents: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()


@dataclass(frozen=True, slots=True)
class Mention(Generic[T_co]):
    """Something that a question names, with the words that said so.

    Attributes:
        words: the question's own words.
        certain: False where the words could mean something else or were misspelt.
    """

    value: T_co
    words: str
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """A question and what was understood from it.

    Attributes:
        question: as asked.
        topic: the question without the held authorities it names.
        subject: the topic without the times it names.
        k: number of hits wanted, >= 1.
        filters: set by the caller, always obeyed.
        authorities, periods, kinds, people: named in the question.
        order: ``"newest"`` or ``"oldest"`` where the question asks for the latest or first.
        previous: whether it asks for the one before the latest.
        number: which of a series of visits it names ("the third monitoring visit").
        terms: glossary expansions used for lexical search.
        respelt: document words taken for words that were misspelt.
    """

    question: str
    topic: str
    subject: str
    k: int = 10
    filters: Filters = field(default_factory=Filters)
    authorities: tuple[Mention[str], ...] = ()
    periods: tuple[Mention[Period], ...] = ()
    kinds: tuple[Mention[Kind], ...] = ()
    people: tuple[Mention[str], ...] = ()
    order: Literal["newest", "oldest"] | None = None
    previous: bool = False
    number: int | None = None
    terms: tuple[Mention[str], ...] = ()
    respelt: tuple[Mention[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question is about, as far as JSON tells it (``query``); None is not told.

    Attributes:
        authorities, kinds: by value, in the order named; empty where it names none.
        period: from the first day to the last; open at both ends where it names none.
    """

    authorities: tuple[str, ...] | None = None
    period: Period | None = None
    kinds: tuple[Kind, ...] | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a question.

    Attributes:
        score: higher is better, always.
        rank: from 1.
        parts: what the score was made of, by name.
    """

    passage: Passage
    identity: Identity
    score: float
    rank: int
    parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader says of a passage for a question; all probabilities.

    Attributes:
        answers, contradicts: one a sentence of the passage, in order: that it answers, and that
            it contradicts what the question assumes; 0 for what cannot be quoted.
        belongs: one a sentence likewise: that whoever quotes an answer quotes it too.
        whole: that something in the passage answers.
    """

    hit: Hit
    answers: tuple[float, ...]
    contradicts: tuple[float, ...]
    belongs: tuple[float, ...]
    whole: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quotable sentence of a hit.

    Attributes:
        score: probability that it answers the question.
        contradicts: probability that the question assumes something and it contradicts that.
        belongs: probability that whoever quotes an answer beside it quotes it too.
    """

    identity: Identity
    passage: Passage
    sentence: Sentence
    text: str
    score: float
    contradicts: float = 0.0
    belongs: float = 0.0


@dataclass(frozen=True, slots=True)
class Results:
    """What a search gives: what was understood, and the hits, best first."""

    query: Query
    hits: tuple[Hit, ...]
