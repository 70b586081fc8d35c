"""Names in a sentence that its evidence does not hold: people, places, authorities, acronyms.

A name is a capitalised word that is not merely the first of its sentence, and that nothing shown
writes in small letters. It knows no people; authorities it knows from the index's own table.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from assistant.evidence.verbatim import fold
from assistant.evidence.words import stem, stems, words
from assistant.rendering.names import label
from index.identity.authorities import authorities
from index.passages.sentences import split
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
    told = [*texts, *(label(item.identity) for item in cited)]
    places = {item.identity.authority_name for item in cited}
    rows = [authorities().rows[place] for place in places if place in authorities().rows]
    told += [form.rstrip("!") for row in rows for form in row.forms]  # "Nottingham City"
    known = frozenset().union(common, *map(stems, told), *map(_token_stems, told))
    lacking = [
        word
        for word in _capitalised(fold(sentence))
        if stem(_singular(word)) not in known and not _abbreviates(word, told)
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
    """Yield capitalised words that may be names, in order.

    The first word of a sentence may be one where a capital follows it, as in a name ("Ann Lee"),
    unless an authority or a month begins there ("Because Leeds"), and where it is all in capitals.
    """
    tokens = list(_TOKEN.finditer(sentence))
    starts = [token.start() for token in tokens]
    firsts = {bisect_left(starts, start) for start, _ in split(sentence)}
    apart = {match.start for match in authorities().find(sentence)}
    for at, match in enumerate(tokens):
        word = _bare(match.group())
        if not word[0].isupper() or word.lower() in _MONTHS or word.lower() in STOP_WORDS:
            continue
        named = _goes_on(sentence, match.end()) and tokens[at + 1].start() not in apart
        if at not in firsts or named or word.rstrip("s").isupper():
            yield word


def _goes_on(sentence: str, end: int) -> bool:
    """Return whether what ends at ``end`` goes on as a name does: "Ann Lee", not "Each PA"."""
    following = _TOKEN.match(sentence, end + 1)
    if following is None or sentence[end] != " ":
        return False
    word = _bare(following.group())
    return word[0].isupper() and not _acronym(word) and word.lower() not in _MONTHS


def _token_stems(text: str) -> frozenset[str]:
    """Return stems of tokens as names are read: "C2C" is one, and "PAs" are each a "PA"."""
    return frozenset(stem(_singular(_bare(token))) for token in _TOKEN.findall(fold(text)))


def _singular(word: str) -> str:
    """Return ``word`` in small letters, an acronym without its plural ending."""
    return (word.rstrip("s") if _acronym(word) else word).lower()


def _acronym(word: str) -> bool:
    capitals = word.rstrip("s")
    return len(capitals) > 1 and capitals.isupper()


def _bare(token: str) -> str:
    return token.removesuffix("'s").rstrip("'")


def _abbreviates(word: str, texts: list[str]) -> bool:
    """Return whether a word in capitals is made of the first letters of neighbouring words."""
    letters = word.rstrip("s").lower()
    if len(letters) < 2 or not word.rstrip("s").isupper():
        return False
    initials = ["".join(w[0] for w in words(text)) for text in texts]
    telling = ["".join(w[0] for w in words(text) if w not in STOP_WORDS) for text in texts]
    return any(letters in run for run in [*initials, *telling])
