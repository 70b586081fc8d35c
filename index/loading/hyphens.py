"""Hyphens at line ends: real ones stay, those that wrapping put into a word are deleted.

Whether a file was hyphenated by wrapping at all is decided for the whole file: Ofsted's letters
never are, so "long-" at a line's end stays "long-term" there even where "longterm" occurs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from index.loading.paras import Para

MARK = "\ufffe"
"""PDFium's mark for a hyphen printed at a line's end, with which it joins the two lines."""

_WORD = re.compile(r"[^\W\d_]{3,}")
_TAIL = re.compile(r"([^\W\d_]+)$")
_HEAD = re.compile(r"^([^\W\d_]+)")
_MARKED = re.compile(rf"([^\W\d_]+){MARK}([^\W\d_]+)")
_SUSPENDED = re.compile(r"(?:to|and|or)\s")
"""What follows a hyphen that ends a word: "16- to 17-year-olds", "short- and long-term"."""

_MARK = re.compile(MARK)
_LEAST = 5
"""Words seen whole elsewhere in the file before it counts as hyphenated by wrapping."""


def wrapped_words(paras: Sequence[Para]) -> frozenset[str]:
    """Return the words, in small letters, that wrapping has split in this file; mostly none."""
    split = [(tail + head).lower() for tail, head in _splits(paras)]
    if len(split) < _LEAST:
        return frozenset()
    whole = {word.lower() for para in paras for word in _WORD.findall(para.text)}
    found = [word for word in split if word in whole]
    if len(found) < max(_LEAST, len(split) // 2):
        return frozenset()
    return frozenset(found)


def _splits(paras: Sequence[Para]) -> Iterator[tuple[str, str]]:
    for para in paras:
        for piece in para.pieces:
            if MARK in piece.text:
                yield from _MARKED.findall(piece.text)
        for left, right in pairwise(para.pieces):
            if left.text.endswith("-"):
                tail, head = _TAIL.search(left.text[:-1]), _HEAD.match(right.text)
                if tail and head:
                    yield tail.group(), head.group()


def mend(text: str, words: frozenset[str]) -> str:
    """Give back the printed hyphen for each mark, but delete it in ``words``."""
    if MARK not in text:
        return text

    def hyphen(match: re.Match[str]) -> str:
        tail, head = match.groups()
        if _SUSPENDED.match(text, match.start(2)):
            return f"{tail}- {head}"
        return tail + ("" if (tail + head).lower() in words else "-") + head

    return _MARK.sub(_suspended, _MARKED.sub(hyphen, text))


def _suspended(mark: re.Match[str]) -> str:
    return "- " if _SUSPENDED.match(mark.string, mark.end()) else "-"


def glue(left: str, right: str, words: frozenset[str]) -> str:
    """Return ``left`` as it stands before ``right`` in a paragraph: with a space, or joined to it.

    A ``right`` that starts with a line end keeps it: those lines were not wrapped.

    Args:
        left: a line's text.
        right: the next line's text.
        words: words that wrapping has split, whose hyphen is deleted.
    """
    if right.startswith("\n"):
        return left
    hyphen = left.endswith(("-", "\u2010")) and right[:1].isalnum() and left[-2:-1].isalnum()
    if hyphen and not _SUSPENDED.match(right):
        tail, head = _TAIL.search(left[:-1]), _HEAD.match(right)
        split = tail and head and (tail.group() + head.group()).lower() in words
        return left[:-1] if split else left
    if left.endswith("/") and left[-2:-1].isalnum():
        return left
    return left + " "
