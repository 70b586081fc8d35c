"""Counts that a sentence gives of what it lists itself, or of what it cites.

"Two: supervision and audits." gives a figure that no letter need print: its own list bears it out.
Whether a letter says what is listed, the trained checker is asked, which does not count.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.evidence.figures import figures
from assistant.evidence.verbatim import fold
from assistant.evidence.words import stem, words
from index.types import BlockKind, Evidence

_LISTING = re.compile(r"^(?P<lead>[^:(]+?)(?P<mark>:| - | \(|\. (?=[A-Z]))(?P<listed>.+)$")
_ENDS = {" (": ")", " - ": " - "}
_BARE = 2
"""Words before a list that only count it: "Two", "Two areas"."""
_JOINED = re.compile(r"\b(?:and|or)\b")
_NEAR = 2
"""Words before a noun among which a figure counts it: "four areas", "four main areas"."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A sentence that gives one figure and then lists several things.

    Attributes:
        count: the figure, as ``figures`` writes it.
        noun: stem of what the sentence says it counts; empty where it names nothing.
        bare: nothing but the count stands before the list.
        lengths: how many things the list may hold.
    """

    count: str
    noun: str
    bare: bool
    lengths: range

    @property
    def agrees(self) -> bool:
        """Whether the list may hold so many."""
        return int(self.count) in self.lengths


def listing(text: str) -> Listing | None:
    """Return what ``text`` counts and lists; None where several figures could be the count."""
    found = _LISTING.match(fold(text))
    if found is None:
        return None
    lead, mark = found["lead"].split(), found["mark"]
    bare = len(lead) <= _BARE
    before = figures(found["lead"])
    end = _ENDS.get(mark)
    sizes = lengths(found["listed"].partition(end)[0] if end else found["listed"])
    if len(before) != 1 or not sizes or (mark == ". " and not bare):
        return None
    count = min(before)
    after = [word for at, word in enumerate(lead) if at and figures(lead[at - 1]) == before]
    noun = stem(words(after[0])[0]) if after and words(after[0]) else ""
    return Listing(count, noun, bare, sizes) if count.isdigit() else None


def lengths(listed: str) -> range:
    """Return how many things ``listed`` may hold; none where it lists nothing.

    "A and B and C" may be two or three; in "A, B and C" the commas leave no choice.
    """
    for mark in (";", ","):
        parts = [part.strip(" .") for part in listed.split(mark)]
        if len(parts) > 1:
            ends = _JOINED.search(parts[-1]) if mark == "," else None
            number = len(parts) + bool(ends and ends.start())
            return range(number, number + 1)
    return range(2, len(_JOINED.findall(listed)) + 2)


def listed(text: str, told: str) -> frozenset[str]:
    """Return the count in ``text`` that its own list bears out, if ``told`` counts no other."""
    own = listing(text)
    if own is None or not own.agrees or _counts_of(own.noun, told) - {own.count}:
        return frozenset()
    return frozenset({own.count})


def miscounted(text: str, told: str) -> list[str]:
    """Return a fault where ``text`` only counts what it lists, and counts wrongly.

    "Three: supervision and audits." is never right; "Six weeks: by then assessments and plans are
    done." is, where ``told`` speaks of six weeks.
    """
    own = listing(text)
    if own is None or own.agrees or not own.bare:
        return []
    if own.count in _counts_of(own.noun, told) | summed(text, told):
        return []
    return [f'counts "{own.count}", and lists another number']


def summed(text: str, told: str) -> frozenset[str]:
    """Return the figure of ``text`` to which those that it lists and ``told`` gives add up: "eight:
    six inspectors and two others". "Both" counts two.
    """
    lead, mark, rest = fold(text).partition(":")
    parts = [figure for word in rest.split() for figure in figures(word)]
    known = figures(told)
    both = frozenset({"2"} if "both" in words(told) else ())
    if not mark or len(parts) < 2 or not all(p.isdigit() and p in known for p in parts):
        return both
    return both | figures(lead) & {str(sum(map(int, parts)))}


def cited(evidence: Sequence[Evidence]) -> frozenset[str]:
    """Return the count of the sentences and list items cited; what announces a list is none."""
    places = {_place(item) for item in evidence if not item.text.rstrip().endswith(":")}
    return frozenset({str(len(places))}) if places else frozenset()


def _counts_of(noun: str, told: str) -> frozenset[str]:
    """Return every figure that ``told`` gives just before a word with the stem ``noun``."""
    said = fold(told).split()
    return frozenset(
        figure
        for at, word in enumerate(said)
        if noun and noun in map(stem, words(word))
        for figure in figures(" ".join(said[max(0, at - _NEAR) : at]))
        if figure.isdigit()
    )


def _place(item: Evidence) -> tuple[str, bool, int]:
    """Return what tells a sentence, or the list item that it is of, from all others."""
    sentence = item.sentence
    whole = sentence.kind is BlockKind.ITEM
    return item.identity.doc_id, whole, sentence.block if whole else sentence.start
