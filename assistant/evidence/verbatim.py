"""Exact comparison of quotations, after folding what typesetting changes and nothing else.

Folded are runs of white space (to one space), quote marks (to ``'`` or ``"``), dashes (to ``-``)
and letters as they are typed (``index.passages.letters``). Words, case, figures, punctuation and
order must be equal: with any tolerance for likeness, one inserted "not" passes. It reads no files.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.passages.letters import placed_letters, plain_letters

_SINGLE = "‘’‚‛′ʼ`´"
_DOUBLE = "“”„‟″«»"
_DASHES = "‐‑‒–—―−─﹘﹣－"
_FOLD = str.maketrans(
    {**dict.fromkeys(_SINGLE, "'"), **dict.fromkeys(_DOUBLE, '"'), **dict.fromkeys(_DASHES, "-")}
)


def fold(text: str) -> str:
    """Fold white space, quote marks, dashes and letters; ends are stripped."""
    return " ".join(plain_letters(text).translate(_FOLD).split())


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
    text, places = placed_letters(haystack)
    found = re.finditer(pattern, text.translate(_FOLD))  # a table of single characters
    return [(places[match.start()], _after(places, match.end())) for match in found]


def _after(places: Sequence[int], end: int) -> int:
    """Return where what ends before ``end`` ends in the text as given.

    Of a ligature's letters all come from one place: the first place beyond theirs is meant.
    """
    last = places[end - 1]
    return next(place for place in places[end:] if place > last)


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
