"""Fits rules, history, evidence and question into what a model can read at once.

The rules and the question always stay; old turns go first, then the evidence least likely to
answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.llm.lines import block, defused
from assistant.llm.paragraphs import Paragraph, Shown, fitting, numbered
from assistant.llm.prompts import Prompts
from assistant.ports import Briefing, Generator, Message
from assistant.types import Turn
from index.errors import GenerationFailed
from index.types import Evidence

EVIDENCE_TOKENS = 3_000
"""Tokens of evidence shown; the gold that they hold is measured (evals/LOG.md #written-1)."""
HISTORY_TURNS = 4
_TURN_CHARACTERS = 600
_PER_MESSAGE = 5
"""Tokens around a message: role and delimiters, at most four in OpenAI's own count."""
_MARKERS = re.compile(r"\s*\[\d[\d\s,–-]*\]")
_WIDEST = 100
"""Number that paragraphs are priced with: one of three digits, whatever it becomes."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A prompt that fits.

    Attributes:
        messages: in the order to send.
        evidence: the sentences shown, numbered from 1 in this order.
        dropped: paragraphs likely to answer that did not fit.
    """

    messages: tuple[Message, ...]
    evidence: tuple[Evidence, ...]
    dropped: int


@dataclass(frozen=True, slots=True)
class Budget:
    """What a model may read: its context without room for its reply.

    Attributes:
        reply_tokens: kept free for the reply.
        evidence_tokens: most tokens of evidence.
    """

    generator: Generator
    prompts: Prompts
    reply_tokens: int
    evidence_tokens: int = EVIDENCE_TOKENS

    def fit(
        self,
        briefing: Briefing,
        paragraphs: Sequence[Paragraph],
        tail: Sequence[Message] = (),
    ) -> Prepared:
        """Put a prompt together.

        Args:
            paragraphs: the most needed first.
            tail: messages after the question, always kept.

        Raises:
            GenerationFailed: not even the rules, the question and one paragraph fit.
        """
        asked = defused(briefing.standalone[: self.generator.context_tokens])
        known = "\n".join(defused(fact) for fact in briefing.facts)
        system = Message("system", self.prompts.answer.render())
        fixed = [system, self._user(asked, known), *tail]
        room = self.generator.context_tokens - self.reply_tokens - sum(map(self._cost, fixed))
        turns = self._turns(briefing.ask.history, room // 4)
        spare = room - sum(map(self._cost, turns))
        shown = self._shown(paragraphs, spare, briefing)
        if turns and not shown.paragraphs:
            turns, shown = [], self._shown(paragraphs, room, briefing)
        if not shown.paragraphs:
            raise GenerationFailed(
                f"The context of model {self.generator.name!r}, "
                f"{self.generator.context_tokens} tokens, is too small for the question; "
                "use a model with a larger one."
            )
        user = self._user(asked, "\n\n".join(filter(None, [known, _written(shown.paragraphs)])))
        messages = (system, *turns, user, *tail)
        return Prepared(messages, numbered(shown.paragraphs), shown.dropped)

    def _shown(self, paragraphs: Sequence[Paragraph], room: int, briefing: Briefing) -> Shown:
        return fitting(paragraphs, min(room, self.evidence_tokens), self._price, briefing.query)

    def _price(self, paragraph: Paragraph) -> int:
        return self.generator.count_tokens(_written([paragraph], _WIDEST)) + 2

    def _user(self, question: str, evidence: str) -> Message:
        return Message("user", self.prompts.question.render(evidence=evidence, question=question))

    def _turns(self, history: Sequence[Turn], room: int) -> list[Message]:
        """Return the last few turns that fit ``room``, without the markers of their evidence."""
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


def _written(paragraphs: Sequence[Paragraph], first: int = 1) -> str:
    """Return paragraphs as text, their sentences numbered on from ``first``."""
    blocks = []
    for paragraph in paragraphs:
        heading = paragraph.passage.heading
        blocks.append(block(paragraph.identity, heading, first, paragraph.sentences))
        first += len(paragraph.sentences)
    return "\n\n".join(blocks)
