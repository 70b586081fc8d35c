"""Reads a question and a passage in one pass: which sentences answer, and what is wanted.

The weights are made by ``evals.reading`` and ship with the project; everything that the model says
is a probability. It decides nothing: ``assistant.answerers.decide`` does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models import weights
from index.models.heads import Heads
from index.models.reader_input import NO_SENTENCE
from index.models.windows import WindowModel, sigmoid
from index.passages.chunking import header
from index.query.judgements import grades_named
from index.types import (
    Area,
    Aspect,
    Counted,
    Gap,
    Hit,
    Intent,
    Leaning,
    NamedBy,
    Reading,
    Sides,
    Slant,
    Telling,
    When,
)

FOLDER = Path(__file__).parent.parent / "data" / "reader"
"""``model.onnx`` and ``tokenizer.json``, and the figures that they were committed with."""
NAME = "reader"
_REMEMBERED = 2_000
"""Readings of a question with a passage: whole letters are read again for its parts."""
_SENTENCE_ENDS = re.compile(r"(?<=[.?!])\s+")
_OF_SENTENCES = ("answers", "contradicts", "belongs")


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """What is said of neighbouring sentences, all probabilities.

    Attributes:
        answers, contradicts, belongs: float32 of shape (n,), 0 for a sentence without a token.
        whole: that something among them answers.
    """

    answers: NDArray[np.float32]
    contradicts: NDArray[np.float32]
    belongs: NDArray[np.float32]
    whole: float


class TrainedReader:
    """The reader that ships (``Reader``); about 20 ms a passage on one core.

    Args:
        heads: tell what a question wants, assumes and takes from before.
        folder: holds ``model.onnx`` and ``tokenizer.json``.
        threads: passages read at once, 0 for one a core.

    Raises:
        ModelUnavailable: a file is missing, or is not the one of the table of weights.
    """

    def __init__(self, heads: Heads, folder: Path = FOLDER, threads: int = 0) -> None:
        self._heads = heads
        if folder == FOLDER:
            weights.check(NAME, folder)
        self._model = WindowModel(folder, threads)
        self._pool = ThreadPoolExecutor(self._model.threads, "reader")
        self._remembered = lru_cache(_REMEMBERED)(self._read_anew)

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over weights and tokenizer."""
        return self._model.fingerprint

    def intent(self, question: str) -> Mapping[Intent, float]:
        """Return the probability of each intent; they sum to 1."""
        return self._heads.intent(question)

    def assumes(self, question: str) -> float:
        """Return the probability that a question takes for granted what may not be so."""
        return self._heads.assumes(question)

    def aspect(self, question: str) -> Mapping[Aspect, float]:
        """Return how likely a question after a person or a number is after what; they sum to 1."""
        return self._heads.aspect(question)

    def grade_meant(self, question: str) -> float:
        """Return the probability that a word for a grade is an inspection's grade, no praise: in
        the question, or in the one sentence of it that holds the word.
        """
        told = [one for one in _SENTENCE_ENDS.split(question) if grades_named(one)]
        alone = told if len(told) == 1 else ()
        return max(self._heads.grade_meant(text) for text in (question, *alone))

    def leaning(self, question: str, before: str) -> Mapping[Leaning, float]:
        """Return how likely a question takes what from the one before it; they sum to 1."""
        return self._heads.leaning(question, before)

    def when(self, question: str, before: str) -> Mapping[When, float]:
        """Return how likely a follow-up means which inspection; they sum to 1."""
        return self._heads.when(question, before)

    def sides(self, question: str) -> Mapping[Sides, float]:
        """Return how likely a question wants what sides heard; they sum to 1."""
        return self._heads.sides(question)

    def gaps(self, question: str) -> tuple[Gap, ...]:
        """Return where a question may fall apart into two that each ask for something."""
        return self._heads.gaps(question)

    def slant(self, question: str) -> Mapping[Slant, float]:
        """Return how likely a question asks for one side of a matter; they sum to 1."""
        return self._heads.slant(question)

    def anchored(self, question: str, time: str) -> Mapping[When, float]:
        """Return how likely a question means which inspection, seen from the one time that it
        names, in those words; they sum to 1.
        """
        return self._heads.anchored(question, time)

    def named_by(self, question: str) -> Mapping[NamedBy, float]:
        """Return how likely a question names its inspection by what that gave; they sum to 1."""
        return self._heads.named_by(question)

    def matter(self, question: str, some: bool = False) -> str:
        """Return the words of a question that name its matter; empty where it has none."""
        return self._heads.matter(question, some)

    def area(self, question: str) -> Mapping[Area, float]:
        """Return how likely a question asks about which judged area as a whole; they sum to 1."""
        return self._heads.area(question)

    def counted(self, question: str) -> Mapping[Counted, float]:
        """Return how likely a question counts what; they sum to 1."""
        return self._heads.counted(question)

    def short(self, question: str) -> float:
        """Return the probability that a question asks for a short answer."""
        return self._heads.short(question)

    def tells(self, heading: str, sentences: Sequence[str]) -> list[Mapping[Telling, float]]:
        """Return how likely each of some sentences under a heading tells what; they sum to 1."""
        return self._heads.tells(heading, sentences)

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Read ``question`` with each passage, in the order given."""
        return list(self._pool.map(lambda hit: self._read(question, hit), hits))

    def read_sentences(self, question: str, head: str, sentences: Sequence[str]) -> SentenceScores:
        """Read neighbouring sentences under one header; what was read lately is remembered."""
        return self._remembered(question, head, tuple(sentences))

    def _read_anew(self, question: str, head: str, sentences: tuple[str, ...]) -> SentenceScores:
        said = {name: np.zeros(len(sentences), dtype=np.float32) for name in _OF_SENTENCES}
        whole = 0.0
        for row in self._model.windows(question, head, sentences):
            out = self._model.run(row)
            places = sorted({owner for owner in row.owners if owner != NO_SENTENCE})
            for name, values in said.items():
                values[places] = sigmoid(out[name][0])
            whole = max(whole, float(sigmoid(out["passage"])[0]))
        return SentenceScores(**said, whole=whole)

    def _read(self, question: str, hit: Hit) -> Reading:
        passage = hit.passage
        at = [n for n, sentence in enumerate(passage.sentences) if sentence.quotable]
        texts = [passage.text_of(passage.sentences[n]) for n in at]
        head = header(hit.identity, passage.heading)
        found = self.read_sentences(question, head, texts)
        whole = {name: np.zeros(len(passage.sentences), np.float32) for name in _OF_SENTENCES}
        for name, values in whole.items():
            values[at] = getattr(found, name)
        told = {name: tuple(map(float, values)) for name, values in whole.items()}
        return Reading(hit, **told, whole=found.whole)
