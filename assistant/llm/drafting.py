"""One reply of a model, read and checked sentence by sentence while it streams."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.evidence.words import words
from assistant.llm.checks import Checks, Verdict
from assistant.llm.markers import Drafted, ReplyReader
from assistant.llm.thinking import Spoken
from assistant.llm.usage import Usage, usage_of
from assistant.llm.verdict import FirstLine
from assistant.ports import Generator, Message
from assistant.types import Status

_LONGEST = 2_000
"""Characters of a sentence; no letter has a longer one, and checking takes longer than it grows."""
_RUN = 7
"""So many words in a row that are our rules' own are the rules, repeated."""
_LEAD = 3
"""A sentence of so few words that cites nothing ("Not always.") is said with the next."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A finished sentence and what the checks say."""

    draft: Drafted
    verdict: Verdict


class Draft:
    """One reply in the making.

    Attributes:
        checks: what its sentences are checked with.
        first: what the first line says of the question.
        sentences: checked, in order.
        reply: the model's own text so far, without what it thought aloud.
        usage: complete once the reply has ended.
        leaked: sentences left out because they repeat our rules.
    """

    def __init__(self, checks: Checks, rules: str) -> None:
        self.first = FirstLine()
        self.sentences: list[Checked] = []
        self.reply = ""
        self.usage = Usage()
        self.leaked = 0
        self.checks = checks
        self._lead = ""
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
            self._hear("", end=True)
        finally:
            self.usage = usage_of(pieces)
            close = getattr(pieces, "close", None)
            if close is not None:
                close()

    @property
    def supported(self) -> int:
        """Sentences that passed every check."""
        return sum(s.verdict.supported for s in self.sentences)

    @property
    def unsupported(self) -> int:
        """Sentences that did not."""
        return sum(not s.verdict.supported for s in self.sentences) + self.leaked

    @property
    def share(self) -> float:
        """Supported sentences, as a share of all; 0 where nothing was written."""
        return self.supported / (self.supported + self.unsupported or 1)

    @property
    def settled(self) -> bool:
        """Whether nothing is left to repair: it declines, or all that it says is borne out."""
        return self.first.status is Status.NOT_STATED or self.share == 1

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

    def _hear(self, said: str, end: bool = False) -> None:
        self.reply += said
        text = self.first.feed(said) + (self.first.finish() if end else "")
        for sentence in self._reader.feed(text) + (self._reader.finish() if end else []):
            self._take(sentence)
        if end and self._lead:
            self._check(self._lead, Drafted(self._lead, ()))

    def _take(self, sentence: Drafted) -> None:
        whole = f"{self._lead} {sentence.text}".strip()
        self._lead = ""
        if not sentence.numbers and len(words(whole)) <= _LEAD:
            self._lead = whole
        elif sentence.numbers or not whole.endswith(":"):  # else it only introduces
            self._check(whole, sentence)

    def _check(self, whole: str, sentence: Drafted) -> None:
        """Check a sentence; what leads it ("Yes.") claims nothing that the rest does not."""
        if _runs(whole) & self._rules:
            self.leaked += 1
        elif len(sentence.text) > _LONGEST:
            self.sentences.append(
                Checked(sentence, Verdict((), ("is longer than a sentence can be",)))
            )
        else:
            shown = Drafted(whole, sentence.numbers)
            denies = self.first.status is Status.PREMISE_CONTRADICTED
            self.sentences.append(Checked(shown, self.checks.check(sentence, denies)))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    run = words(text)
    return frozenset(tuple(run[at : at + _RUN]) for at in range(len(run) - _RUN + 1))
