"""Gradio, told before it is imported to send nothing and to keep no statistics of its own.

It would otherwise count every question anew over the last ten thousand after each.
"""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)

import gradio as gr

__all__ = ["gr", "html"]


def html(value: str, elem_id: str) -> gr.HTML:
    """A place for our own HTML, without Gradio's scripts and styles in it."""
    return gr.HTML(value, elem_id=elem_id, js_on_load=None, apply_default_css=False)
