"""Answers with a language model that is shown numbered evidence, and checked by code.

The model decides whether the evidence answers; only what is no question, is about nothing held or
is far outside never reaches it. Where it fails, the reader gets the extractive answer and is told
why.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.evidence.nearest import NEAREST
from assistant.llm import composing, paragraphs
from assistant.llm.budget import Budget, Prepared
from assistant.llm.checks import Checks
from assistant.llm.drafting import Draft
from assistant.llm.notes import Notes
from assistant.llm.prompts import Prompts
from assistant.llm.usage import Usage
from assistant.ports import Briefer, Briefing, Generator, Message
from assistant.types import Answer, Ask, Status
from index.errors import GenerationFailed
from index.ports import Checker, PassageStore
from index.types import Hit

_DECIDED = (Status.INVALID, Status.NOT_HELD, Status.OUT_OF_SCOPE)
_LOST = 0.5
"""Share of a reply's sentences; where more fail, the extractive answer is shown."""


@dataclass(frozen=True)
class Writer:
    """What every answer is written with.

    Attributes:
        store: the documents; gives the rest of a list of which one item was found.
        checker: tells whether cited sentences bear a sentence out.
        reply_tokens: kept free for a reply; the model's own limit should be the same.
        show_failed: whether sentences that failed a check are shown, struck and marked.
    """

    generator: Generator
    prompts: Prompts
    checker: Checker
    store: PassageStore
    reply_tokens: int = 700
    show_failed: bool = True

    def budget(self) -> Budget:
        """Return what the model may read."""
        return Budget(self.generator, self.prompts, self.reply_tokens)


class LlmAnswerer:
    """The answerer that writes with a language model.

    Args:
        briefer: finds and reads the evidence.
        writer: the model, and what its sentences are checked with.
    """

    def __init__(self, briefer: Briefer, writer: Writer) -> None:
        self._briefer = briefer
        self._writer = writer

    def answer(self, ask: Ask) -> Answer:
        """Answer one question; a failing model is a note, never an exception."""
        return deque(self.stream(ask), maxlen=1)[0]

    def stream(self, ask: Ask) -> Iterator[Answer]:
        """Yield growing answers; a sentence appears once it is finished and checked."""
        began = time.perf_counter()
        briefing = self._briefer.brief(ask)
        found = paragraphs.candidates(briefing, self._writer.store)
        if briefing.extractive.status in _DECIDED or not found:
            yield briefing.extractive
            return
        writing = _Writing(briefing, found, self._writer)
        for answer in writing.answers():
            elapsed = (time.perf_counter() - began) * 1000
            yield replace(
                answer,
                elapsed_ms=elapsed,
                prompt_sha256=self._writer.prompts.sha256,
                tokens=writing.usage.tokens,
                cost_usd=writing.usage.cost_usd,
            )


@dataclass
class _Writing:
    """One question being answered: the first attempt, the repair, and what they used."""

    briefing: Briefing
    paragraphs: list[paragraphs.Paragraph]
    writer: Writer
    usage: Usage = field(default_factory=Usage)

    def answers(self) -> Iterator[Answer]:
        """Yield growing answers; the last one is final."""
        try:
            prepared = self._fit()
            first = self._draft(prepared)
            yield from self._attempt(first, prepared)
        except GenerationFailed as error:
            yield self._fallback(str(error))
            return
        if first.settled:
            yield self._final(first, prepared)
        else:
            yield self._answer(first, prepared)
            yield self._repaired(first, prepared)

    def _fit(self, tail: tuple[Message, ...] = ()) -> Prepared:
        return self.writer.budget().fit(self.briefing, self.paragraphs, tail)

    def _draft(self, prepared: Prepared) -> Draft:
        prompts = self.writer.prompts
        rules = "\n".join(p.text for p in (prompts.answer, prompts.question, prompts.repair))
        asked = self.briefing.standalone
        return Draft(Checks(prepared.evidence, self.writer.checker, rules, asked), rules)

    def _attempt(self, draft: Draft, prepared: Prepared) -> Iterator[Answer]:
        shown = 0
        try:
            for _ in draft.read(self.writer.generator, prepared.messages):
                if len(draft.sentences) > shown:
                    shown = len(draft.sentences)
                    yield self._answer(draft, prepared)
        finally:
            self.usage += draft.usage

    def _repaired(self, first: Draft, prepared: Prepared) -> Answer:
        """Ask once more, naming what failed, and take the better of the two."""
        repair = self.writer.prompts.repair.render(failures="\n".join(first.failures))
        tail = (Message("assistant", first.reply), Message("user", repair))
        reason = "too little of what it wrote could be tied to the letters."
        drafts = [(first, prepared)]
        try:
            again = self._fit(tail)
            second = self._draft(again)
            for _ in self._attempt(second, again):
                pass
            drafts.insert(0, (second, again))
        except GenerationFailed as error:
            reason = str(error)
        best, read = max(drafts, key=lambda pair: (pair[0].settled, pair[0].share))
        if best.settled or best.share >= _LOST:
            return self._final(best, read)
        return self._fallback(reason)

    def _answer(self, draft: Draft, prepared: Prepared) -> Answer:
        kept = [s for s in draft.sentences if s.verdict.supported or self.writer.show_failed]
        status = self._status(draft)
        sentences = [] if status is Status.NOT_STATED else kept
        answer = composing.compose(self.briefing.extractive, prepared.evidence, sentences, status)
        return replace(answer, model=self.writer.generator.name)

    def _status(self, draft: Draft) -> Status:
        """Return what the model decided; which of several places was meant is not its to say."""
        ambiguous = self.briefing.extractive.status is Status.AMBIGUOUS
        answered = draft.first.status is Status.ANSWERED
        return Status.AMBIGUOUS if ambiguous and answered else draft.first.status

    def _final(self, draft: Draft, prepared: Prepared) -> Answer:
        answer = self._answer(draft, prepared)
        notes = Notes(self.briefing, self.writer.store, self.writer.show_failed)
        if answer.status is Status.NOT_STATED:
            nearest = self._nearest(draft, prepared)
            return replace(answer, nearest=nearest, notes=notes.refused())
        return replace(answer, notes=notes.answered(answer, draft, prepared.dropped))

    def _nearest(self, draft: Draft, prepared: Prepared) -> tuple[Hit, ...]:
        """Return the passages nearest to what was asked: those that a refusal cites come first."""
        cited = [prepared.evidence[n - 1].passage for s in draft.sentences for n in s.verdict.cited]
        first = [passage.passage_id for passage in cited]
        readings = sorted(
            self.briefing.readings,
            key=lambda one: (one.hit.passage.passage_id not in first, -max(one.answers, default=0)),
        )
        return tuple(reading.hit for reading in readings[:NEAREST])

    def _fallback(self, reason: str) -> Answer:
        """Return the extractive answer, and say in plain words why it is that."""
        extractive = self.briefing.extractive
        note = (
            f"The language model {self.writer.generator.name} gave no usable answer: "
            f"{reason[0].lower()}{reason[1:]} Shown instead are the letters' own sentences."
        )
        return replace(extractive, notes=(*extractive.notes, note))
