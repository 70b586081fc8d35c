"""The chat page in Gradio: its layout and how it is mounted."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.routing import Mount

from assistant.web.answer_view import exchanges_html, header_html, panel_html
from assistant.web.composer import composer
from assistant.web.events import connect
from assistant.web.gradio_calls import GradioCalls
from assistant.web.open_pages import OpenPages
from assistant.web.parts import WebParts
from assistant.web.templating import rooted
from assistant.web.toolkit import gr, html

_FONTS = ("system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
_HEAD = """
<link rel="icon" href="{root}/page-files/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{root}/page-files/tokens.css">
<link rel="stylesheet" href="{root}/page-files/chat.css">
<link rel="stylesheet" href="{root}/page-files/reader.css">
<script src="{root}/page-files/conversation.js" defer></script>
<script src="{root}/page-files/copying.js" defer></script>
<script src="{root}/page-files/chat.js" defer></script>
<script src="{root}/page-files/panel.js" defer></script>
<script src="{root}/page-files/choose.js" defer></script>
<script src="{root}/page-files/keep.js" defer></script>
<script src="{root}/page-files/feedback.js" defer></script>
"""


def mount_chat(app: FastAPI, parts: WebParts, pages: OpenPages) -> None:
    """Put the chat page at ``/`` of ``app``."""
    blocks = chat_blocks(parts, pages)
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        root_path=rooted("") or None,
        theme=_theme(),
        head=_HEAD.replace("{root}", rooted("")),
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
    mounted = app.router.routes[-1]
    assert isinstance(mounted, Mount)
    inputs = {number: len(function.inputs) for number, function in blocks.fns.items()}
    mounted.app = GradioCalls(mounted.app, inputs)


def chat_blocks(parts: WebParts, pages: OpenPages) -> gr.Blocks:
    """Lay out the page and connect its events."""
    blocks: gr.Blocks
    with gr.Blocks(title="Inspection letters", analytics_enabled=False) as blocks:
        html(header_html(parts), "header")
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=3, elem_id="talk"):
                with gr.Column(elem_id="conversation"):
                    html(exchanges_html(parts), "exchanges")
                asking = composer(parts)
            with gr.Column(scale=2, elem_id="panel"):
                html(panel_html(), "reader")
        # One for each event: two that wrote the same place could overwrite what was not read yet.
        places = [html("", f"told-{number}") for number in range(1, 5)]
        connect(parts, pages, asking, places)
    blocks.state_session_capacity = pages.most
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
