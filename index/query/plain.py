"""What staff say in inspectors' words: reads ``index/data/plain_words.csv``.

A question's "kids taken in" is a letter's "children looked after". The models compare what
the reworded question says; what is quoted, and what the reader asked, stay as they are.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import product

from index.types import Mention

_START = re.compile(r"(?<![\w-])\w")
_END = re.compile(r"(?<=[\w'])(?![\w-])")
_BRACKETS = re.compile(r"\[(.*?)\]")


def in_inspectors_words(text: str) -> str:
    """Replace plain words by what letters write (evals/LOG.md #plain-words-1)."""
    folded, parts, at = _folded(text), list[str](), 0
    for start, end, written in _found(folded):
        parts += [folded[at:start], written]
        at = end
    return "".join([*parts, folded[at:]])


def reworded(text: str) -> tuple[Mention[str], ...]:
    """Return what letters write for words of ``text``, with the words, in their order."""
    folded = _folded(text)
    said = {folded[start:end]: written for start, end, written in _found(folded)}
    return tuple(Mention(new, old) for old, new in said.items() if new != old.lower())


def spelt_out(form: str) -> list[str]:
    """List what a form of the table stands for: ``los[e/ing] kids`` for "lose kids", "losing kids".

    Brackets hold, divided by ``/``, what may stand in their place; it may be nothing.
    """
    parts = enumerate(_BRACKETS.split(form))
    choices = [part.split("/") if place % 2 else [part] for place, part in parts]
    return ["".join(chosen) for chosen in product(*choices)]


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where words of ``text`` are in the table, the longest first, and what is written."""
    table, longest = _table()
    done = 0
    for first in _START.finditer(text):
        start = first.start()
        if start < done:
            continue
        ends = [end.end() for end in _END.finditer(text, start, start + longest + 1)]
        for end in reversed(ends):
            if written := table.get(text[start:end].lower()):
                yield start, end, written
                done = end
                break


@cache
def _table() -> tuple[dict[str, str], int]:
    """Return what is written for each plain word or phrase, and the length of the longest."""
    path = resources.files("index") / "data" / "plain_words.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    written = {
        said: row["written"]
        for row in rows
        for form in row["asked"].split("|")
        for said in spelt_out(form)
    }
    return written, max(map(len, written))


def _folded(text: str) -> str:
    return text.replace("’", "'")
