"""Names in a sentence that its evidence does not hold: people, places, authorities, acronyms.

A name is a capitalised word that is not merely the first of its sentence. It knows no people;
authorities it knows from the index's own table.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.llm.words import is_content, stem, stems, word_set, words
from assistant.verbatim import fold
from index.identity.authorities import authorities
from index.types import Evidence

_TOKEN = re.compile(r"[^\W\d_][\w']*")
_FRAME = word_set("""ofsted inspector inspectors hmi majesty his her ilacs sif jtai council councils
local authority authorities children child borough city county services service letter report
department education government january february march april may june july august september
october november december english british""")
_TITLES = word_set("mr mrs ms miss dr sir dame cllr councillor professor")


def unproven(sentence: str, evidence: Iterable[Evidence], people: frozenset[str]) -> list[str]:
    """Names in ``sentence`` that stand neither in the cited evidence nor in its identity.

    Args:
        sentence: without markers.
        evidence: what it cites.
        people: words of names known from any evidence shown, lower-case; these count as names
            even as the first word of a sentence.

    Returns:
        In order, as written; empty when every name is proven.
    """
    cited = tuple(evidence)
    texts = [text for item in cited for text in (item.text, item.sentence.heading)]
    known = frozenset().union(*map(stems, [*texts, *map(_identity_words, cited)]))
    places = {item.identity.authority_name for item in cited}
    return list(
        dict.fromkeys(
            [
                *_foreign_authorities(sentence, texts, places),
                *(
                    word
                    for word in _capitalised(fold(sentence), people)
                    if stem(word.lower()) not in known and not _abbreviates(word, texts, places)
                ),
            ]
        )
    )


def authorities_named(text: str) -> frozenset[str]:
    """Canonical names of the authorities that ``text`` names for certain."""
    return frozenset(m.names[0] for m in authorities().find(text) if len(m.names) == 1)


def _foreign_authorities(sentence: str, texts: list[str], places: set[str | None]) -> Iterator[str]:
    told = frozenset().union(*map(authorities_named, texts)) | places
    said = frozenset().union(*map(stems, texts))
    for match in authorities().find(sentence):
        if told.isdisjoint(match.names) and not stems(match.words) <= said:
            yield match.words


def _capitalised(sentence: str, people: frozenset[str]) -> Iterator[str]:
    """Capitalised words but the first, and the first where it cannot be anything but a name."""
    tokens = [m.group().removesuffix("'s").rstrip("'") for m in _TOKEN.finditer(sentence)]
    for at, word in enumerate(tokens):
        lower = word.lower()
        if not word[0].isupper() or lower in _FRAME or lower in _TITLES or lower == "i":
            continue
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        leads_name = after[:1].isupper() and is_content(lower)
        if at > 0 or leads_name or lower in people or word.rstrip("s").isupper():
            yield word


def _abbreviates(word: str, texts: list[str], places: set[str | None]) -> bool:
    """Say whether a word in capitals is made of the first letters of neighbouring words."""
    letters = word.rstrip("s").lower()
    if len(letters) < 2 or not word.rstrip("s").isupper():
        return False
    whole = [*texts, *(place for place in places if place)]
    initials = ["".join(w[0] for w in words(text)) for text in whole]
    without_small = ["".join(w[0] for w in words(text) if is_content(w)) for text in whole]
    return any(letters in run for run in [*initials, *without_small])


def _identity_words(item: Evidence) -> str:
    identity = item.identity
    return (
        f"{identity.authority_name or ''} {identity.kind.value.value} {identity.issuer.value.value}"
    )
