"""Questions that ask two things at once ("what did they say about X, and how much was it?")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.extractive.figures import figure_asked, gives_figure
from assistant.rendering.draft import Draft
from index.store.lexical import terms
from index.types import Evidence, Query
from index.understanding.topic import subject

MOST = 3
"""Parts told apart; what follows stays with the last."""
READ = 8
"""Pieces of evidence read for a later part, best first."""
_ASK = (
    r"(?:who(?:m|se)?|when|where|why|which|what|how (?:many|much|often|long|old|big|well|good|do|"
    r"does|did|are|is|was|were))\b"
)
_SPLIT = re.compile(
    rf"(?:\?\s*|[,;–—-]*\s+)(?:and|also|plus|&)\s+(?:also\s+)?"
    rf"(?:(?:in|at|on|by|for|to|from|within) )?"
    rf"(?={_ASK})|\?\s+(?={_ASK})",
    re.IGNORECASE,
)
_OPENS = re.compile(
    r"^(?:so |and |please |tell me )?"
    rf"(?:(?:in|at|on|by|for|to|from|within|out of)\b.{{0,40}}?)?{_ASK}|"
    r"^(?:did|does|do|is|are|was|were|has|have|had|can)\b",
    re.IGNORECASE,
)
_WHETHER = re.compile(r"(?:did|does|do|is|are|was|were|has|have|had|can)\b", re.IGNORECASE)
"""After one of these "and where they fall short" belongs to what is asked, not beside it."""
_FACT = re.compile(
    r"(?:who|when|where|which|what (?:is|was|are|were|will|did|does|has))\b", re.IGNORECASE
)
_PLAIN = frozenset(
    terms(
        "who when where which what why how is was are were will would did does do has have had it "
        "its they them their that this he she his her ofsted inspectors inspector say said says "
        "about think want wanted children council none some most least happen happened there then"
    )
)

_LETTER = re.compile(r"\b(?:letter|sign\w*|wrote|written|publish\w*)\b", re.IGNORECASE)
_INSPECTED = re.compile(r"\b(?:inspect\w*|visit\w*|led)\b", re.IGNORECASE)
_DATE = frozenset(terms("what which date day when year on"))
"""A later part of these words alone has nothing of its own to be found by."""


def parts_of(question: str) -> tuple[str, ...]:
    """The questions that ``question`` is made of, in order; itself alone where it is one.

    Two questions that share one object ("when and where was it?") stay together.
    """
    pieces = [piece.strip(" ,;?") for piece in _SPLIT.split(question, maxsplit=MOST - 1)]
    whole = len(pieces) > 1 and all(len(piece.split()) > 1 for piece in pieces)
    if _WHETHER.match(question) and not re.search(rf"[,;?] *(?:and )?{_ASK}", question):
        return (question,)
    pieces = [_whole_date(piece, pieces[0]) for piece in pieces]
    if "" in pieces:
        return (question,)
    if not whole or not _OPENS.search(pieces[0]):
        return (question,)
    return tuple(f"{piece}?" for piece in pieces)


def _whole_date(piece: str, first: str) -> str:
    """A bare "what date" with what it dates; empty where the first part names no such thing."""
    if piece is first or set(terms(piece)) - _DATE:
        return piece
    if _LETTER.search(first):
        return "what date is on the letter"
    return "when was the inspection" if _INSPECTED.search(first) else ""


def unanswered(parts: Sequence[str], evidence: Sequence[Evidence]) -> list[str]:
    """The parts that ask for a figure that no evidence gives, and the later ones that ask for a
    fact of which none of the best evidence speaks.
    """
    best = evidence[:READ]
    about = figure_asked(f"number of it {parts[0]}")
    missing = []
    for place, part in enumerate(parts):
        figure = figure_asked(part)
        if figure and about and place and not figure.thing:
            figure = replace(figure, about=(*figure.about, *about.about))
        untold = place > 0 and _never_told(part, parts[0], best)
        if not gives_figure(figure, best) if figure else untold:
            missing.append(part.rstrip("?"))
    return missing


def _never_told(part: str, before: str, evidence: Sequence[Evidence]) -> bool:
    """Whether none of the words of a part that asks for a fact stands in the evidence.

    One word alone tells nothing: who "runs" it may be told as who "chairs" it.
    """
    said = _PLAIN | frozenset(terms(before))
    words = frozenset(terms(part)) - said if _FACT.match(part) else frozenset()
    return len(words) > 1 and not any(words & set(terms(item.text)) for item in evidence)


def asking_alone(part: str) -> str:
    """A later part with what "it" stands for in a question about an inspection."""
    alone = re.sub(r"\bwas in charge of\b", "led", part, flags=re.IGNORECASE)
    return re.sub(
        r"\b(?:it|that|this)\b(?: visit| inspection)?", "the inspection", alone, flags=re.IGNORECASE
    )


def joined(drafts: Sequence[Draft]) -> Draft:
    """Drafts one after another as one, its citations numbered anew, each place cited once."""
    out = Draft()
    for draft in drafts:
        number = {}
        for citation in draft.citations:
            place = (citation.identity.doc_id, citation.start, citation.end)
            same = [c for c in out.citations if (c.identity.doc_id, c.start, c.end) == place]
            number[citation.number] = same[0].number if same else len(out.citations) + 1
            if not same:
                out.citations.append(replace(citation, number=number[citation.number]))
        said = {(sentence.text, sentence.group) for sentence in out.sentences}
        for sentence in draft.sentences:
            if (sentence.text, sentence.group) not in said:
                cited = tuple(number[n] for n in sentence.citations)
                out.sentences.append(replace(sentence, citations=cited))
    return out


def part_of(query: Query, part: str) -> Query:
    """One part of a question as a question of its own, about the same place and time."""
    whole = asking_alone(part)
    return replace(query, question=whole, topic=whole, subject=subject(whole, query.periods))
