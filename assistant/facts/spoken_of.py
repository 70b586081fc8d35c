"""A follow-up on the inspector just named: "has she led any of the others?"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.visits import visits
from assistant.question.resolved import Resolved
from assistant.types import CitedBefore
from index.types import Intent, Mention

_SOMEBODY = re.compile(r"\b(?:she|he|her|him|his|hers)\b", re.IGNORECASE)
"""Pronouns for one person: without them "which others have you got?" reads alike to the heads."""
_INSPECTIONS = (Intent.VISITS, Intent.HELD, Intent.COUNT, Intent.YES_NO, Intent.TIMELINE)


def of_the_inspector(
    resolved: Resolved, intents: Mapping[Intent, float], corpus: Corpus
) -> FactAnswer | None:
    """Answer which inspections somebody made who was just named alone; None where nobody was, or
    where something else is asked.

    Args:
        resolved: the follow-up, with what the last answer cited.
        intents: how likely it wants what, by the words typed alone.
    """
    asks = max(intents, key=lambda one: intents[one]) in _INSPECTIONS
    named = _named(resolved.cited, corpus) if _SOMEBODY.search(resolved.typed) else set()
    if not asks or len(named) != 1:
        return None
    person = named.pop()
    query = replace(
        resolved.query,
        people=(Mention(person, person),),
        authorities=(),
        periods=(),
        kinds=(),
        order=None,
        previous=False,
        number=None,
    )
    found = visits(query, corpus)
    return replace(found, settled=True, chance=1.0) if found else None


def _named(cited: Sequence[CitedBefore], corpus: Corpus) -> set[str]:
    """Return the inspectors whom quotes name that were shown."""
    held = {identity.doc_id: identity for identity in corpus.identities}
    return {
        one.value
        for citation in cited
        if citation.doc_id in held
        for one in held[citation.doc_id].inspectors
        if one.value in " ".join(citation.quote.split())
    }
