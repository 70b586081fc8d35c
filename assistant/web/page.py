"""The chat page in Gradio: its layout and how it is mounted."""

from __future__ import annotations

from fastapi import FastAPI
from markupsafe import Markup

from assistant.web.answer_view import current_html
from assistant.web.composer import composer
from assistant.web.parts import WebParts
from assistant.web.templating import render, rooted
from assistant.web.toolkit import gr, html

_FONTS = ("system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")


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
    """Lay out the page; its script does the rest (``events.py`` says why)."""
    blocks: gr.Blocks
    with gr.Blocks(title="Inspection letters", analytics_enabled=False) as blocks:
        html(_header(parts), "header")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=3, elem_id="talk"):
                with gr.Column(elem_id="conversation"):
                    html(_exchanges(parts), "exchanges")
                composer(parts)
            with gr.Column(scale=2, elem_id="panel"):
                html(_panel(), "reader")
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
