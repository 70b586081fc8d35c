"""What a question is asked with: the box, its buttons, the sources and how to answer."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.web.handlers import QUOTES_ONLY, WRITTEN
from assistant.web.parts import WebParts
from assistant.web.templating import render
from assistant.web.toolkit import gr, html


@dataclass(frozen=True)
class Composer:
    """The widgets.

    Attributes:
        choice: which sources are asked, as the page's script has it; hidden.
        back: what the browser kept of a conversation; hidden, as is ``bring``, which brings
            that conversation back.
    """

    box: gr.Textbox
    ask: gr.Button
    stop: gr.Button
    choice: gr.Textbox
    mode: gr.Radio
    new: gr.Button
    back: gr.Textbox
    bring: gr.Button


def composer(parts: WebParts) -> Composer:
    """Lay out the widgets, below where this is called."""
    with gr.Column(elem_id="composer"):
        html('<p id="note">Do not enter names or details of children.</p>', "noting")
        with gr.Row(elem_id="ask-row"):
            box = gr.Textbox(
                label="Your question",
                lines=1,
                max_lines=6,
                scale=5,
                elem_id="question",
            )
            ask = gr.Button("Ask", variant="primary", scale=0, min_width=88, elem_id="ask")
            # Seen while an answer grows (chat.css): Gradio, told to show and hide it while values
            # arrive, now and then loses one of them.
            stop = gr.Button("Stop", scale=0, min_width=88, elem_id="stop")
        html(render("asking.html", held=parts.held.documents), "asking")
        can_write = parts.llm_answerer is not None
        with gr.Accordion("Options", open=False, elem_id="how", visible=can_write):
            mode = _mode(parts)
        new = gr.Button("New conversation", size="sm", elem_id="new")
        choice = gr.Textbox(visible="hidden", elem_id="choice")
        back = gr.Textbox(visible="hidden", elem_id="kept-before")
        bring = gr.Button("Bring back", visible="hidden", elem_id="bring-back")
    return Composer(box, ask, stop, choice, mode, new, back, bring)


def _mode(parts: WebParts) -> gr.Radio:
    model = parts.model_name or "a language model"
    where = f" ({parts.model_place})" if parts.model_place else ""
    return gr.Radio(
        [("Quotes only", QUOTES_ONLY), (f"Written by {model}, checked against quotes", WRITTEN)],
        value=QUOTES_ONLY,
        label="How to answer",
        info=f"If written, your question and the quotes found for it are sent to {model}{where}.",
        elem_id="mode",
    )
