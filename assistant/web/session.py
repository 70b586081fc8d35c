"""The conversation of one browser tab, as values; no HTML, no I/O."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace

from assistant.schema import understood
from assistant.types import Answer, CitedBefore, Turn
from index.types import Filters

NO_FILTERS = Filters()


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what became of it.

    Attributes:
        number: from 1, in the order asked.
        answer: None until something has come.
        problem: one sentence where answering failed, None otherwise.
        done: False while the answer grows.
        progress: what is being done while there is no answer yet.
        talk: id of the conversation, the same for all its exchanges.
        key: what its answer is asked for by; unguessable, empty where it was brought back.
        filters, mode: how it is to be answered.
        narrowed: what the filters let through, in the reader's words; empty for everything.
        picked: the same as it was chosen (``source_choice.Choice``).
    """

    number: int
    question: str
    answer: Answer | None = None
    problem: str | None = None
    done: bool = False
    progress: str = "Looking in the documents"
    talk: str = ""
    key: str = ""
    filters: Filters = NO_FILTERS
    mode: str = ""
    narrowed: tuple[str, ...] = ()
    picked: tuple[tuple[str, str], ...] = ()


Conversation = tuple[Exchange, ...]


def asked(
    conversation: Conversation,
    question: str,
    filters: Filters = NO_FILTERS,
    mode: str = "",
    narrowed: tuple[str, ...] = (),
    picked: tuple[tuple[str, str], ...] = (),
) -> Conversation:
    """Add a new question; one that was still being answered counts as stopped."""
    new = Exchange(
        number=len(conversation) + 1,
        question=question,
        talk=conversation[0].talk if conversation else secrets.token_urlsafe(12),
        key=secrets.token_urlsafe(16),
        filters=filters,
        mode=mode,
        narrowed=narrowed,
        picked=picked,
    )
    return (*stopped(conversation), new)


def under_way(conversation: Conversation) -> Exchange | None:
    """Return the question that is being answered, None where there is none."""
    return conversation[-1] if conversation and not conversation[-1].done else None


def with_progress(conversation: Conversation, progress: str) -> Conversation:
    """Say what is being done about the last question."""
    return (*conversation[:-1], replace(conversation[-1], progress=progress))


def with_answer(conversation: Conversation, answer: Answer, done: bool) -> Conversation:
    """Put ``answer`` to the last question."""
    return (*conversation[:-1], replace(conversation[-1], answer=answer, done=done))


def with_problem(conversation: Conversation, problem: str) -> Conversation:
    """Say why the last question could not be answered."""
    return (*conversation[:-1], replace(conversation[-1], problem=problem, done=True))


def stopped(conversation: Conversation) -> Conversation:
    """Mark the last question as stopped by the reader, if it was still being answered."""
    if under_way(conversation) is None:
        return conversation
    return with_problem(conversation, "Stopped before the answer was complete.")


def history(conversation: Conversation) -> tuple[Turn, ...]:
    """What an answerer needs of the finished exchanges, oldest first."""
    turns: list[Turn] = []
    for exchange in conversation:
        if exchange.answer is not None and exchange.done:
            query = understood(exchange.answer.query) if exchange.answer.query else None
            turns.append(Turn("user", exchange.question, query=query))
            cited = tuple(map(CitedBefore.of, exchange.answer.citations))
            turns.append(Turn("assistant", exchange.answer.text, cited))
    return tuple(turns)
