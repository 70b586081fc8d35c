"""Exact comparison of quotations, after folding what typesetting changes and nothing else.

Folded are runs of white space (to one space), quote marks (to ``'`` or ``"``) and dashes (to
``-``). Letters, case, figures, punctuation and order must be equal: with any tolerance for
likeness, one inserted "not" passes. It reads no files.
"""

from __future__ import annotations

import re

_SINGLE = "‘’‚‛′ʼ`´"
_DOUBLE = "“”„‟″«»"
_DASHES = "‐‑‒–—―−﹘﹣－"
_FOLD = str.maketrans(
    {**dict.fromkeys(_SINGLE, "'"), **dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_DASHES, "-")}
)


def fold(text: str) -> str:
    """Fold white space, quote marks and dashes; ends are stripped."""
    return " ".join(text.translate(_FOLD).split())


def contains(haystack: str, quote: str) -> bool:
    """Say whether ``quote`` stands in ``haystack`` word for word; an empty quote never does."""
    return bool(locate(haystack, quote))


def locate(haystack: str, quote: str) -> list[tuple[int, int]]:
    """Find every place where ``quote`` stands in ``haystack``.

    A quotation neither begins nor ends inside a word or a figure: "adequate" is not in
    "inadequate", nor "5%" in "2.5%".

    Returns:
        Half-open spans of ``haystack`` as given (unfolded), in order; empty when there is none.
    """
    words = fold(quote).split(" ")
    if words == [""]:
        return []
    pattern = _opening(words[0]) + r"\s+".join(map(re.escape, words)) + _closing(words[-1])
    # A translation table of single characters keeps every offset.
    return [match.span() for match in re.finditer(pattern, haystack.translate(_FOLD))]


def _opening(word: str) -> str:
    if word[0].isdigit():
        return r"(?<!\w)(?<!\d[.,])"
    return r"(?<!\w)" if _is_word(word[0]) else ""


def _closing(word: str) -> str:
    if word[-1].isdigit():
        return r"(?!\w)(?![.,]\d)"
    return r"(?!\w)" if _is_word(word[-1]) else ""


def _is_word(character: str) -> bool:
    return character == "_" or character.isalnum()
