"""Writes paragraphs for a model: whose words and when, then every sentence with its number.

Evidence is data: it is fenced, and what could pass for our own markers or fence is defused.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.rendering.names import label
from index.types import Evidence, Identity

_FENCE = re.compile(r"<\s*/?\s*(evidence|question)\s*>", re.IGNORECASE)
_MARKER = re.compile(r"\[(\d[\d\s,–-]*)\]")
_INSTRUCTS = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instructions?|rules|prompt)\b"
    r"|\bsystem prompt\b|\bnew instructions\b|\byou are (?:now |no longer )?an? (?:ai|assistant|"
    r"chatbot|language model)\b|\b(?:respond|reply|answer|output) (?:only )?(?:with|exactly)\b"
    r"|^\s*(?:system|assistant|user)\s*:",
    re.IGNORECASE | re.DOTALL,
)


def block(identity: Identity, heading: str, first: int, sentences: Sequence[Evidence]) -> str:
    """Return a paragraph: its label and heading on a line, then a line a sentence.

    Args:
        first: number of the first sentence.
    """
    under = f" · “{heading}”" if heading else ""
    lines = [defused(label(identity) + under)]
    lines += [defused(item.text, f"[{n}] ") for n, item in enumerate(sentences, start=first)]
    return "\n".join(lines)


def defused(text: str, marker: str = "") -> str:
    """Fold ``text`` into one line that holds neither a marker nor our fence."""
    plain = _MARKER.sub(r"(\1)", _FENCE.sub(r"(\1)", text))
    return marker + " ".join(plain.split())


def instructs(text: str) -> bool:
    """Return whether a sentence speaks to a computer rather than to a director."""
    return bool(_INSTRUCTS.search(text))
