"""What the page's events do: joins Gradio's events to the handlers."""

from __future__ import annotations

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
    outputs, stop = [*places, state], asking.stop
    begun = gr.on(
        [asking.box.submit, asking.ask.click],
        events.begin,
        [asking.box, state, asking.back],
        [*outputs, asking.box, stop],
        queue=False,
        **_QUIET,
    )
    answering = begun.then(events.respond, [state, asking.mode, *asking.filters], outputs, **_QUIET)
    answering.then(_hide, None, [stop], queue=False, **_QUIET)
    stop.click(events.stop, [state], [*outputs, stop], cancels=[answering], queue=False, **_QUIET)
    asking.bring.click(
        events.bring_back, [asking.back, state], [*outputs, *asking.filters], queue=False,
        **_QUIET,
    )  # fmt: skip
    asking.new.click(
        events.start_again, None, [*outputs, stop, asking.back], cancels=[answering],
        queue=False, **_QUIET,
    )  # fmt: skip


_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


class _Events:
    """Joins Gradio's events to the handlers; a class, because Gradio hands its request only
    to functions whose annotations it can read, which those of a ``partial`` it cannot.
    """

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._threads = CapacityLimiter(ASKING)
        self._asked: OrderedDict[str, None] = OrderedDict()

    def begin(
        self, question: str, conversation: Conversation, kept: str, request: gr.Request
    ) -> tuple[Any, ...]:
        self._note_asked(request)
        allowed = self._parts.limit.allows(_who(request))
        if not conversation:
            # The page stayed open while the server was started anew, or forgot it after hours.
            conversation = handlers.brought_back(self._parts, _who(request), kept or "")
        shown = handlers.begin(self._parts, question, conversation, allowed)
        return (*_values(shown), "", gr.update(visible=True))

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
        if not conversation:  # a new one was begun meanwhile
            yield (gr.skip(),) * 4
            return
        filters = handlers.narrowing(authorities, kinds, from_year, to_year)
        ask = handlers.asking(conversation, filters)
        answers = handlers.respond(self._parts, conversation, ask, mode, _who(request))
        place = handlers.queueing(self._parts, conversation, ask)
        try:
            async with aclosing(pumped(answers, place, self._threads)) as growing:
                async for shown in growing:
                    yield _values(shown)
        finally:
            self._parts.turns.leave(ask)  # the reader stopped it, or went away

    def stop(self, conversation: Conversation, request: gr.Request) -> tuple[Any, ...]:
        return (*_values(handlers.stop(self._parts, conversation, _who(request))), _hide())

    def bring_back(
        self, kept: str, conversation: Conversation, request: gr.Request
    ) -> tuple[Any, ...]:
        before = handlers.brought_back(self._parts, _who(request), kept or "")
        if conversation or request.session_hash in self._asked:  # a question was quicker
            return (gr.skip(),) * 8
        authorities, kinds, years = choices(self._parts)
        narrowing = [gr.update(choices=found) for found in (authorities, kinds, years, years)]
        *shown, conversation = _values(handlers.shown(self._parts, before))
        # With nothing to bring back, a question that comes at this very moment stays.
        return (*shown, conversation or gr.skip(), *narrowing)

    def _note_asked(self, request: gr.Request) -> None:
        """Remember which pages asked lately: bringing back must not overwrite a question that was
        asked while it was under way, and sees only the conversation as it was before.
        """
        self._asked[request.session_hash or ""] = None
        while len(self._asked) > _REMEMBERED:
            self._asked.popitem(last=False)

    def start_again(self) -> tuple[Any, ...]:
        return (*_values(handlers.shown(self._parts, ())), _hide(), "")


def _who(request: gr.Request) -> str:
    scope = request.request.scope if request.request else {}
    return str(scope.get("assistant_user") or (scope.get("client") or ("",))[0])


def _hide() -> Any:
    return gr.update(visible=False)


def _values(shown: Shown) -> tuple[Any, ...]:
    return shown.earlier, shown.current, shown.sources, shown.conversation
