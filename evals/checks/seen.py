"""One answer of a run beside the documents it cites, as the checks look at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from evals.run.record import Cited, Given, Line, Result
from evals.types import Question
from index.errors import NotFound
from index.passages.sentences import sentences
from index.ports import PassageStore
from index.types import Block, Document, Issuer, Sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that an answer does and may not.

    Attributes:
        check: its name, one of ``NAMES`` in ``evals.checks.__main__``.
        words: of the answer, by which it can be found again.
        why: one phrase.
    """

    check: str
    question_id: str
    question: str
    words: str
    why: str


@dataclass(frozen=True)
class Held:
    """A document cut into sentences once."""

    document: Document

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All of them, in reading order."""
        return sentences(self.document)

    def text(self, sentence: Sentence) -> str:
        """Return a sentence's words, white space folded."""
        return " ".join(self.document.text[sentence.start : sentence.end].split())

    def within(self, start: int, end: int) -> range:
        """Return numbers of the sentences that a span touches."""
        touched = [n for n, s in enumerate(self.sentences) if s.start < end and start < s.end]
        return range(touched[0], touched[-1] + 1) if touched else range(0)

    def block(self, sentence: Sentence) -> Block:
        """Return the block that a sentence stands in."""
        return self.document.blocks[sentence.block]

    @property
    def second_hand(self) -> bool:
        """Whether its words are not the inspectors' own."""
        return self.document.identity.issuer.value is not Issuer.OFSTED


class Shelf:
    """Documents by id, each cut once."""

    def __init__(self, store: PassageStore) -> None:
        self._store = store
        self._held: dict[str, Held | None] = {}

    def get(self, doc_id: str) -> Held | None:
        """Return the document, None where it is not held."""
        if doc_id not in self._held:
            try:
                self._held[doc_id] = Held(self._store.document(doc_id))
            except NotFound:
                self._held[doc_id] = None
        return self._held[doc_id]


@dataclass(frozen=True)
class Seen:
    """A question, what it got, and where to look its citations up."""

    question: Question
    answer: Given
    shelf: Shelf

    @cached_property
    def citations(self) -> Mapping[int, Cited]:
        """By number."""
        return {citation.number: citation for citation in self.answer.citations}

    def cited(self, line: Line) -> Iterator[tuple[Cited, Held]]:
        """Yield what a sentence cites, with its document; what is not held is left out."""
        for number in line.citations:
            citation = self.citations.get(number)
            held = self.shelf.get(citation.doc_id) if citation else None
            if citation and held:
                yield citation, held

    def quotes(self) -> Iterator[tuple[Line, Cited, Held]]:
        """Yield every sentence that is a quotation, with what it cites."""
        for line in self.answer.sentences:
            if line.role == "quote":
                for citation, held in self.cited(line):
                    yield line, citation, held

    def finding(self, check: str, words: str, why: str) -> Finding:
        """Make a finding about this answer."""
        said = " ".join(words.split())
        return Finding(check, self.question.id, self.question.question, said, why)


def seen_of(question: Question, result: Result, shelf: Shelf) -> Seen | None:
    """Return what a question got, None where it got no answer."""
    answer = result.answer
    return Seen(question, answer, shelf) if answer and answer.status != "error" else None
