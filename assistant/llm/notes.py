"""Says beside a written answer what the reader must know of it; one sentence each."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.llm import paragraphs
from assistant.llm.composing import UNSUPPORTED
from assistant.llm.drafting import Draft
from assistant.ports import Briefing
from assistant.rendering import wording
from assistant.types import Answer, Status
from index.ports import PassageStore


@dataclass(frozen=True)
class Notes:
    """The notes of one question's answer.

    Attributes:
        show_failed: whether sentences that failed a check are shown.
    """

    briefing: Briefing
    store: PassageStore
    show_failed: bool

    def refused(self) -> tuple[str, ...]:
        """Return what is held, for an answer that says the documents do not tell."""
        names = [mention.value for mention in self.briefing.query.authorities]
        return (*self.briefing.notes, wording.held_for(self.store.identities(), names))

    def answered(self, answer: Answer, draft: Draft, dropped: int) -> tuple[str, ...]:
        """Return what is lacking, newer, doubtful or left out.

        Args:
            dropped: paragraphs likely to answer that the model was not shown.
        """
        cited = list({c.identity.doc_id: c.identity for c in answer.citations}.values())
        return tuple(
            note
            for note in (
                *self.briefing.notes,
                self._lacking(answer, draft),
                wording.newest(self.store.identities(), cited),
                self._failed(draft),
                _offered(answer, draft),
                _dropped(dropped),
                _hidden(paragraphs.hidden(self.briefing)),
            )
            if note
        )

    def _lacking(self, answer: Answer, draft: Draft) -> str:
        """Return the part not answered in the model's words, where these name nothing unknown."""
        if answer.status is not Status.PARTIAL:
            return ""
        said = draft.first.lacking.rstrip(".")
        if not said or not draft.checks.known(said):
            return "Part of this is not in the documents."
        return wording.partly([said])

    def _failed(self, draft: Draft) -> str:
        if not draft.unsupported:
            return ""
        if not self.show_failed:
            return (
                "Left out, because nothing in the letters bears it out: "
                f"{_many(draft.unsupported, 'sentence')} of the language model."
            )
        return (
            f"Written by the language model, marked “{UNSUPPORTED}”, and not to be relied on: "
            f"{_many(draft.unsupported, 'sentence')}."
        )


def _offered(answer: Answer, draft: Draft) -> str:
    """Say which citations the model did not give."""
    numbers = [
        f"[{sentence.citations[0]}]"
        for sentence, checked in zip(
            [s for s in answer.sentences if s.citations],
            [c for c in draft.sentences if c.verdict.cited],
            strict=True,
        )
        if checked.verdict.offered
    ]
    if not numbers:
        return ""
    return (
        "Found by this tool to bear the sentence out, where the language model cited something "
        f"else or nothing: {', '.join(dict.fromkeys(numbers))}."
    )


def _dropped(paragraphs: int) -> str:
    if not paragraphs:
        return ""
    return (
        "Not shown to the language model, which can read no more at once: "
        f"{_many(paragraphs, 'paragraph')} that may bear on this."
    )


def _hidden(sentences: int) -> str:
    if not sentences:
        return ""
    return (
        "Not shown to the language model, because it reads like an instruction to a computer: "
        f"{_many(sentences, 'sentence')} of evidence."
    )


def _many(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
