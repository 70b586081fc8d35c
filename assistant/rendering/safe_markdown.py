"""An answer's Markdown in which nothing that a letter holds is markup.

A chat program fetches an image that a letter's text names, and a terminal drops what it takes for
emphasis: a letter's own characters are shown as they stand, and only ours mean anything.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.rendering.draft import markdown
from assistant.types import Answer

_MARKS = re.compile(
    r"[\\`*<~]|(?<![^\W_])_|_(?![^\W_])|!(?=\[)|(?<=\])[(\[]|&(?=#?\w+;)|://|\bwww\."
)
_FETCHED = re.compile(r"<|!(?=\[)|(?<=\])\(")
_DEFINES = re.compile(r"^(\s*(?:[-*+>]\s*)*)\[(?=[^\]\n]*\]:)", re.MULTILINE)
_BEGINS = re.compile(r"^(\s*)(?:(?=[-+#>|=])|(\d+)(?=[.)]))")
_SPLIT = {"://": ":\\//", "www.": "www\\."}


def as_markdown(answer: Answer) -> str:
    """Return the answer's text; what was not made of its sentences (yet) is kept from fetching."""
    if markdown(answer.sentences, answer.citations) != answer.text:
        return _DEFINES.sub(r"\1\\[", _FETCHED.sub(r"\\\g<0>", answer.text))
    sentences = [
        replace(s, text=unmarked(s.text), group=s.group and unmarked(s.group))
        for s in answer.sentences
    ]
    citations = [replace(c, heading=unmarked(c.heading)) for c in answer.citations]
    return markdown(sentences, citations)


def unmarked(text: str) -> str:
    """Return ``text`` as Markdown that is read as exactly these words."""
    escaped = _MARKS.sub(lambda found: _SPLIT.get(found[0], f"\\{found[0]}"), text)
    return _BEGINS.sub(r"\1\2\\", _DEFINES.sub(r"\1\\[", escaped))
