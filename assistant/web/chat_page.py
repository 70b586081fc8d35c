"""The chat page in Gradio: its layout, what a question is asked with, and how it is mounted.

Gradio is told before it is imported to send nothing and to keep no statistics of its own: it would
otherwise count every question anew over the last ten thousand after each.
"""

from __future__ import annotations

import os

from fastapi import FastAPI
from markupsafe import Markup

from assistant.web.answer_view import current_html
from assistant.web.handlers import QUOTES_ONLY, WRITTEN
from assistant.web.parts import WebParts
from assistant.web.templating import render, rooted

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)

import gradio as gr

_FONTS = ("system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
_NOTES = """<p id="nothing-asked" role="status"></p>
<p id="note">Do not enter names or details of children.</p>
<p id="unkept" role="status"></p><p id="aside" role="status"></p>"""
"""What a reader is told before asking; its script and its server say what is not kept."""


def mount_chat(app: FastAPI, parts: WebParts) -> None:
    """Put the chat page at ``/`` of ``app``."""
    gr.mount_gradio_app(
        app,
        chat_blocks(parts),
        path="/",
        root_path=rooted("") or None,
        theme=_theme(),
        head=_head(parts),
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
    """Lay out the page; its script does the rest (``question_routes.py`` says why)."""
    blocks: gr.Blocks
    with gr.Blocks(title="Inspection letters", analytics_enabled=False) as blocks:
        _html(_header(parts), "header")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=3, elem_id="talk"):
                with gr.Column(elem_id="conversation"):
                    _html(_exchanges(parts), "exchanges")
                _composer(parts)
            with gr.Column(scale=2, elem_id="panel"):
                _html(_panel(), "reader")
    blocks.queue(api_open=False)
    return blocks


def _theme() -> gr.themes.Base:
    return gr.themes.Base(
        primary_hue=gr.themes.colors.blue,
        neutral_hue=gr.themes.colors.gray,
        font=list(_FONTS),
        font_mono=["ui-monospace", "Consolas", "monospace"],
        radius_size=gr.themes.sizes.radius_sm,
        text_size=gr.themes.sizes.text_md,
    )


def _exchanges(parts: WebParts) -> Markup:
    """Render the places of the exchanges with the empty page's words; its script fills them."""
    return render("exchanges.html", current=Markup(current_html((), parts)))


def _head(parts: WebParts) -> str:
    """Render the page's styles and scripts."""
    return render("head.html", keeping=_keeping(parts), keep_days=parts.keep_days)


def _header(parts: WebParts) -> str:
    """Render the page's header: what the tool is and is not, and where else to go."""
    return render(
        "header.html",
        keeping=_keeping(parts),
        keep_days=parts.keep_days,
        sign_out=parts.sign_out,
        can_judge=parts.feedback is not None,
    )


def _keeping(parts: WebParts) -> str:
    return "server" if parts.conversations is not None else "browser"


def _panel() -> str:
    """Render the reader's place in the panel, empty; the page's script fills it."""
    return render("panel.html")


def _composer(parts: WebParts) -> None:
    """Lay out what a question is asked with, below where this is called."""
    with gr.Column(elem_id="composer"):
        _html(_NOTES, "noting")
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
        _html(render("asking.html", held=parts.held.documents), "asking")
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


def _html(value: str, elem_id: str) -> gr.HTML:
    """Make a place for our own HTML, without Gradio's scripts and styles in it."""
    return gr.HTML(value, elem_id=elem_id, js_on_load=None, apply_default_css=False)
