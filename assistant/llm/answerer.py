"""Answers with a language model that is shown numbered evidence, and checked by code.

Whether to answer at all is decided before, from the evidence, by the briefer: a refusal never
reaches the model. Where the model fails, the reader gets the extractive answer and is told why.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from assistant.llm import composing, lines
from assistant.llm.budget import NOTHING, Budget, Prepared
from assistant.llm.drafting import Draft
from assistant.llm.prompts import Prompts
from assistant.llm.support import Checker
from assistant.llm.usage import Usage
from assistant.ports import Briefer, Briefing, Generator, Message
from assistant.types import Answer, Ask, Status
from index.errors import GenerationFailed

_ANSWERABLE = (Status.ANSWERED, Status.PARTIAL, Status.PREMISE_CONTRADICTED)


class LlmAnswerer:
    """The answerer that writes with a language model.

    Args:
        briefer: finds the evidence, and decides on refusing.
        generator: the model.
        prompts: its templates.
        reply_tokens: kept free for a reply; the model's own limit should be the same.
    """

    def __init__(
        self, briefer: Briefer, generator: Generator, prompts: Prompts, reply_tokens: int = 700
    ) -> None:
        self._briefer = briefer
        self._generator = generator
        self._prompts = prompts
        self._budget = Budget(generator, prompts, reply_tokens)

    def answer(self, ask: Ask) -> Answer:
        """Answer one question; a failing model is a note, never an exception."""
        return deque(self.stream(ask), maxlen=1)[0]

    def stream(self, ask: Ask) -> Iterator[Answer]:
        """Growing answers; a sentence is checked, and marked where it fails, once finished."""
        began = time.perf_counter()
        briefing = self._briefer.brief(ask)
        if briefing.extractive.status not in _ANSWERABLE or not briefing.evidence:
            yield briefing.extractive
            return
        writing = _Writing(briefing, self._generator, self._prompts, self._budget)
        for answer in writing.answers():
            elapsed = (time.perf_counter() - began) * 1000
            yield replace(
                answer,
                elapsed_ms=elapsed,
                prompt_sha256=self._prompts.sha256,
                tokens=writing.usage.tokens,
                cost_usd=writing.usage.cost_usd,
            )


@dataclass
class _Writing:
    """One question being answered: the first attempt, the repair, and what they used."""

    briefing: Briefing
    generator: Generator
    prompts: Prompts
    budget: Budget
    usage: Usage = field(default_factory=Usage)

    def answers(self) -> Iterator[Answer]:
        """Growing answers; the last one is final."""
        try:
            prepared = self._fit()
            first = self._draft(prepared)
            yield from self._attempt(first, prepared)
        except GenerationFailed as error:
            yield self._fallback(str(error))
            return
        if not first.unsupported and first.supported:
            yield self._final(first, prepared)
        elif first.declined and not first.sentences:
            yield self._fallback("It found no answer in the evidence.")
        else:
            yield self._answer(first, prepared)
            yield self._repaired(first, prepared)

    def _fit(self, tail: tuple[Message, ...] = ()) -> Prepared:
        evidence = [item for item in self.briefing.evidence if not lines.instructs(item)]
        history = self.briefing.ask.history
        return self.budget.fit(self.briefing.standalone, history, evidence, tail)

    def _draft(self, prepared: Prepared) -> Draft:
        rules = "\n".join(
            prompt.text
            for prompt in (self.prompts.answer, self.prompts.question, self.prompts.repair)
        )
        return Draft(Checker(prepared.evidence), rules)

    def _attempt(self, draft: Draft, prepared: Prepared) -> Iterator[Answer]:
        try:
            for _ in draft.read(self.generator, prepared.messages):
                yield self._answer(draft, prepared)
        finally:
            self.usage += draft.usage

    def _repaired(self, first: Draft, prepared: Prepared) -> Answer:
        """Ask once more, naming what failed, and take the better of the two."""
        repair = self.prompts.repair.render(failures="\n".join(first.failures), phrase=NOTHING)
        tail = (Message("assistant", first.reply), Message("user", repair))
        reason = "none of its sentences could be tied to the letters."
        try:
            again = self._fit(tail)
            second = self._draft(again)
            for _ in self._attempt(second, again):
                pass
        except GenerationFailed as error:
            reason = str(error)
        else:
            if second.supported and second.unsupported <= first.unsupported:
                return self._final(second, again)
        return self._final(first, prepared) if first.supported else self._fallback(reason)

    def _answer(self, draft: Draft, prepared: Prepared) -> Answer:
        answer = composing.compose(
            self.briefing.extractive, prepared.evidence, draft.sentences, draft.pending
        )
        return replace(answer, model=self.generator.name)

    def _final(self, draft: Draft, prepared: Prepared) -> Answer:
        answer = self._answer(draft, prepared)
        marked = sum(not sentence.supported for sentence in answer.sentences)
        notes = [*answer.notes]
        if marked:
            notes.append(
                f"Written by the language model, marked “{composing.UNSUPPORTED}”, and not to be "
                f"relied on: {_sentences(marked)}."
            )
        if prepared.dropped:
            notes.append(
                "Left out, because the language model can read no more at once: "
                f"{_sentences(prepared.dropped)} of evidence."
            )
        if hidden := sum(map(lines.instructs, self.briefing.evidence)):
            notes.append(
                "Not shown to the language model, because it reads like an instruction to a "
                f"computer: {_sentences(hidden)} of evidence."
            )
        return replace(answer, notes=tuple(notes))

    def _fallback(self, reason: str) -> Answer:
        """The extractive answer, and in plain words why it is that."""
        extractive = self.briefing.extractive
        note = (
            f"The language model {self.generator.name} gave no usable answer: "
            f"{reason[0].lower()}{reason[1:]} Shown instead are the letters' own sentences."
        )
        return replace(extractive, notes=(*extractive.notes, note))


def _sentences(number: int) -> str:
    return "1 sentence" if number == 1 else f"{number} sentences"
