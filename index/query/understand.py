"""What a question names: authorities, periods, kinds of document, people, terms of the trade.

No language model: tables and patterns only. Each thing understood carries the words that said
so, so that the reader can see and change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from index.passages.letters import plain_letters
from index.query.earlier import asks_previous, previous_named
from index.query.glossary import glossary
from index.query.kinds import kinds_named, number_named
from index.query.people import people_named
from index.query.periods import order_named, periods_named
from index.query.places import authorities_named
from index.query.spelling import Spelling, corrected
from index.query.topic import subject, topic
from index.types import Filters, Identity, Mention, Query

__all__ = ["MAX_QUESTION", "Spelling", "understand"]

MAX_QUESTION = 2000
"""Characters read of a question; what follows is no longer a question."""
MAX_NAMING = 20_000
"""Characters in which an authority is looked for: a pasted letter may name it late."""


def understand(
    question: str,
    held: Sequence[Identity],
    k: int = 10,
    filters: Filters | None = None,
    spelling: Spelling | None = None,
    today: date | None = None,
) -> Query:
    """Read a question.

    Args:
        held: identities of all documents held, whose inspectors may be named.
        k: hits wanted, >= 1.
        spelling: corrects misspelt words; None leaves them.
        today: what "last year" is told from; None is the day it is.
    """
    text = plain_letters(question[:MAX_QUESTION])
    periods = periods_named(text, today or date.today())
    named = authorities_named(question[:MAX_NAMING], held, [mention.value for mention in periods])
    text, respelt = _spelt(text, named, spelling)
    kinds = kinds_named(text)
    about = _about(text, named, held)
    sure = [mention.value for mention in kinds if mention.certain]
    periods += previous_named(text, [mention.value for mention in named], sure, held)
    return Query(
        question=question,
        topic=about,
        subject=subject(about, periods),
        k=k,
        filters=filters or Filters(),
        authorities=named,
        periods=periods,
        kinds=kinds,
        people=people_named(text, held),
        order=order_named(text),
        previous=asks_previous(text),
        number=number_named(text),
        terms=glossary().expansions(text),
        respelt=respelt,
    )


def _spelt(
    text: str, named: Sequence[Mention[str]], spelling: Spelling | None
) -> tuple[str, tuple[Mention[str], ...]]:
    """Return the text as it was meant, and its misspelt words; a name understood is none."""
    names = {word.lower() for mention in named for word in mention.words.split()}
    respelt = spelling.corrections(text, names) if spelling else ()
    return corrected(text, respelt), respelt


def _about(text: str, named: Sequence[Mention[str]], held: Sequence[Identity]) -> str:
    """Return the question without the authorities of which something is held."""
    have = {identity.authority_name for identity in held}
    return topic(text, [mention for mention in named if mention.value in have])
