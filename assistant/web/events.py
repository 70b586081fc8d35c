"""What the page's buttons do: joins Gradio's events to the handlers.

Each event changes the state of its page in one step and tells the browser of the new one in a
place of its own; the page's script shows the newest of all it was told (``conversation.js``).
None goes through Gradio's queue. Gradio sends the last values of an event again when it ends, in
any order with those of others, and may close the stream that a new one is to come by; so an
answer is streamed by ``answers.py``.
"""

from __future__ import annotations

import secrets
from typing import Any

from assistant.web import handlers
from assistant.web.answers import asker, message
from assistant.web.choosing import choice_from
from assistant.web.composer import Composer
from assistant.web.open_pages import OpenPage, OpenPages, PageState
from assistant.web.parts import WebParts
from assistant.web.session import stopped
from assistant.web.templating import render
from assistant.web.toolkit import gr


def connect(parts: WebParts, pages: OpenPages, asking: Composer, places: list[gr.HTML]) -> None:
    """Connect the widgets to what they do.

    Args:
        parts: what the page is made of.
        pages: holds the states of the open pages.
        asking: what a question is asked with.
        places: where asking, stopping, bringing back and starting again tell the new state.
    """
    events = _Events(parts, pages)
    asked, ended, brought, left = places
    question = [asking.box, asking.back, asking.mode, asking.choice]
    gr.on(
        [asking.box.submit, asking.ask.click], events.ask, question, [asked, asking.box], **_QUIET
    )
    asking.stop.click(events.stop, None, [ended], **_QUIET)
    asking.bring.click(events.bring_back, [asking.back], [brought], **_QUIET)
    asking.new.click(events.start_again, None, [left, asking.back], **_QUIET)


_QUIET: dict[str, Any] = {"queue": False, "show_progress": "hidden", "api_visibility": "private"}


class _Events:
    """Joins Gradio's events to the handlers; a class, because Gradio hands its request only
    to functions whose annotations it can read, which those of a ``partial`` it cannot.
    """

    def __init__(self, parts: WebParts, pages: OpenPages) -> None:
        self._parts = parts
        self._pages = pages

    def ask(
        self,
        question: str,
        before: str,
        mode: str,
        choice: str,
        request: gr.Request,
    ) -> tuple[str, str]:
        if not (question or "").strip():
            return self._told(self._page(request).state), ""
        who = asker(request.request)
        chosen = choice_from(choice or "", self._parts.store)
        allowed = self._parts.limit.allows(who)
        # The page stayed open while the server was started anew, or forgot it after hours.
        known = self._page(request).state.conversation
        earlier = known or handlers.brought_back(self._parts, who, before or "")
        state = self._page(request).change(
            lambda now: handlers.begin(self._parts, question, now or earlier, chosen, mode, allowed)
        )
        handlers.keep(self._parts, who, state.conversation)
        return self._told(state), ""

    def stop(self, request: gr.Request) -> str:
        state = self._page(request).change(stopped)
        handlers.keep(self._parts, asker(request.request), state.conversation)
        return self._told(state)

    def bring_back(self, kept: str, request: gr.Request) -> str:
        before = handlers.brought_back(self._parts, asker(request.request), kept or "")
        state = self._page(request).change(lambda now: now or before)  # a question was quicker
        return self._told(state)

    def start_again(self, request: gr.Request) -> tuple[str, str]:
        return self._told(self._page(request).change(lambda _: ())), ""

    def _page(self, request: gr.Request) -> OpenPage:
        """The page that asks; one that does not say which it is shares nothing with any other."""
        return self._pages.page(request.session_hash or secrets.token_hex())

    def _told(self, state: PageState) -> str:
        return render("told.html", message=message(self._parts, state))
