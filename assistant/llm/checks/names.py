"""Names in a sentence that its evidence does not hold: people, places, authorities, acronyms.

A name is a capitalised word that is not merely the first of its sentence, and that nothing shown
writes in small letters. It knows no people; authorities it knows from the index's own table.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.evidence.verbatim import fold
from assistant.llm.words import stem, stems, words
from assistant.rendering.labels import label
from index.identity.authorities import authorities
from index.store.lexical import STOP_WORDS
from index.types import Evidence

_TOKEN = re.compile(r"[^\W\d_][\w']*")
_MONTHS = frozenset(name.lower() for name in (*calendar.month_name, *calendar.month_abbr) if name)
"""Checked as dates."""


def common_words(texts: Iterable[str]) -> frozenset[str]:
    """Return the stems of the words that ``texts`` write in small letters: these are no names."""
    found = (m.group().removesuffix("'s") for text in texts for m in _TOKEN.finditer(fold(text)))
    return frozenset(stem(word) for word in found if word.islower())


def unproven(sentence: str, cited: Sequence[Evidence], common: frozenset[str]) -> list[str]:
    """Return names in ``sentence`` that stand neither in the cited evidence nor in its label.

    Args:
        sentence: without markers.
        common: stems of words that are no names.

    Returns:
        In order, as written; empty when every name is proven.
    """
    texts = [text for item in cited for text in (item.text, item.passage.heading)]
    labels = [label(item.identity) for item in cited]
    known = frozenset().union(*map(stems, [*texts, *labels]))
    places = {item.identity.authority_name for item in cited}
    lacking = [
        word
        for word in _capitalised(fold(sentence))
        if stem(word.lower()) not in known | common and not _abbreviates(word, [*texts, *labels])
    ]
    return list(dict.fromkeys([*_foreign_authorities(sentence, texts, places), *lacking]))


def misplaced(sentence: str, cited: Sequence[Evidence]) -> list[str]:
    """Return a phrase for each place whose evidence is cited for another that is named."""
    told = frozenset().union(*(authorities_named(item.text) for item in cited))
    named = authorities_named(sentence)
    places = {item.identity.authority_name for item in cited if item.identity.authority_name}
    if not named - (told - places):
        return []
    return [f"cites what is about {place}" for place in sorted(places - named)]


def authorities_named(text: str) -> frozenset[str]:
    """Return canonical names of the authorities that ``text`` names for certain."""
    return frozenset(m.names[0] for m in authorities().find(text) if len(m.names) == 1)


def _foreign_authorities(sentence: str, texts: list[str], places: set[str | None]) -> Iterator[str]:
    told = frozenset().union(*map(authorities_named, texts)) | places
    said = frozenset().union(*map(stems, texts))
    for match in authorities().find(sentence):
        if told.isdisjoint(match.names) and not stems(match.words) <= said:
            yield match.words


def _capitalised(sentence: str) -> Iterator[str]:
    """Yield capitalised words but the first; the first where a capital follows it, as in a name,
    and all in capitals.
    """
    for at, match in enumerate(_TOKEN.finditer(sentence)):
        word = match.group().removesuffix("'s").rstrip("'")
        lower = word.lower()
        if not word[0].isupper() or lower in _MONTHS or lower in STOP_WORDS:
            continue
        named = sentence[match.end() :][:1] == " " and sentence[match.end() + 1 :][:1].isupper()
        if at > 0 or named or word.rstrip("s").isupper():
            yield word


def _abbreviates(word: str, texts: list[str]) -> bool:
    """Return whether a word in capitals is made of the first letters of neighbouring words."""
    letters = word.rstrip("s").lower()
    if len(letters) < 2 or not word.rstrip("s").isupper():
        return False
    initials = ["".join(w[0] for w in words(text)) for text in texts]
    telling = ["".join(w[0] for w in words(text) if w not in STOP_WORDS) for text in texts]
    return any(letters in run for run in [*initials, *telling])
