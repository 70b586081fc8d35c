"""The words of a text, and whether a word that is also a place's name ("Reading") is the place."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

_WORD = re.compile(r"[^\W\d_]+(?:['’.][^\W\d_]+)*|&")
_GAP = re.compile(r"[^\S\n]*\n?[\s,.‐-―-]{0,4}")
_ARTICLES = frozenset(("the", "a", "an", "this", "that", "our", "their", "its", "his", "her"))
_WITHIN = re.compile(r"[^\S\n]*\n?[\s,‐-―-]{0,3}")
"""Between two words of one sentence."""

_ALONE = re.compile(r"['’]s\b|[^\S\n]*(?:[,:;?!)–—-]|\.?[^\S\n]*(?:\n|$))")
"""What a word that opens a sentence has not after it: a possessive, a mark, or nothing."""

_BODY = frozenset(("council", "councils", "borough", "authority", "lea"))
OPENING = ("london", "royal", "metropolitan", "borough", "city", "county", "the", "of", "and")
CLOSING = (
    *OPENING,
    "council",
    "district",
    "local",
    "authority",
    "unitary",
    "children",
    "services",
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text: its folded key, and where it stands."""

    key: str
    start: int
    end: int


def key_of(word: str) -> str:
    """Return a word as names are looked up by: folded, without a possessive, "&" and "n" for
    "and".
    """
    folded = word.casefold().replace("’", "'")
    if folded.endswith("'s"):
        folded = folded[:-2]
    return "and" if folded in ("&", "n") else folded.replace("'", "").replace(".", "")


def tokens_of(text: str) -> list[Token]:
    """Return the words of ``text`` in order."""
    return [Token(key_of(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]


def adjacent(text: str, left: Token, right: Token) -> bool:
    """Say whether nothing but what joins the words of a name stands between two."""
    return _GAP.fullmatch(text, left.end, right.start) is not None


def is_place(
    text: str, tokens: list[Token], at: int, form: str, known: Container[tuple[str, ...]]
) -> bool:
    """Say whether a form that is also a word ("Reading") stands for the place here.

    A council after it says so. Else it needs its capital, and something that a word has not
    where it stands: not the start of a sentence, which gives any word a capital, nor part of
    another name ("the Reading Clerk"). A possessive, a mark or another authority after it, or
    nothing else being there, does at the start too.

    Args:
        form: as it is written where it is the place.
        known: the keys of the authorities' names.
    """
    token = tokens[at]
    if {following.key for following in tokens[at + 1 : at + 3]} & _BODY:
        return True
    written = text[token.start : token.start + len(form)]
    if written not in {form, form.upper()}:
        return False
    before = tokens[at - 1] if at else None
    within = before and _WITHIN.fullmatch(text, before.end, token.start)
    if before and within and before.key in _ARTICLES:
        return False
    if _ALONE.match(text, token.start + len(form)) or _is_beside(tokens, at, known):
        return True
    return bool(within) and not _is_in_name(text, tokens, at, known)


def _is_beside(tokens: list[Token], at: int, known: Container[tuple[str, ...]]) -> bool:
    """Say whether another authority's name is joined to the word by "and"."""
    joined = len(tokens) > at + 2 and tokens[at + 1].key in ("and", "or")
    return joined and (tokens[at + 2].key,) in known


def _is_in_name(text: str, tokens: list[Token], at: int, known: Container[tuple[str, ...]]) -> bool:
    """Say whether the word is part of a longer name with capitals, of no council."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if after is None or not _WITHIN.fullmatch(text, tokens[at].end, after.start):
        return False
    shouted = text[tokens[at].start : tokens[at].end].isupper()
    capital = text[after.start].isupper() and not shouted
    return capital and after.key not in CLOSING and (after.key,) not in known
