"""What a person meant to type: a question without marks that are not words."""

from __future__ import annotations

import re

from index.passages.letters import plain_letters
from index.query.understand import MAX_QUESTION

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
    kept = "".join(c if c.isprintable() or c.isspace() else " " for c in plain_letters(cut))
    if re.search(r"[A-Za-z]{2}", kept):
        kept = kept.translate(_LOOK_ALIKE)
    return " ".join(_MARKUP.sub(" ", _LINK.sub(r" \1 ", kept)).split())
