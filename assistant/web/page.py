"""The chat page in Gradio: its layout, its events and how it is mounted.

The only module that imports Gradio. Handlers and rendering are elsewhere, without it.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from typing import Any

from anyio import CapacityLimiter
from fastapi import FastAPI

from assistant.web import handlers
from assistant.web.answer_view import current_html, header_html, panel_html
from assistant.web.handlers import QUOTES_ONLY, WRITTEN, Shown
from assistant.web.parts import WebParts
from assistant.web.pump import pumped
from assistant.web.session import Conversation
from assistant.web.templating import render

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by Gradio when it is imported

import gradio as gr

_FONTS = ("system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
_KEEP_STATE_S = 12 * 3600
_SESSIONS = 400
"""Open pages whose state is held in memory, about 0.2 MB each; the one used least goes first."""
_ASKING = 128
"""Questions under way in Gradio at once: more than may wait for their turn, so that each
reader is told their place instead of standing in a line that says nothing.
"""
_HEAD = """
<link rel="icon" href="/page-files/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page-files/tokens.css">
<link rel="stylesheet" href="/page-files/chat.css">
<link rel="stylesheet" href="/page-files/reader.css">
<script src="/page-files/chat.js" defer></script>
<script src="/page-files/panel.js" defer></script>
<script src="/page-files/keep.js" defer></script>
<script src="/page-files/feedback.js" defer></script>
"""


def mount_chat(app: FastAPI, parts: WebParts) -> None:
    """Put the chat page at ``/`` of ``app``."""
    gr.mount_gradio_app(
        app,
        chat_blocks(parts),
        path="/",
        theme=_theme(),
        head=_HEAD,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        allowed_paths=[],
        max_file_size=1,
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
    )


def chat_blocks(parts: WebParts) -> gr.Blocks:
    """Lay out the page and connect its events."""
    blocks: gr.Blocks
    with gr.Blocks(title="Inspection letters", analytics_enabled=False) as blocks:
        _html(header_html(parts), "header")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=3, elem_id="talk"):
                with gr.Column(elem_id="conversation"):
                    earlier = _html("", "earlier")
                    current = _html(current_html((), parts), "current")
                asking = _asking(parts)
            with gr.Column(scale=2, elem_id="panel"):
                _html(panel_html(), "reader")
                sources = _html("", "sources")
        _connect(parts, asking, [earlier, current, sources])
    blocks.state_session_capacity = _SESSIONS
    blocks.queue(max_size=_ASKING, default_concurrency_limit=_ASKING, api_open=False)
    return blocks


def _html(value: str, elem_id: str) -> gr.HTML:
    return gr.HTML(value, elem_id=elem_id, js_on_load=None, apply_default_css=False)


def _asking(parts: WebParts) -> dict[str, Any]:
    with gr.Column(elem_id="composer"):
        with gr.Row(elem_id="ask-row"):
            box = gr.Textbox(
                label="Your question",
                info="Do not enter names or details of children.",
                lines=1,
                max_lines=6,
                scale=5,
                elem_id="question",
            )
            ask = gr.Button("Ask", variant="primary", scale=0, min_width=88, elem_id="ask")
            stop = gr.Button("Stop", scale=0, min_width=88, elem_id="stop", visible=False)
        with gr.Accordion("Narrow the search", open=False, elem_id="narrow"):
            filters = _filters(parts)
        mode = _mode(parts)
        _html(render("saving.html"), "saving")
        new = gr.Button("New conversation", size="sm", elem_id="new")
        back = gr.Textbox(visible="hidden", elem_id="kept-before")
        bring = gr.Button("Bring back", visible="hidden", elem_id="bring-back")
    return {"box": box, "ask": ask, "stop": stop, "new": new, "mode": mode, "filters": filters,
            "back": back, "bring": bring}  # fmt: skip


def _filters(parts: WebParts) -> list[gr.components.Component]:
    authorities, kinds, years = _choices(parts)
    with gr.Row():
        return [
            gr.Dropdown(authorities, multiselect=True, label="Authority"),
            gr.Dropdown(kinds, multiselect=True, label="Kind of document"),
            gr.Dropdown(years, value="", label="From year"),
            gr.Dropdown(years, value="", label="To year"),
        ]


def _choices(parts: WebParts) -> tuple[list[str], list[tuple[str, str]], list[tuple[str, str]]]:
    """Authorities, kinds and years that something is held of."""
    held = parts.held
    years = range(held.last.year, held.first.year - 1, -1) if held.first and held.last else ()
    kinds = [(kind.value.capitalize(), kind.value) for kind in held.kinds]
    return list(held.authorities), kinds, [("Any", ""), *((str(y), str(y)) for y in years)]


def _mode(parts: WebParts) -> gr.Radio:
    model = parts.model_name or "a language model"
    where = f" ({parts.model_place})" if parts.model_place else ""
    return gr.Radio(
        [("Quotes only", QUOTES_ONLY), (f"Written by {model}, checked against quotes", WRITTEN)],
        value=QUOTES_ONLY,
        label="How to answer",
        info=f"If written, your question and the quotes found for it are sent to {model}{where}.",
        visible=parts.llm_answerer is not None,
        elem_id="mode",
    )


def _connect(parts: WebParts, asking: dict[str, Any], places: list[gr.HTML]) -> None:
    events = _Events(parts)
    state = gr.State((), time_to_live=_KEEP_STATE_S)
    outputs = [*places, state]
    box, stop = asking["box"], asking["stop"]
    begun = gr.on(
        [box.submit, asking["ask"].click],
        events.begin,
        [box, state, asking["back"]],
        [*outputs, box, stop],
        queue=False,
        **_QUIET,
    )
    answering = begun.then(
        events.respond, [state, asking["mode"], *asking["filters"]], outputs, **_QUIET
    )
    answering.then(_hide, None, [stop], queue=False, **_QUIET)
    stop.click(events.stop, [state], [*outputs, stop], cancels=[answering], queue=False, **_QUIET)
    asking["bring"].click(
        events.bring_back, [asking["back"], state], [*outputs, *asking["filters"]], queue=False,
        **_QUIET,
    )  # fmt: skip
    asking["new"].click(
        events.start_again, None, [*outputs, stop, asking["back"]], cancels=[answering],
        queue=False, **_QUIET,
    )  # fmt: skip


_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


class _Events:
    """Joins Gradio's events to the handlers; a class, because Gradio hands its request only
    to functions whose annotations it can read, which those of a ``partial`` it cannot.
    """

    def __init__(self, parts: WebParts) -> None:
        self._parts = parts
        self._threads = CapacityLimiter(_ASKING)

    def begin(
        self, question: str, conversation: Conversation, kept: str, request: gr.Request
    ) -> tuple[Any, ...]:
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
        if not conversation:
            return
        filters = handlers.narrowing(authorities, kinds, from_year, to_year)
        ask = handlers.asking(conversation, filters)
        answers = handlers.respond(self._parts, conversation, ask, mode, _who(request))
        place = handlers.queueing(self._parts, conversation, ask)
        async for shown in pumped(answers, place, self._threads):
            yield _values(shown)

    def stop(self, conversation: Conversation, request: gr.Request) -> tuple[Any, ...]:
        return (*_values(handlers.stop(self._parts, conversation, _who(request))), _hide())

    def bring_back(
        self, kept: str, conversation: Conversation, request: gr.Request
    ) -> tuple[Any, ...]:
        if conversation:  # a question was quicker
            return (gr.skip(),) * 8
        before = handlers.brought_back(self._parts, _who(request), kept or "")
        authorities, kinds, years = _choices(self._parts)
        choices = [gr.update(choices=found) for found in (authorities, kinds, years, years)]
        return (*_values(handlers.shown(self._parts, before)), *choices)

    def start_again(self) -> tuple[Any, ...]:
        return (*_values(handlers.shown(self._parts, ())), _hide(), "")


def _who(request: gr.Request) -> str:
    scope = request.request.scope if request.request else {}
    return str(scope.get("assistant_user") or (scope.get("client") or ("",))[0])


def _hide() -> Any:
    return gr.update(visible=False)


def _values(shown: Shown) -> tuple[Any, ...]:
    return shown.earlier, shown.current, shown.sources, shown.conversation


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.gray,
        font=list(_FONTS),
        font_mono=["ui-monospace", "Consolas", "monospace"],
        radius_size=gr.themes.sizes.radius_sm,
        text_size=gr.themes.sizes.text_md,
    )
