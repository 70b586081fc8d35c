"""What a person meant to type: a question without marks that are not words."""

from __future__ import annotations

import re

from index.understanding import MAX_QUESTION

_LOOK_ALIKE = str.maketrans("аеорсухіѕјАВЕКМНОРСТХІ", "aeopcyxisjABEKMHOPCTXI")
"""Cyrillic letters that look Latin, for a question that is otherwise Latin."""
_MARKUP = re.compile(
    r"<[a-zA-Z/!|%][^<>]{0,300}>|\[/?[A-Z]{3,}\]|\{[{%#].{0,300}?[%#}]\}|#\{[^{}]{0,100}\}|"
    r"(?:https?|javascript|file|data):[^\s)\]]*"
)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\))?[^()\s]*\)")


def readable(question: str) -> str:
    """Return the question shortened, without control characters, markup, templates and links."""
    cut = question[:MAX_QUESTION].encode("utf-8", "ignore").decode("utf-8")
    kept = "".join(c if c.isprintable() or c.isspace() else _in_place(c) for c in cut)
    if re.search(r"[A-Za-z]{2}", kept):
        kept = kept.translate(_LOOK_ALIKE)
    return " ".join(_MARKUP.sub(" ", _LINK.sub(r" \1 ", kept)).split())


def _in_place(character: str) -> str:
    """Return nothing for what was never seen inside a word, a space for what stood between."""
    return "" if character in _UNSEEN else " "


_UNSEEN = frozenset(
    "\x00\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
)
