"""What sort of answer a question wants, told from its words; no documents are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from index.store.lexical import terms
from index.types import Wanted
from index.understanding.wanted import wanted_in

_COUNT = re.compile(
    r"\bhow (?:many|much|often|long|old)\b|\bwhat (?:%|percent\w*|proportion|share|number|figure)|"
    r"\b(?:what|exact|total|give)\b.{0,25}\b(?:number|percentage|proportion) of\b|\bexact "
    r"(?:number|figure)|\baverage\b|\bbudget\b|"
    r"\bhow (?:high|low|big|large)\b|\bwithin how\b|\bwhat age\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\bwho\b|\bwhich (?:judge|person|director|inspector|officer|councillor|minister)\b|"
    r"\bname of\b|"
    r"\bwhat(?:'s| is| was) the name\b",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\bcompar\w+|\bversus\b|\bvs\.?\b|\bdiffer\w*|\bboth\b|\bwhich (?:council|authority|area)s?\b|"
    r"\bsame\b.*\b(?:both|all)\b",
    re.IGNORECASE,
)
_IDENTITY_WORDS = frozenset(
    terms(
        "rating rated grade graded grades judgement judged overall effectiveness score verdict "
        "outcome inspector inspectors inspection inspected visit visited letter report article "
        "document date dated when day days publish published sign signed wrote written author "
        "sent addressed scope look looked cover covered focus lead team name named children "
        "service services council ofsted hmi hmis local authority many much get got give given "
        "come came out year which who full last latest recent most first previous one two people "
        "went took place there they it run ran carry carried long finish start end did do on off "
        "full works charge boss result results mark marks standard short again time still now "
        "please tell me show find need know headed actually really exactly"
    )
)
_WIDE = frozenset((Wanted.MENTIONS, Wanted.PUBLISHED, Wanted.VISITED))
"""Sorts whose forms reach over words that may be what the question is about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question wants.

    Attributes:
        count: it asks for a number.
        person: it asks for a person.
        compare: it asks about several places or times together.
        left: stems of what it is about, words of identity left out.
    """

    wanted: Wanted
    count: bool
    person: bool
    compare: bool
    left: tuple[str, ...]

    @property
    def bare(self) -> bool:
        """Whether, apart from places and times, it holds only words of identity ("what was
        the rating?"), nothing that a passage could be about.
        """
        return not self.left


def asked(topic: str) -> Asked:
    """Tell what ``topic`` (a question without the places it names) wants."""
    folded = " ".join(topic.replace("’", "'").split())
    wanted, words = wanted_in(folded)
    said = set() if wanted in _WIDE else set(terms(words))
    left = [
        term
        for term in terms(folded)
        if term not in _IDENTITY_WORDS and term not in said and not term.isdigit()
    ]
    return Asked(
        wanted=wanted,
        count=bool(_COUNT.search(folded)),
        person=bool(_PERSON.search(folded)),
        compare=bool(_COMPARE.search(folded)),
        left=tuple(left),
    )
