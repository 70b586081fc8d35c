"""What the page's events do: joins Gradio's events to the handlers."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from anyio import CapacityLimiter

from assistant.web import handlers
from assistant.web.composer import Composer, choices
from assistant.web.handlers import Shown
from assistant.web.parts import WebParts
from assistant.web.pump import pumped
from assistant.web.session import Conversation
from assistant.web.toolkit import gr
from assistant.web.writing import Ending, Writer, Writers
from index.types import Filters

_KEEP_STATE_S = 12 * 3600
_REMEMBERED = 1_000
ASKING = 128
"""Questions under way in Gradio at once: more than may wait for their turn, so that each
reader is told their place instead of standing in a line that says nothing.
"""


def connect(parts: WebParts, asking: Composer, places: list[gr.HTML]) -> None:
    """Connect the widgets to what they do.

    Args:
        parts: what the page is made of.
        asking: what a question is asked with.
        places: where earlier exchanges, the last one and its sources are shown.
    """
    events = _Events(parts)
    state = gr.State((), time_to_live=_KEEP_STATE_S)
    outputs = [*places, state]
    begun = gr.on(
        [asking.box.submit, asking.ask.click],
        events.begin,
        [asking.box, state, asking.back],
        [*outputs, asking.box],
        queue=False,
        **_QUIET,
    )
    # A reader may ask on before the answer is complete.
    answering = [state, asking.mode, *asking.filters]
    begun.then(events.respond, answering, outputs, trigger_mode="multiple", **_QUIET)
    asking.stop.click(events.stop, [state], outputs, queue=False, **_QUIET)
    brought = [*outputs, *asking.filters]
    asking.bring.click(events.bring_back, [asking.back, state], brought, queue=False, **_QUIET)
    asking.new.click(events.start_again, None, [*outputs, asking.back], queue=False, **_QUIET)


_AS_IT_IS = (gr.skip(),) * 4
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


class _Events:
    """Joins Gradio's events to the handlers; a class, because Gradio hands its request only
    to functions whose annotations it can read, which those of a ``partial`` it cannot.
    """

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._threads = CapacityLimiter(ASKING)
        self._asked: OrderedDict[str, Conversation] = OrderedDict()
        self._writers = Writers()
        self._made = handlers.shown(parts, ()).current

    def begin(
        self, question: str, conversation: Conversation, kept: str, request: gr.Request
    ) -> tuple[Any, ...]:
        self._note_asked(request, ())
        self._writers.end(_page(request), Ending.ASKED_ON)
        allowed = self._parts.limit.allows(_who(request))
        if not conversation:
            # The page stayed open while the server was started anew, or forgot it after hours.
            conversation = handlers.brought_back(self._parts, _who(request), kept or "")
        shown = handlers.begin(self._parts, question, conversation, allowed)
        self._note_asked(request, shown.conversation)
        return (*_values(shown), "")

    async def respond(
        self,
        conversation: Conversation,
        mode: str,
        authorities: list[str],
        kinds: list[str],
        from_year: str,
        to_year: str,
        request: gr.Request,
    ) -> AsyncGenerator[tuple[Any, ...]]:
        # What an earlier answer wrote at this very moment may have replaced what was asked.
        conversation = self._take_asked(request) or conversation
        if not conversation:  # a new one was begun meanwhile
            yield _AS_IT_IS
            return
        filters = handlers.narrowing(authorities, kinds, from_year, to_year)
        with self._writers.writing(_page(request)) as writer:
            answers = self._answers(conversation, filters, mode, writer, _who(request))
            async with aclosing(answers) as growing:
                async for shown in growing:
                    conversation = shown.conversation
                    yield _values(shown)
            if (last := self._ended(writer, conversation, _who(request))) is not None:
                yield _values(last)

    async def _answers(
        self, conversation: Conversation, filters: Filters, mode: str, writer: Writer, who: str
    ) -> AsyncGenerator[Shown]:
        ask = handlers.asking(conversation, filters)
        answers = handlers.respond(self._parts, conversation, ask, mode, who)
        place = handlers.queueing(self._parts, conversation, ask)
        try:
            async with aclosing(pumped(answers, place, writer.is_ended, self._threads)) as growing:
                async for shown in growing:
                    yield shown
        finally:
            self._parts.turns.leave(ask)  # the reader stopped it, or went away

    def _ended(self, writer: Writer, conversation: Conversation, who: str) -> Shown | None:
        """What the page shows last of an answer that its reader ended, None for no more."""
        if writer.ending is Ending.STOPPED:
            return handlers.stop(self._parts, conversation, who)
        return handlers.shown(self._parts, ()) if writer.ending is Ending.LEFT else None

    def stop(self, conversation: Conversation, request: gr.Request) -> tuple[Any, ...]:
        if self._writers.end(_page(request), Ending.STOPPED):
            return _AS_IT_IS
        self._take_asked(request)
        return _values(handlers.stop(self._parts, conversation, _who(request)))

    def bring_back(
        self, kept: str, conversation: Conversation, request: gr.Request
    ) -> tuple[Any, ...]:
        before = handlers.brought_back(self._parts, _who(request), kept or "")
        if conversation or _page(request) in self._asked:  # a question was quicker
            return (*_AS_IT_IS, *(gr.skip(),) * 4)
        authorities, kinds, years = choices(self._parts)
        narrowing = [gr.update(choices=found) for found in (authorities, kinds, years, years)]
        shown = handlers.shown(self._parts, before)
        # With nothing to bring back, a question that comes at this very moment stays.
        if not before and shown.current == self._made:
            return (*_AS_IT_IS, *narrowing)
        return (*_values(shown)[:3], before or gr.skip(), *narrowing)

    def _note_asked(self, request: gr.Request, conversation: Conversation) -> None:
        """Remember which pages asked lately: bringing back must not overwrite a question that was
        asked while it was under way, and sees only the conversation as it was before.
        """
        page = _page(request)
        self._asked[page] = conversation
        self._asked.move_to_end(page)
        while len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)

    def _take_asked(self, request: gr.Request) -> Conversation:
        """The conversation with the question just asked; empty where it was taken already."""
        page = _page(request)
        taken = self._asked.get(page, ())
        if taken:
            self._asked[page] = ()
        return taken

    def start_again(self, request: gr.Request) -> tuple[Any, ...]:
        self._take_asked(request)
        if self._writers.end(_page(request), Ending.LEFT):
            return (*_AS_IT_IS, "")
        return (*_values(handlers.shown(self._parts, ())), "")


def _page(request: gr.Request) -> str:
    """The page that asks; one that does not say which it is shares nothing with any other."""
    return request.session_hash or secrets.token_hex()


def _who(request: gr.Request) -> str:
    scope = request.request.scope if request.request else {}
    return str(scope.get("assistant_user") or (scope.get("client") or ("",))[0])


def _values(shown: Shown) -> tuple[Any, ...]:
    earlier = gr.skip() if shown.earlier is None else shown.earlier
    return earlier, shown.current, shown.sources, shown.conversation
