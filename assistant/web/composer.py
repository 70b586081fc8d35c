"""What a question is asked with: the box, its buttons, the filters and how to answer."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.web.handlers import QUOTES_ONLY, WRITTEN
from assistant.web.parts import WebParts
from assistant.web.toolkit import gr, html


@dataclass(frozen=True)
class Composer:
    """The widgets.

    Attributes:
        filters: authorities, kinds, first and last year.
        back: what the browser kept of a conversation; hidden, as is ``bring``, which brings
            that conversation back.
    """

    box: gr.Textbox
    ask: gr.Button
    stop: gr.Button
    filters: list[gr.components.Component]
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
        can_write = parts.llm_answerer is not None
        options = "Options" if can_write else "Narrow the search"
        with gr.Accordion(options, open=False, elem_id="narrow"):
            filters = _filters(parts)
            mode = _mode(parts)
        new = gr.Button("New conversation", size="sm", elem_id="new")
        back = gr.Textbox(visible="hidden", elem_id="kept-before")
        bring = gr.Button("Bring back", visible="hidden", elem_id="bring-back")
    return Composer(box, ask, stop, filters, mode, new, back, bring)


def _filters(parts: WebParts) -> list[gr.components.Component]:
    authorities, kinds, years = choices(parts)
    with gr.Row():
        return [
            gr.Dropdown(authorities, multiselect=True, label="Authority"),
            gr.Dropdown(kinds, multiselect=True, label="Kind of document"),
            gr.Dropdown(years, value="", label="From year"),
            gr.Dropdown(years, value="", label="To year"),
        ]


def choices(parts: WebParts) -> tuple[list[str], list[tuple[str, str]], list[tuple[str, str]]]:
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
