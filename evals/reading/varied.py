"""Make rows of tokens out of questions and claims; vary them a little.

Variations, none of which changes what is asked: those of ``wordings``, and the header left out of
the passage. Two more make a question unanswerable: its answers taken out of the excerpt, or an
excerpt of another report.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evals.reading.data import Claim, Excerpt, Question, around
from evals.reading.wordings import framed, placed, reported, slip, without_authority
from index.models.reader_input import InputWriter, ReaderInput
from index.query.abbreviations import with_full_forms

COPIED = 0.15
"""Share of claims that are exchanged for a sentence copied."""
FRAMED = 0.1
"""Share of questions, answered or not, that are put into a frame: it says nothing of the answer."""
PLACED = 0.15
"""Share of questions that name the place and time of what they are asked of, as a note does."""
SPELT_OUT = 0.5
"""Share of questions read with what their abbreviations stand for, as the product reads them."""
REPORTED = 0.4
"""Share of claims, right and wrong alike, that are told as a model tells them: who found it, where,
when. It says nothing of whether they are borne out."""
PARTLY = 0.4
"""Target of a sentence that answers in part."""
_LOSABLE = ("direct", "paraphrase", "yesno", "figure", "why", "keyword", "list", "twopart")
_SPECIFIC = ("direct", "figure", "twopart", "why", "list")
"""Kinds of question that another excerpt, even of the same report, hardly ever answers."""


@dataclass
class Item:
    """One row of tokens with what is to be learnt from it; None where nothing is.

    Attributes:
        listed: weights of its sentences in the list of all rows of one question.
        of: the same number in all rows of one question over a report, 0 in every other.
    """

    row: ReaderInput
    answers: list[float] | None = None
    contradicts: list[float] | None = None
    belongs: list[float] | None = None
    passage: float | None = None
    supported: float | None = None
    claim: bool = False
    listed: list[float] | None = None
    of: int = 0

    @property
    def sentences(self) -> int:
        """How many sentences the row holds."""
        return max(self.row.owners) + 1


class Varied:
    """Makes items; the same random numbers give the same items.

    Args:
        chance: source of the variations; None for none of them.
    """

    def __init__(
        self, writer: InputWriter, others: Sequence[Excerpt], chance: random.Random | None
    ) -> None:
        self._writer = writer
        self._others = others
        self._by_report: dict[str, list[Excerpt]] = defaultdict(list)
        for excerpt in others:
            self._by_report[excerpt.report].append(excerpt)
        self._chance = chance
        said = (word for one in others for text in one.sentences for word in text.split()[1:])
        self._common = frozenset(word for word in said if word.islower())

    def question(self, question: Question) -> Item:
        """Return the item of a question over its excerpt."""
        if self._chance is not None:
            question = self._varied(question, self._chance)
        return self.plain(question)

    def plain(self, question: Question) -> Item:
        """Return the item of a question that is not varied."""
        excerpt = question.excerpt
        row = self._writer.windows(question.text, self._header(excerpt), excerpt.sentences)[0]
        count = max(row.owners) + 1
        wanted = [self._target(question, n) for n in range(count)]
        contrary = question.kind == "premise"
        return Item(
            row,
            answers=wanted,
            contradicts=[float(contrary and value == 1) for value in wanted],
            belongs=None
            if question.shown is None
            else [float(n in question.shown) for n in range(count)],
            passage=float(bool(question.answers)),
        )

    def claim(self, claim: Claim) -> Item:
        """Return the item of a claim, with what stands two sentences around what it cites."""
        cited, ok, text, excerpt = claim.cited, claim.supported, claim.text, claim.excerpt
        if self._chance is not None:
            if self._chance.random() < COPIED:
                text, cited, ok = _copied(excerpt, self._chance)
            elif ok and self._chance.random() < 0.05:
                rest = sorted(set(range(len(excerpt.sentences))) - cited)
                if rest:
                    cited, ok = frozenset(self._chance.sample(rest, 1)), False
            elif self._chance.random() < 0.03:
                text = f"{self._chance.choice(('Yes.', 'Yes:'))} {text}" if ok else text
            if self._chance.random() < REPORTED:
                text = reported(text, excerpt, self._common, self._chance)
        row = claim_row(self._writer, replace(claim, text=text, cited=cited))
        return Item(row, supported=float(ok), claim=True)

    def unmarked(self, question: str, excerpt: Excerpt) -> Item:
        """Return the item of a question over an excerpt that nobody has marked for it."""
        row = self._writer.windows(question, self._header(excerpt), excerpt.sentences)[0]
        return Item(row)

    def miscited(self, claim: Claim) -> Item:
        """Return the item of a claim that cites other sentences, which nobody has marked."""
        chance = self._chance or random.Random(0)
        count = len(claim.excerpt.sentences)
        cited = frozenset(chance.sample(range(count), min(count, chance.choice((1, 2)))))
        return Item(claim_row(self._writer, replace(claim, cited=cited)), claim=True)

    @staticmethod
    def _target(question: Question, n: int) -> float:
        return 1.0 if n in question.answers else PARTLY if n in question.partly else 0.0

    def _header(self, excerpt: Excerpt) -> str:
        if self._chance is None or self._chance.random() < 0.75:
            return f"{excerpt.header}:"
        return f"{excerpt.heading}:"

    def said(self, question: Question) -> str:
        """Return the text of a question, said a little otherwise now and then."""
        text, chance = question.text, self._chance
        if chance is None:
            return text
        if chance.random() < 0.5:
            text = without_authority(text, question.excerpt.authority)
        if chance.random() < FRAMED:
            text = framed(text, chance)
        elif question.excerpt.dated and chance.random() < PLACED:
            text = placed(text, question.excerpt, chance)
        if chance.random() < 0.08:
            text = slip(text, chance)
        return with_full_forms(text) if chance.random() < SPELT_OUT else text

    def _varied(self, question: Question, chance: random.Random) -> Question:
        question = replace(question, text=self.said(question))
        kind = chance.random()
        if kind < 0.10 and question.answers and question.kind in _LOSABLE:
            return _robbed(question)
        if kind > 0.92 and question.kind in _SPECIFIC:
            beside = self._by_report[question.excerpt.report]
            pool = self._others if kind > 0.97 or len(beside) < 2 else beside
            other = chance.choice(pool)
            if other.excerpt_id != question.excerpt.excerpt_id:
                return _elsewhere(question, other)
        return question


def _copied(excerpt: Excerpt, chance: random.Random) -> tuple[str, frozenset[int], bool]:
    """Return a sentence of the excerpt as a claim: borne out where it cites itself.

    A written answer often says what a letter says in its own words: without these the checker
    takes likeness for a sign of a subtle change (``evals/LOG.md`` #reader-copies).
    """
    count = len(excerpt.sentences)
    n = chance.randrange(count)
    words = excerpt.sentences[n]
    lead = chance.choice(
        ("", "", "", f"In {excerpt.authority}, ", "The letter says that ", "Yes. ")
    )
    text = f"{lead}{words[0].lower()}{words[1:]}" if lead.endswith(", ") else f"{lead}{words}"
    if count > 3 and chance.random() < 0.3:
        far = [m for m in range(count) if abs(m - n) > 1]
        return text, frozenset({chance.choice(far)}), False
    beside = {n, n + 1} if n + 1 < count and chance.random() < 0.3 else {n}
    return text, frozenset(beside), True


def claim_row(writer: InputWriter, claim: Claim) -> ReaderInput:
    """Write a claim with the sentences that it cites and two around each."""
    near = around(claim)
    places = {near.index(n) for n in claim.cited if n in near}
    shown = [claim.excerpt.sentences[n] for n in near]
    return writer.windows(claim.text, f"{claim.excerpt.header}:", shown, places)[0]


def _robbed(question: Question) -> Question:
    lost = question.answers | question.partly
    left = [s for n, s in enumerate(question.excerpt.sentences) if n not in lost]
    if len(left) < 3:
        return question
    excerpt = replace(question.excerpt, sentences=tuple(left))
    return Question(excerpt, question.text, frozenset(), frozenset(), "absent")


def _elsewhere(question: Question, other: Excerpt) -> Question:
    return Question(other, question.text, frozenset(), frozenset(), "absent")
