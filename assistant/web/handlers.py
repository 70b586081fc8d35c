"""What happens when the reader asks, stops or starts again: values in, HTML and values out."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.ports import Answerer
from assistant.types import Answer, Ask
from assistant.web.answer_view import conversation_html, current_html, sources_html
from assistant.web.parts import WebParts
from assistant.web.session import (
    Conversation,
    Exchange,
    asked,
    history,
    stopped,
    with_answer,
    with_problem,
)
from index.errors import AssistantError
from index.types import Filters, Kind

QUOTES_ONLY = "quotes"
WRITTEN = "written"
_PAUSE_S = 0.1
_FAILED = "Something went wrong while answering. Nothing was lost: please ask again."

_TOO_FAST = "You have asked many questions in a short time. Wait a minute and ask again."

_audit = logging.getLogger("assistant.audit")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page shows: three pieces of HTML and the conversation they were made from."""

    earlier: str
    current: str
    sources: str
    conversation: Conversation


def shown(parts: WebParts, conversation: Conversation) -> Shown:
    """Render a conversation."""
    return Shown(
        conversation_html(conversation),
        current_html(conversation, parts),
        sources_html(conversation),
        conversation,
    )


def begin(
    parts: WebParts, question: str | None, conversation: Conversation, allowed: bool = True
) -> Shown:
    """Show the question at once, before anything is looked up."""
    conversation = asked(conversation, readable(question or ""))
    return shown(parts, conversation if allowed else with_problem(conversation, _TOO_FAST))


def respond(
    parts: WebParts, conversation: Conversation, mode: str, filters: Filters, who: str = ""
) -> Iterator[Shown]:
    """Answer the last question of ``conversation``, growing; one already closed stays."""
    if not conversation[-1].done:
        started_s = time.monotonic()
        for grown in answering(parts, conversation, mode, filters):
            conversation = grown
            yield shown(parts, conversation)
        note(who, conversation[-1], time.monotonic() - started_s)
    else:
        yield shown(parts, conversation)


def answering(
    parts: WebParts, conversation: Conversation, mode: str, filters: Filters
) -> Iterator[Conversation]:
    """The conversation as its last answer grows; the last one given is closed."""
    ask = Ask(conversation[-1].question, history(conversation[:-1]), filters)
    try:
        for answer in paced(chosen(parts, mode).stream(ask)):
            conversation = with_answer(conversation, answer, done=False)
            yield conversation
        conversation = finished(conversation)
    except AssistantError as error:
        conversation = with_problem(conversation, str(error))
    except Exception:  # noqa: BLE001 — the edge: a sentence for the reader, the rest for the log
        _log.exception("answering failed")
        conversation = with_problem(conversation, _FAILED)
    yield conversation


def note(who: str, exchange: Exchange, elapsed_s: float) -> None:
    """Write the audit line of one question; its text stays out."""
    status = exchange.answer.status if exchange.answer else "failed"
    cited = len(exchange.answer.citations) if exchange.answer else 0
    _audit.info("asked who=%r status=%s cited=%d ms=%.0f", who, status, cited, elapsed_s * 1000)


def stop(parts: WebParts, conversation: Conversation) -> Shown:
    """Keep what has come of an answer that the reader stopped."""
    return shown(parts, stopped(conversation))


def finished(conversation: Conversation) -> Conversation:
    """Close the last exchange; an answerer that gave nothing at all is a failure."""
    answer = conversation[-1].answer
    if answer is None:
        return with_problem(conversation, _FAILED)
    return with_answer(conversation, answer, done=True)


def chosen(parts: WebParts, mode: str) -> Answerer:
    """The answerer for the reader's choice; quotes only where no model is set."""
    written = mode == WRITTEN and parts.llm_answerer is not None
    return parts.llm_answerer if written and parts.llm_answerer else parts.answerer


def paced(answers: Iterator[Answer]) -> Iterator[Answer]:
    """Let at most ten growing answers a second through, and always the last."""
    last_s, held_back = 0.0, None
    for answer in answers:
        held_back = answer
        if time.monotonic() - last_s >= _PAUSE_S:
            last_s, held_back = time.monotonic(), None
            yield answer
    if held_back is not None:
        yield held_back


def narrowing(
    authorities: Sequence[str] | None,
    kinds: Sequence[str] | None,
    from_year: str | None,
    to_year: str | None,
) -> Filters:
    """Make filters of what the reader chose; empty choices restrict nothing."""
    return Filters(
        authorities=tuple(authorities or ()),
        kinds=tuple(Kind(kind) for kind in kinds or ()),
        from_date=date(int(from_year), 1, 1) if from_year else None,
        to_date=date(int(to_year), 12, 31) if to_year else None,
    )


def readable(text: str) -> str:
    """Replace lone surrogates, which no JSON or HTML can carry, by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
