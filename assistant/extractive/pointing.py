"""Words that point back in a conversation: "they", "that one", "the second point", "and …?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extractive.parts import asking_alone
from assistant.types import CitedBefore
from index.store.lexical import terms
from index.types import Query

_POINTS_BACK = re.compile(
    r"^(?:and|but|so|ok(?:ay)?|also|then|or|what about|how about|no,?|sorry,?|hang on)\b|"
    r"\b(?:they|them|their|theirs|it|its|that|those|these|there|he|she|him|her|his|hers|same|"
    r"the (?:letter|visit|report|inspection|article|inspectors?|latter|former)|"
    r"more about|tell me more|else|again|instead|this|the other|others)\b|"
    r"^(?:and |so |but )?(?:when|who|where|why|how come|how so|by whom)\W*$|"
    r"\b(?:first|second|third|last|previous|next) (?:one|point|quote|bit)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:it|its|this|that|these|those|they|them|theirs?|he|she|him|hers?|his|ones)\b"
    r"(?! (?:kids|child|children|families|staff|people|young|councils?|places)\b)",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:it|its|that|this|he|she|him|hers?|his)\b", re.IGNORECASE)
_HOW = re.compile(r"\b(?:why|how (?:come|so|many|much|long|often|old))\b", re.IGNORECASE)
_MORE = re.compile(
    r"\b(?:tell me more|more (?:about|on|detail)|expand|say more|go on|elaborate|details?)\b",
    re.IGNORECASE,
)
_PLACES = {
    "first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "fourth": 3, "4th": 3,
    "fifth": 4, "last": -1,
}  # fmt: skip
_PLACE = re.compile(
    rf"\b({'|'.join(_PLACES)})\b(?: (?:one|point|quote|bit|finding|source|item))|\[(\d+)\]",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:and |so )?(when|who|by whom)\W*$", re.IGNORECASE)
BARE_MEANS = {
    "when": "when was the letter dated?",
    "who": "who were the inspectors?",
    "by whom": "who signed the letter?",
}
_FILLER = frozenset(
    terms("why come and what about how same question sorry no meant mean one ones ok okay so then "
          "also but in for at council instead please too now again year before after earlier later "
          "good better worse best like that compare inspection visit next previous last right back "
          "there do just only say said says tell told find found think thought still true case "
          "really exactly precisely both everywhere everyone anyone else elsewhere all many much "
          "long often getting get got whats hows whos thanks thank fair enough well let know "
          "happen happened theirs they've they're")
)  # fmt: skip
_ANYONE = frozenset(terms("children child kids families staff inspectors services make"))
"""Who every letter is about: named beside "it", they say nothing of what is meant."""
LEANS_BELOW = 3
"""Words of its own from which a question needs none of the one before it."""
MOST_LENT = 12
"""Words of the question before, or of what was shown, lent to a question that leans on it."""


COMPARES = re.compile(
    r"\b(?:compare|compared|comparison|versus|vs|than|(?<!getting )(?<!got )(?<!any )(?<!become )"
    r"(?<!gotten )(?:better|worse|stronger|weaker))\b",
    re.IGNORECASE,
)
_ONE_VISIT = re.compile(
    r"\b(?:who|when)\b.{0,25}\b(?:it|that|this)(?: visit| inspection)?\W*$",
    re.IGNORECASE,
)
_WROTE_TO = re.compile(
    r"(\bwho\b.{0,12}\bwr(?:o|i)te?(?:s|n)?) to (?:him|her|them)\b", re.IGNORECASE
)
EVERYWHERE = re.compile(
    r"\b(?:everywhere|elsewhere|(?:any|some)where else|nationally|anyone else|"
    r"(?:(?:the )?other|others|all|any other|every|each|which|these|those) "
    r"(?:of (?:the|those|these) )?(?:\w+ )?(?:councils?|authorit\w+|places|areas|las))\b"
    r"(?! (?:is|was) (?:it|that|this)\b)",
    re.IGNORECASE,
)


def points_back(question: str) -> bool:
    """Whether some word of it means nothing without the turns before."""
    return bool(_POINTS_BACK.search(question.strip()))


def asks_more(question: str) -> bool:
    """Whether more of what was shown is asked for."""
    return bool(_MORE.search(question))


def bare_question(question: str) -> str | None:
    """What "when?", "who?" or "by whom?" alone asks; None for other questions."""
    match = _BARE.match(question.strip())
    return BARE_MEANS[match.group(1).lower()] if match else None


def of_the_visit(question: str) -> str:
    """A question like "who led it?" with the inspection named; others as they are."""
    question = _WROTE_TO.sub(r"\1 the letter", question)
    return asking_alone(question) if _ONE_VISIT.search(question) else question


def own_words(text: str) -> list[str]:
    """Stems of what a question itself is about."""
    return [term for term in terms(text) if term not in _FILLER and not term.isdigit()]


def picked(question: str, cited: Sequence[CitedBefore]) -> CitedBefore | None:
    """The quote that "the second one" or "[2]" means, None where none is pointed at."""
    match = _PLACE.search(question)
    if not match or not cited:
        return None
    place = int(match.group(2)) - 1 if match.group(2) else _PLACES[match.group(1).lower()]
    return cited[place] if -len(cited) <= place < len(cited) else None


def is_name_only(query: Query, own: Sequence[str]) -> bool:
    """Whether nothing but places, times and kinds is named ("and in Middlesbrough?")."""
    said = " ".join(m.words for m in (*query.authorities, *query.periods, *query.kinds))
    return set(own) <= set(terms(said))


def leans(question: str, topic: str) -> bool:
    """Whether it means little without what was asked before ("is it timely?", "how many?")."""
    own = [word for word in own_words(topic) if word not in _ANYONE]
    return not own or (bool(_PRONOUN.search(question)) and len(own) < LEANS_BELOW)


def of_a_fact(question: str) -> bool:
    """Whether "it" or "she" may stand for the fact just given, and not for what was asked."""
    return bool(_ONE.search(question))


def asks_how(question: str) -> bool:
    """Whether "why", "how many" and the like are asked, which the question before did not."""
    return bool(_HOW.search(question))


def said_of(text: str) -> str:
    """The words of a question, or a quote, that say what it is about: no form of a question."""
    words = re.findall(r"\w[\w'’-]*", text)
    kept = [word for word in words if own_words(word) or re.fullmatch(r"\d{1,3}", word)]
    return " ".join(kept[:MOST_LENT])
