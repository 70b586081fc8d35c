"""The seams of the retrieval half: what may be swapped, in as few methods as can be.

Implementations live in ``index/models/`` and ``index/store/``; ``tests/contracts/`` runs one
suite a port over every implementation.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.types import (
    Area,
    Aspect,
    Counted,
    Document,
    Filters,
    Gap,
    Hit,
    Identity,
    Intent,
    Leaning,
    NamedBy,
    Passage,
    Reading,
    Results,
    Sides,
    Slant,
    Telling,
    When,
)

Vectors = NDArray[np.float32]
"""float32, shape (n, dim), rows of unit L2 norm."""

Tokens = NDArray[np.int8]
"""int8, shape (n_tokens, dim): unit token vectors times 127, rounded."""

Scored = list[tuple[str, float]]
"""(passage_id, score) pairs, best first; ties by passage_id ascending."""


class Embedder(Protocol):
    """Turns text into one vector."""

    @property
    def name(self) -> str:
        """What the manifest records; changes when vectors would."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over the weight and tokenizer files."""

    @property
    def dim(self) -> int:
        """Width of the vectors."""

    @property
    def max_tokens(self) -> int:
        """Tokens read of one text, special tokens included; more is cut off."""

    def count_tokens(self, text: str) -> int:
        """Count the tokens of ``text`` as this model would see it, special ones included."""

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Vectors:
        """Embed passages in order; ``progress`` is told how many more are done."""

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Embed questions in order, with the model's query prompt."""


class TokenEncoder(Protocol):
    """Turns text into one vector a token, for late interaction."""

    @property
    def name(self) -> str:
        """What the manifest records."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over the weight, tokenizer and projection files."""

    @property
    def dim(self) -> int:
        """Width of the token vectors."""

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> list[Tokens]:
        """Return one array a passage, in order."""

    def encode_query(self, text: str) -> Vectors:
        """Return float32, shape (n_tokens, dim), rows of unit norm."""


class Reranker(Protocol):
    """Scores texts by reading each together with the question."""

    def score(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return float32, shape (n,), higher is better, in the order of ``texts``."""


class Reader(Protocol):
    """Reads a question together with passages."""

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over weights and tokenizer."""

    def intent(self, question: str) -> Mapping[Intent, float]:
        """Return the probability of each intent; they sum to 1."""

    def assumes(self, question: str) -> float:
        """Return the probability that a question takes for granted what may not be so."""
        ...

    def aspect(self, question: str) -> Mapping[Aspect, float]:
        """Return how likely a question after a person or a number is after what."""

    def grade_meant(self, question: str) -> float:
        """Return the probability that a word for a grade is an inspection's grade, no praise."""
        ...

    def leaning(self, question: str, before: str) -> Mapping[Leaning, float]:
        """Return how likely a question takes what from the one before; the values sum to 1."""

    def when(self, question: str, before: str) -> Mapping[When, float]:
        """Return how likely a follow-up means which inspection; the values sum to 1."""

    def sides(self, question: str) -> Mapping[Sides, float]:
        """Return how likely a question wants what sides heard; the values sum to 1."""

    def gaps(self, question: str) -> tuple[Gap, ...]:
        """Return where a question may fall apart into two that each ask for something."""

    def area(self, question: str) -> Mapping[Area, float]:
        """Return how likely a question asks about which judged area as a whole; they sum to 1."""
        ...

    def counted(self, question: str) -> Mapping[Counted, float]:
        """Return how likely a question counts what; they sum to 1."""
        ...

    def slant(self, question: str) -> Mapping[Slant, float]:
        """Return how likely a question asks for one side of a matter; the values sum to 1."""

    def anchored(self, question: str, time: str) -> Mapping[When, float]:
        """Return how likely a question means which inspection, seen from the time it names."""

    def named_by(self, question: str) -> Mapping[NamedBy, float]:
        """Return how likely a question names its inspection by what that gave."""

    def matter(self, question: str, some: bool = False) -> str:
        """Return the words of a question that name its matter; empty where it has none."""
        ...

    def short(self, question: str) -> float:
        """Return the probability that a question asks for a short answer."""
        ...

    def tells(self, heading: str, sentences: Sequence[str]) -> list[Mapping[Telling, float]]:
        """Return how likely each of some sentences under a heading tells what."""

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Read the question with each passage, in the order given."""


class Checker(Protocol):
    """Tells whether evidence bears out a sentence."""

    def supports(
        self, claim: str, head: str, sentences: Sequence[str], cited: Collection[int]
    ) -> float:
        """Return the probability that the sentences cited bear out all that a claim says.

        Args:
            head: whose words these are: authority, kind, date and heading.
            sentences: those cited with what stands around them, in reading order.
            cited: indexes of the cited ones.
        """


class PassageStore(Protocol):
    """Content only: documents and passages by id."""

    def identities(self) -> Sequence[Identity]:
        """Return all documents held, by source."""

    def document(self, doc_id: str) -> Document:
        """Return one document with its text.

        Raises:
            NotFound: no document has this id.
        """

    def passages(self, passage_ids: Iterable[str]) -> list[Passage]:
        """Return passages in the order asked."""

    def passages_of(self, doc_id: str) -> list[Passage]:
        """Return all passages of one document, in reading order."""


class Retriever(Protocol):
    """Questions in, passages out: what search, ask, the page and the evals all use."""

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> Results:
        """Return the ``k`` best passages, fewer when fewer are held."""
