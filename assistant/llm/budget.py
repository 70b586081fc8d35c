"""Fits rules, history, evidence and question into what a model can read at once.

The rules and the question always stay; old turns go first, then the lowest evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.llm.lines import defused, line
from assistant.llm.prompts import Prompts
from assistant.ports import Generator, Message
from assistant.types import Turn
from index.errors import GenerationFailed
from index.types import Evidence

HISTORY_TURNS = 4
_TURN_CHARACTERS = 600
_PER_MESSAGE = 5
"""Tokens around a message: role and delimiters, at most four in OpenAI's own count."""
_MARKERS = re.compile(r"\s*\[\d[\d\s,–-]*\]")

NOTHING = "The evidence does not answer this question."
"""What a model is told to write when it finds no answer."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prompt that fits.

    Attributes:
        messages: in the order to send.
        evidence: what was shown, numbered from 1 in this order.
        dropped: pieces of evidence that did not fit, from the bottom.
    """

    messages: tuple[Message, ...]
    evidence: tuple[Evidence, ...]
    dropped: int


@dataclass(frozen=True, slots=True)
class Budget:
    """What a model may read: the model's context without room for its reply.

    Attributes:
        reply_tokens: kept free for the reply.
    """

    generator: Generator
    prompts: Prompts
    reply_tokens: int

    def fit(
        self,
        question: str,
        history: Sequence[Turn],
        evidence: Sequence[Evidence],
        tail: Sequence[Message] = (),
    ) -> Prepared:
        """Put a prompt together.

        Args:
            question: understood without its history.
            history: oldest first; only the last few turns are used.
            evidence: best first.
            tail: messages after the question, always kept.

        Raises:
            GenerationFailed: not even the rules, the question and one piece of evidence fit.
        """
        asked = defused(question[: self.generator.context_tokens])
        fixed = [self._system(), self._user(asked, ""), *tail]
        room = self.generator.context_tokens - self.reply_tokens - sum(map(self._cost, fixed))
        lines = [line(number, item) for number, item in enumerate(evidence, start=1)]
        costs = [self.generator.count_tokens(text) + 1 for text in lines]
        if not lines or room < costs[0]:
            raise GenerationFailed(
                f"The context of model {self.generator.name!r}, "
                f"{self.generator.context_tokens} tokens, is too small for the question; "
                "use a model with a larger one."
            )
        turns = self._turns(history, room // 4)
        room -= sum(map(self._cost, turns))
        if room < costs[0]:
            turns, room = [], room + sum(map(self._cost, turns))
        kept = _fitting(costs, room)
        user = self._user(asked, "\n".join(lines[:kept]))
        messages = (fixed[0], *turns, user, *tail)
        return Prepared(messages, tuple(evidence[:kept]), len(lines) - kept)

    def _system(self) -> Message:
        return Message("system", self.prompts.answer.render(phrase=NOTHING))

    def _user(self, question: str, lines: str) -> Message:
        return Message("user", self.prompts.question.render(evidence=lines, question=question))

    def _turns(self, history: Sequence[Turn], room: int) -> list[Message]:
        """The last few turns that fit ``room``, without the markers of their own evidence."""
        kept: list[Message] = []
        for turn in reversed(history[-HISTORY_TURNS:]):
            said = defused(_MARKERS.sub("", turn.content)[:_TURN_CHARACTERS])
            message = Message(turn.role, said)
            room -= self._cost(message)
            if room < 0:
                break
            kept.insert(0, message)
        return kept

    def _cost(self, message: Message) -> int:
        return self.generator.count_tokens(message.content) + _PER_MESSAGE


def _fitting(costs: list[int], room: int) -> int:
    """How many of ``costs``, from the first, add up to no more than ``room``."""
    for kept, cost in enumerate(costs):
        room -= cost
        if room < 0:
            return kept
    return len(costs)
