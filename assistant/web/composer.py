"""What a question is asked with: the box, its buttons, the sources and how to answer."""

from __future__ import annotations

from assistant.web.handlers import QUOTES_ONLY, WRITTEN
from assistant.web.parts import WebParts
from assistant.web.templating import render
from assistant.web.toolkit import gr, html

_NOTES = """<p id="note">Do not enter names or details of children.</p>
<p id="unkept" role="status"></p>"""
"""What a reader is told before asking; the page's script says what is not kept."""


def composer(parts: WebParts) -> None:
    """Lay out the widgets, below where this is called."""
    with gr.Column(elem_id="composer"):
        html(_NOTES, "noting")
        with gr.Row(elem_id="ask-row"):
            gr.Textbox(
                label="Your question",
                lines=1,
                max_lines=6,
                scale=5,
                interactive=True,
                elem_id="question",
            )
            gr.Button("Ask", variant="primary", scale=0, min_width=88, elem_id="ask")
            # Seen while an answer grows (chat.css).
            gr.Button("Stop", scale=0, min_width=88, elem_id="stop")
        html(render("asking.html", held=parts.held.documents), "asking")
        can_write = parts.llm_answerer is not None
        with gr.Accordion("Options", open=False, elem_id="how", visible=can_write):
            _mode(parts)
        gr.Button("New conversation", size="sm", elem_id="new")


def _mode(parts: WebParts) -> None:
    model = parts.model_name or "a language model"
    where = f" ({parts.model_place})" if parts.model_place else ""
    gr.Radio(
        [("Quotes only", QUOTES_ONLY), (f"Written by {model}, checked against quotes", WRITTEN)],
        value=QUOTES_ONLY,
        label="How to answer",
        info=f"If written, your question and the quotes found for it are sent to {model}{where}.",
        interactive=True,
        elem_id="mode",
    )
