"""Write letters as they are typed: what a typesetter joined, widened or hid, and nothing else.

Folded are ligatures ("ﬁ"), full-width and styled letters and figures ("Ｇｏｏｄ", "𝟗𝟒"), accents
that stand as characters of their own, and characters that print nothing (soft hyphens, marks of
width zero and of direction). Figures that stand above or below the line, in circles and in
fractions stay: "94³" is not "943".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_UNSEEN = frozenset("\x00\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u061c") | frozenset(
    map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
)
_STYLES = ("<wide>", "<narrow>", "<font>")
_ACCENTED = re.compile(r".[\u0300-\u036f]+", re.S)


def plain_letters(text: str) -> str:
    """Return ``text`` with its letters as they are typed."""
    return text if text.isascii() and "\x00" not in text else placed_letters(text)[0]


def placed_letters(text: str) -> tuple[str, Sequence[int]]:
    """Return ``text`` as ``plain_letters`` does, with the places that its characters had.

    Returns:
        The folded text, and for each character of it where in ``text`` its own begins; one more
        at the end, the length of ``text``.
    """
    changed = {one: typed for one in set(text) if (typed := _typed(one)) != one}
    if not changed and not _ACCENTED.search(text):
        return text, range(len(text) + 1)
    made, places = [], []
    at = 0
    while at < len(text):
        accented = _ACCENTED.match(text, at)
        end = accented.end() if accented else at + 1
        typed = changed.get(text[at], text[at]) + text[at + 1 : end]
        typed = unicodedata.normalize("NFC", typed) if accented else typed
        made.append(typed)
        places += [at] * len(typed)
        at = end
    return "".join(made), [*places, len(text)]


@lru_cache(maxsize=4096)
def _typed(character: str) -> str:
    """Return what is typed for one character; "" for one that prints nothing."""
    if character in _UNSEEN:
        return ""
    style, _, letters = unicodedata.decomposition(character).partition(" ")
    typed = unicodedata.normalize("NFKC", character)
    joined = style == "<compat>" and " " in letters and typed.isalpha()
    return typed if style in _STYLES or joined else character
