"""What the turns before lend to a question that leans on them: words, times, a letter's date."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extractive.pointing import of_a_fact, said_of
from assistant.types import CitedBefore
from index.timing import RECALLED, fit
from index.types import Identity, Mention, Period, Query, Wanted
from index.understanding.topic import subject, topic

GRADES = (Wanted.GRADE, Wanted.GRADED_SO)


def lent_words(question: str, own: str, before: Query, cited: Sequence[CitedBefore]) -> str:
    """A question that leans on the one before, with the words that say what that was about: its
    own, or those of the answer where it asked for a fact ("what must improve?").
    """
    if before.wanted is Wanted.OPEN:
        about = topic(subject(before.topic, before.periods), before.authorities)
    elif before.wanted in GRADES or not of_a_fact(question):
        return own
    else:
        about = cited[0].quote if cited else ""
    lent = said_of(about)
    return f"{own.rstrip('?').strip()} ({lent})" if lent else own


def without_times(text: str, periods: Sequence[Mention[Period]]) -> str:
    """A question without the times it names, which are told beside it."""
    for words in {mention.words for mention in periods}:
        before = r"(?:\b(?:back )?(?:in|at|for|of|from|by|since)\s+)?(?:\bthe\s+)?"
        text = re.sub(rf"{before}\b{re.escape(words)}\b", " ", text, flags=re.IGNORECASE)
    return " ".join(text.split())


def lent_times(
    before: Query, query: Query, held: Sequence[Identity]
) -> tuple[Mention[Period], ...]:
    """The times that stand, without those at which nothing is held of the place meant.

    "The visit before" is of the place it was asked of, and must itself be held.
    """
    names = {mention.value for mention in query.authorities or before.authorities}
    own = [identity for identity in held if identity.authority_name in names]
    return tuple(
        mention
        for mention in before.periods
        if not own or (not (_shifted(mention) and query.authorities) and _held_at(mention, own))
    )


def _shifted(mention: Mention[Period]) -> bool:
    """Whether a time was told by its distance from another."""
    return not mention.certain


def _held_at(mention: Mention[Period], held: Sequence[Identity]) -> bool:
    least = RECALLED if _shifted(mention) else 0
    return any(fit(identity, mention.value) > least for identity in held)


def held_only(
    authorities: Sequence[Mention[str]], held: Sequence[Identity]
) -> tuple[Mention[str], ...]:
    """A question is not put again to a place for which nothing is held."""
    have = {identity.authority_name for identity in held}
    return tuple(mention for mention in authorities if mention.value in have)


def date_of(docs: frozenset[str], held: Sequence[Identity]) -> str:
    """The date of the one document pointed at, where its place has others."""
    pointed = [identity for identity in held if identity.doc_id in docs]
    if len(pointed) != 1 or not pointed[0].dated:
        return ""
    several = [i for i in held if i.authority_name == pointed[0].authority_name]
    return f"{pointed[0].dated:%-d %B %Y}" if len(several) > 1 else ""
