"""What is left of a question once the place it names has been used to choose documents.

Inside one authority's documents its name tells nothing apart, and drowns the words that do
(evals/LOG.md #place-name-1: hit@5 .69 with the name, .76 without). Times stay: passages print them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Mention, Period

_BEFORE = r"(?:\b(?:in|at|for|of|from|to|by|about|and|&)\s+)?"
_AFTER = r"(?:['’]?s)?\b(?:\s+(?:city |borough |county )?council)?"


def subject(topic: str, periods: Sequence[Mention[Period]], least: int = 3) -> str:
    """Return the topic without the times it names, for telling sentences of chosen documents apart;
    the whole of it where less than ``least`` words would be left.
    """
    text = topic
    for words in {mention.words for mention in periods}:
        text = re.sub(
            rf"(?:\b(?:back )?(?:in|at|for|of|from|by|since|"
            rf"the)\s+)?(?:the\s+)?\b{re.escape(words)}\b",
            " ",
            text,
            flags=re.IGNORECASE,
        )
    text = " ".join(text.split())
    return text if len(re.findall(r"\w\w+", text)) >= least else topic


def topic(question: str, authorities: Sequence[Mention[str]]) -> str:
    """Return the question without the authorities it names; the whole of it where no word would be
    left.
    """
    text = question
    for words in sorted({mention.words for mention in authorities}, key=len, reverse=True):
        text = re.sub(rf"{_BEFORE}\b{re.escape(words)}{_AFTER}", " ", text, flags=re.IGNORECASE)
    text = " ".join(text.split())
    return text if re.search(r"\w{3}", text) else question
