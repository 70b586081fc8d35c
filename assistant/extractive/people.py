"""Questions that name a person or an office: who directs the services, who somebody is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extractive.facts import Fact
from assistant.extractive.identities import facts_for, person_facts
from assistant.extractive.vocabulary import proper_names
from index.store.collection import Collection
from index.types import Identity, Issuer, Query, Wanted

_WHO_IS = re.compile(r"\bwho(?:['’]?s| is| was)\b", re.IGNORECASE)
_DIRECTOR = re.compile(
    r"\bwho(?:['’]?s| is| was| are)\b.{0,30}\b(?:director|dcs|the boss|in charge)\b"
    r"(?! of (?:it|that|(?:the|this|each|every) (?:[\w'’-]+ ){0,3}(?:inspection|inspectors|visit|"
    r"team)))|"
    r"\bwho (?:runs|heads|ran|headed)\b.{0,12}\b(?:there|things|it|the (?:service|department)|"
    r"children['’]?s services)\b",
    re.IGNORECASE,
)


def asks_director(question: str) -> bool:
    """Whether the director of children's services is asked after."""
    return bool(_DIRECTOR.search(question))


def directors(query: Query, group: Sequence[Identity], collection: Collection) -> list[Fact]:
    """Whom letters are addressed to, or who answers for a council's report; newest first."""
    council = [i for i in group if i.issuer.value is Issuer.COUNCIL]
    facts = [
        *facts_for(Wanted.ADDRESSEE, group, collection, query),
        *facts_for(Wanted.SIGNATORY, council, collection, query),
    ]
    return [fact for fact in facts if "director" in fact.value.lower()]


def person(query: Query, group: Sequence[Identity], collection: Collection) -> list[Fact]:
    """Who somebody is that a letter names at its head or foot."""
    if not _WHO_IS.search(query.question):
        return []
    names = [name for name in proper_names(query) if " " in name]
    return [fact for name in names for fact in person_facts(name, group, collection)]
