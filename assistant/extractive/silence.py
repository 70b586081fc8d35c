"""Whether evidence on the right subject still lacks what is asked for: a grade or a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.extractive.asking import Asked
from assistant.extractive.identities import key_pattern
from index.types import Evidence, Query, Wanted

READ = 6
"""Pieces of evidence read, best first."""
_GRADED = re.compile(
    r"\b(?:judged|graded|rated|judgements?)\b|\b(?:Outstanding|Good|Inadequate|RI)\b|"
    r"\b(?:is|are|was|were|remains?) (?:now |still )?(?:outstanding|inadequate|good|adequate|"
    r"requires improvement)\b",
)
_OFFICE = re.compile(
    r"\bwho(?:'?s| is| was)\b.{0,20}?\b(director|chief executive|mayor|lead member|cabinet member|"
    r"leader of|chair|independent chair|minister|head of|principal social worker)\b|"
    r"\bname of (?:the|its|their) (director|chief executive|mayor|lead member|leader|chair)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:Mrs?|Ms|Miss|Dr|Sir|Dame|Cllr|Councillor)\.? [A-Z]|"
    r"\b(?!(?:His|Her|Local|The|Ofsted|Director|Chief|Children|Majesty)\b)"
    r"[A-Z][a-z]+ (?!(?:Council|Inspectors?|Authority|Services?|Board|Executive)\b)[A-Z][a-z]+\b"
)


def lacks(asked: Asked, query: Query, evidence: Sequence[Evidence]) -> str | None:
    """What is asked for and none of the best evidence gives, in a sentence; None where it may."""
    best = [item.text for item in evidence[:READ]]
    if asked.wanted in (Wanted.GRADE, Wanted.GRADED_SO):
        subject = key_pattern(query.topic)
        graded = [text for text in best if _GRADED.search(text)]
        if not any(subject is None or subject.search(text) for text in graded):
            return "No grade for it is given."
    office = _OFFICE.search(query.topic.replace("’", "'"))
    if office:
        title = re.escape(next(filter(None, office.groups())))
        naming = [text for text in best if re.search(title, text, re.IGNORECASE)]
        if not any(_PERSON.search(text) for text in naming):
            return "No name is given."
    return None
