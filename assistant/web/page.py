"""The chat page in Gradio: its layout and how it is mounted."""

from __future__ import annotations

from fastapi import FastAPI

from assistant.web.answer_view import exchanges_html, head_html, header_html, panel_html
from assistant.web.composer import composer
from assistant.web.parts import WebParts
from assistant.web.templating import rooted
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
        head=head_html(parts),
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
        html(header_html(parts), "header")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=3, elem_id="talk"):
                with gr.Column(elem_id="conversation"):
                    html(exchanges_html(parts), "exchanges")
                composer(parts)
            with gr.Column(scale=2, elem_id="panel"):
                html(panel_html(), "reader")
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
