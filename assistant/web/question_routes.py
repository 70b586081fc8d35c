"""What a reader does on the page: ask, stop, bring back, start again; an address for each.

Each changes the state of its page in one step and answers with the new one; the page's script
shows the newest of all it was told (``conversation.js``). None goes through Gradio's events, which
send a value that a script put into a box later, tell the last values of an event again when it
ends, in any order with those of others, and leave a lost connection to a reload. The answer
itself is streamed by ``answer_stream.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter
from fastapi.requests import Request
from fastapi.responses import Response
from pydantic import BaseModel, BeforeValidator, Field

from assistant.http.body_limit import MAX_BODY_BYTES
from assistant.web import handlers
from assistant.web.answer_stream import account, asker, message
from assistant.web.open_pages import OpenPage, OpenPages, PageState
from assistant.web.parts import WebParts
from assistant.web.session import Conversation, stopped
from assistant.web.source_choice import choice_from


def _readable(value: object) -> object:
    return handlers.readable(value) if isinstance(value, str) else value


Text = Annotated[str, BeforeValidator(_readable), Field(max_length=MAX_BODY_BYTES)]


class Event(BaseModel):
    """What every event carries.

    Attributes:
        page: name of the open page, which its script makes up, as unguessable as a key.
        before: what the browser kept of the conversation, or the id that the server kept it by;
            taken where the page is not known (any more): the server was started anew, hours
            went by, or the reader was quicker than what the page brings back.
    """

    page: Annotated[Text, Field(min_length=32, max_length=64)]
    before: Text = ""


class Asked(Event):
    """What asking carries.

    Attributes:
        question: as typed.
        mode: how it is to be answered (``handlers.chosen``).
        choice: which sources are asked (``choosing.choice_from``).
    """

    question: Text
    mode: Text = handlers.QUOTES_ONLY
    choice: Text = ""


class Events:
    """Carries out what readers do.

    Args:
        parts: what the page is made of.
        pages: holds the states of the open pages.
    """

    def __init__(self, parts: WebParts, pages: OpenPages) -> None:
        self._parts = parts
        self._pages = pages

    def ask(self, event: Asked, request: Request) -> Response:
        """Put a question; the answer is then streamed to whoever asks for its key."""
        if not event.question.strip():
            return self._told(self._page(event, request).state)
        who = asker(request)
        chosen = choice_from(event.choice, self._parts.store)
        allowed = self._parts.limit.allows(who)
        return self._change(
            event,
            request,
            lambda now: handlers.begin(
                self._parts,
                event.question,
                handlers.apart(self._parts, who, now),
                chosen,
                event.mode,
                allowed,
            ),
        )

    def stop(self, event: Event, request: Request) -> Response:
        """Stop the answer that is under way."""
        return self._change(event, request, stopped)

    def bring_back(self, event: Event, request: Request) -> Response:
        """Show what was asked before, unless a question was quicker."""
        page = self._page(event, request)
        before, aside = self._before(page, event, request)
        return self._told(replace(page.change(lambda now: now or before), aside=aside))

    def start_again(self, event: Event, request: Request) -> Response:
        """Begin a new conversation."""
        return self._told(self._page(event, request).change(lambda _: ()))

    def _change(
        self, event: Event, request: Request, make: Callable[[Conversation], Conversation]
    ) -> Response:
        page = self._page(event, request)
        before, aside = self._before(page, event, request)
        state = page.change(lambda now: make(now or before))
        unkept = handlers.keep(self._parts, asker(request), state.conversation)
        return self._told(replace(state, aside=unkept or aside))

    def _before(self, page: OpenPage, event: Event, request: Request) -> tuple[Conversation, str]:
        if page.state.revision:
            return (), ""
        return handlers.brought_back(self._parts, asker(request), event.before)

    def _page(self, event: Event, request: Request) -> OpenPage:
        """The page, which is its reader's alone: of the same name from another it is another."""
        return self._pages.page(event.page, account(request))

    def _told(self, state: PageState) -> Response:
        return Response(message(self._parts, state), media_type="application/json")


def event_routes(parts: WebParts, pages: OpenPages) -> APIRouter:
    """Make ``POST /page/ask``, ``/page/stop``, ``/page/bring-back`` and ``/page/start-again``."""
    router = APIRouter()
    events = Events(parts, pages)
    router.post("/page/ask")(events.ask)
    router.post("/page/stop")(events.stop)
    router.post("/page/bring-back")(events.bring_back)
    router.post("/page/start-again")(events.start_again)
    return router
