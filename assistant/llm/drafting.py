"""One reply of a model, read and checked sentence by sentence while it streams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.llm.budget import NOTHING
from assistant.llm.markers import Drafted, ReplyReader
from assistant.llm.support import Checker, Verdict
from assistant.llm.thinking import Spoken
from assistant.llm.usage import Usage, usage_of
from assistant.llm.words import words
from assistant.ports import Generator, Message

_LONGEST = 2_000
"""Characters of a sentence; no letter has a longer one, and checking takes longer than it grows."""
_RUN = 7
"""So many words in a row that are our rules' own are the rules, repeated."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A finished sentence and what the checks say.

    Attributes:
        frame: a line that only introduces; it claims nothing and cites nothing.
    """

    draft: Drafted
    verdict: Verdict
    frame: bool = False


class Draft:
    """One reply in the making.

    Attributes:
        sentences: checked, in order.
        reply: the model's own text so far, without what it thought aloud.
        usage: complete once the reply has ended.
        leaked: sentences left out because they repeat our rules.
    """

    def __init__(self, checker: Checker, rules: str) -> None:
        self.sentences: list[Checked] = []
        self.reply = ""
        self.usage = Usage()
        self.leaked = 0
        self.declined = False
        self._checker = checker
        self._rules = _runs(rules)
        self._reader = ReplyReader()

    def read(self, generator: Generator, messages: Sequence[Message]) -> Iterator[None]:
        """Read the reply to ``messages``; gives control back whenever more can be shown.

        Raises:
            GenerationFailed: from the model; what was read until then stays.
        """
        pieces = generator.stream(messages)
        spoken = Spoken()
        try:
            for piece in pieces:
                if said := spoken.feed(piece):
                    self._hear(said)
                    yield
            self._hear(spoken.finish())
            for sentence in self._reader.finish():
                self._take(sentence)
        finally:
            self.usage = usage_of(pieces)
            close = getattr(pieces, "close", None)
            if close is not None:
                close()

    @property
    def pending(self) -> str:
        """The sentence being written; empty where it starts to repeat our rules."""
        text = self._reader.pending
        return "" if _runs(text) & self._rules or _is_nothing(text) else text

    @property
    def supported(self) -> int:
        """Sentences that passed every check."""
        return sum(s.verdict.supported and not s.frame for s in self.sentences)

    @property
    def unsupported(self) -> int:
        """Sentences that did not."""
        return sum(not s.verdict.supported for s in self.sentences) + self.leaked

    @property
    def failures(self) -> list[str]:
        """One line for each sentence that failed, for the model to repair."""
        lines = [
            f'- "{s.draft.text}": it {"; it ".join(s.verdict.failures)}.'
            for s in self.sentences
            if not s.verdict.supported
        ]
        if self.leaked:
            lines.append("- It repeats the rules you were given: it must not.")
        return lines or ["- Nothing in it cites evidence."]

    def _hear(self, said: str) -> None:
        self.reply += said
        for sentence in self._reader.feed(said):
            self._take(sentence)

    def _take(self, sentence: Drafted) -> None:
        if _is_nothing(sentence.text):
            self.declined = True
        elif _runs(sentence.text) & self._rules:
            self.leaked += 1
        elif len(sentence.text) > _LONGEST:
            self.sentences.append(
                Checked(sentence, Verdict((), ("is longer than a sentence can be",)))
            )
        elif not sentence.numbers and self._checker.is_frame(sentence.text):
            self.sentences.append(Checked(sentence, Verdict(()), frame=True))
        else:
            self.sentences.append(Checked(sentence, self._checker.check(sentence)))


def _is_nothing(text: str) -> bool:
    return words(text) == words(NOTHING)


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    run = words(text)
    return frozenset(tuple(run[at : at + _RUN]) for at in range(len(run) - _RUN + 1))
