"""Words as the checks compare them: stems of content words, without the words of framing.

It knows English word forms, not meaning.
"""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from assistant.verbatim import fold


def word_set(listing: str) -> frozenset[str]:
    """The words of a listing with white space between them."""
    return frozenset(listing.split())


_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_IDIOM = re.compile(r"\b(?:took|takes?|taken|taking) place\b|\bcarr(?:y|ied) out\b", re.IGNORECASE)
"""Ways of saying that something was."""
_FUNCTION = word_set("""
    a about above after again against all also although am among an and any are as at be
    because been before being below between both but by can could did do does doing down
    during each either every few for from further had has have having he her here hers him his
    how i if in into is it its itself just may me might more most much must my no nor not now
    of off on once one only or other our out over own per same shall she should since so some
    such than that the their them then there these they this those through to too under until
    up upon very was we were what when where whether which while who whom whose why will with
    within without would you your yet neither none never however therefore overall many
    several
""")
_NUMBERS = word_set("""
    two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion first second third fourth fifth sixth seventh eighth
    ninth tenth january february march april june july august september october november
    december
""")
_FRAMING = word_set("""
    ofsted inspector inspectors inspection inspections letter letters report reports reported
    article news visit visits visited found find finds finding findings said say says saying
    state states stated note notes noted describe describes described according identified
    monitoring focused authority authorities local council council's
""")
"""Who said it and where: neither supported nor unsupported by what was said."""


def words(text: str) -> list[str]:
    """Lower-case words in order; hyphens part words, a possessive ending is dropped."""
    return [
        word.removesuffix("'s") for word in _WORD.findall(fold(text).lower()) if word.strip("'")
    ]


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem of a lower-case word, by Snowball's English rules."""
    # A stemmer object must not be shared between threads, and making one is cheap.
    return str(Stemmer.Stemmer("english").stemWord(word.removesuffix("n't")))


@lru_cache(maxsize=2_000)
def stems(text: str) -> frozenset[str]:
    """Stems of every word of ``text``."""
    return frozenset(map(stem, words(text)))


def is_content(word: str) -> bool:
    """Say whether a lower-case word carries what a sentence claims."""
    return not (
        len(word) < 2
        or word in _FUNCTION
        or word in _NUMBERS
        or word in _FRAMING
        or word.endswith("n't")
    )


def content(text: str) -> list[str]:
    """Stems of the content words in order, each once."""
    said = _IDIOM.sub(" ", fold(text))
    return list(dict.fromkeys(stem(word) for word in words(said) if is_content(word)))
