"""What happens when the reader asks or brings back: values in, values out; no HTML."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace

from assistant.errors import GivenUpError, NotKeptError
from assistant.ports import Answerer
from assistant.rendering.grammar import count
from assistant.service.throttle import paced
from assistant.types import Ask
from assistant.web.conversation_json import restored, unread
from assistant.web.parts import WebParts
from assistant.web.session import (
    Conversation,
    asked,
    history,
    under_way,
    with_answer,
    with_problem,
    with_progress,
)
from assistant.web.source_choice import EVERYTHING, Choice, filters_of, labels_of
from index.errors import AssistantError
from index.query.understand import MAX_QUESTION

QUOTES_ONLY = "quotes"
WRITTEN = "written"
_FAILED = "Something went wrong while answering. Nothing was lost: please ask again."

_TOO_FAST = "You have asked many questions in a short time. Wait a minute and ask again."
_BUSY = "Very many people are asking at this moment. Wait a minute and ask again."
_TOO_LONG = "This conversation has become long. Start a new one, and ask there."
_NOT_KEPT = (
    "This conversation is not kept: the server has no room for it now. Save what you need as Word "
    "or Markdown, and tell the person or team who runs this tool."
)
_NOT_READ = "Your earlier conversation could not be read from the server. Reload the page later."
_MOST_EXCHANGES = 60

_log = logging.getLogger(__name__)


def begin(
    parts: WebParts,
    question: str,
    conversation: Conversation,
    choice: Choice = EVERYTHING,
    mode: str = QUOTES_ONLY,
    allowed: bool = True,
) -> Conversation:
    """Add a question before anything is looked up; one that is under way is not asked again."""
    # Nothing longer is kept, whatever becomes of it; the answerer says that it was shortened.
    question = readable(question)[: MAX_QUESTION + 1]
    last = under_way(conversation)
    if last is not None and last.question == question:
        return conversation
    filters = filters_of(choice, parts.store)
    narrowed = tuple(labels_of(choice, parts.store))
    conversation = asked(
        conversation[:_MOST_EXCHANGES], question, filters, mode, narrowed, choice.picked
    )
    searching = f"Searching {count(parts.held.documents, 'document')}"
    conversation = with_progress(conversation, searching)
    if len(conversation) > _MOST_EXCHANGES:
        return with_problem(conversation, _TOO_LONG)
    if parts.turns.waiting >= parts.most_waiting:
        return with_problem(conversation, _BUSY)
    return conversation if allowed else with_problem(conversation, _TOO_FAST)


def respond(
    parts: WebParts, conversation: Conversation, ask: Ask, who: str = ""
) -> Generator[Conversation]:
    """Answer the last question of ``conversation``, growing; the last one given is closed."""
    with parts.audit.noting(who, ask.question) as outcome:
        for longer in answering(parts, conversation, ask):
            if longer[-1].done and longer[-1].answer:
                outcome.is_answer(longer[-1].answer)
            yield longer


def asking(conversation: Conversation) -> Ask:
    """The last question as the answerer takes it."""
    last = conversation[-1]
    return Ask(last.question, history(conversation[:-1]), last.filters)


def queueing(
    parts: WebParts, conversation: Conversation, ask: Ask
) -> Callable[[], Conversation | None]:
    """A function that tells, whenever it changed, how many questions come before this one."""
    told = 0

    def tell() -> Conversation | None:
        nonlocal told
        ahead = parts.turns.ahead(ask)
        if ahead == told:
            return None
        told = ahead
        said = conversation[-1].progress
        if ahead:
            verb = "is" if ahead == 1 else "are"
            said = f"Many people are asking: {count(ahead, 'question')} {verb} before yours"
        return with_progress(conversation, said)

    return tell


def keep(parts: WebParts, who: str, conversation: Conversation) -> str:
    """Keep a conversation on the server, where that is set up; returns why not, in a sentence."""
    if parts.conversations is None or not parts.keep_days:
        return ""
    try:
        parts.conversations.save(who, conversation)
    except NotKeptError as error:
        _log.error("a conversation is not kept: %s", error)
        return _NOT_KEPT
    return ""


def brought_back(parts: WebParts, who: str, what: str) -> tuple[Conversation, str]:
    """A conversation of before, and what the reader must know of it.

    Args:
        what: the id of a conversation kept on the server, or what a browser kept itself.
    """
    text, talk = what, what
    if parts.conversations is None:
        talk = secrets.token_urlsafe(12)
    else:
        try:
            text = (what and parts.conversations.read(who, what)) or ""
        except NotKeptError as error:
            _log.error("a conversation is not brought back: %s", error)
            return (), _NOT_READ
    conversation = restored(text, parts.store, talk)
    return conversation, unread(text, conversation)


def apart(parts: WebParts, who: str, conversation: Conversation) -> Conversation:
    """Give a conversation an id of its own where another page has gone on with it.

    What that page keeps then stays, and so does what is asked here.
    """
    if parts.conversations is None or not conversation or under_way(conversation):
        return conversation
    try:
        kept = parts.conversations.questions(who, conversation[0].talk)
    except NotKeptError:
        kept = None  # what is there is not known, and must not be written over
    # Of a very long one the last exchanges alone are kept.
    recent = tuple(one.question for one in conversation[-len(kept or ()) :])
    if kept is not None and (not kept or recent == kept):
        return conversation
    talk = secrets.token_urlsafe(12)
    return tuple(replace(exchange, talk=talk) for exchange in conversation)


def answering(parts: WebParts, conversation: Conversation, ask: Ask) -> Iterator[Conversation]:
    """The conversation as its last answer grows; the last one given is closed."""
    try:
        for answer in paced(chosen(parts, conversation[-1].mode).stream(ask)):
            conversation = with_answer(conversation, answer, done=False)
            yield conversation
        conversation = finished(conversation)
    except GivenUpError:
        raise
    except AssistantError as error:
        conversation = with_problem(conversation, str(error))
    except Exception:  # noqa: BLE001 — the edge: a sentence for the reader, the rest for the log
        _log.exception("answering failed")
        conversation = with_problem(conversation, _FAILED)
    yield conversation


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


def readable(text: str) -> str:
    """Replace lone surrogates, which no JSON or HTML can carry, by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
