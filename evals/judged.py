"""A question with what it got, and which gold each hit and citation is right for.

The hit rule is the sample questions' own: same file, and at least 70 % of the quote's words in
one contiguous run. A citation is a sentence, often shorter than the gold: it is right when it
overlaps a gold span by at least half of the shorter of the two.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evals.run.record import Cited, FoundPassage, Given, Result
from evals.spans import overlap
from evals.types import Gold, Question
from evals.words import contains_run, words

CITED_SHARE = 0.5

Found = tuple[frozenset[int], ...]
"""One set a hit (or citation), in order: indexes of the gold that it finds."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Everything that a metric may look at; ``standalone_found`` is None outside follow-ups."""

    question: Question
    result: Result
    found: Found
    standalone_found: Found | None
    cited: Found

    @property
    def answer(self) -> Given | None:
        """What was answered, None when retrieval alone was run."""
        return self.result.answer

    def groups_in(self, found: Found) -> int:
        """Return how many gold groups are found at least once."""
        every = frozenset().union(*found)
        return sum(1 for group in self.question.groups if every.intersection(group))


def judge(question: Question, result: Result) -> Judged:
    """Match hits and citations with the gold."""
    standalone = result.standalone_hits
    citations = result.answer.citations if result.answer else ()
    return Judged(
        question,
        result,
        _found(question.gold, result.hits),
        None if standalone is None else _found(question.gold, standalone),
        tuple(_indexes(question.gold, citation) for citation in citations),
    )


def finds(gold: Gold, hit: FoundPassage, text: str) -> bool:
    """Say whether a hit finds a gold quote in ``text``, the part of it that is shown."""
    if not same_document(gold, hit):
        return False
    if not gold.quote:
        return True
    if gold.occurrence is not None and not overlap((gold.start, gold.end), (hit.start, hit.end)):
        return False
    return contains_run(words(gold.quote), words(text))


def same_document(gold: Gold, found: FoundPassage | Cited) -> bool:
    """Say whether both are of one document."""
    return found.doc_id == gold.doc_id if gold.doc_id else found.source == gold.source


def shown_text(answer: Given) -> str:
    """Return what the reader sees without unfolding anything, without citation markers."""
    shown = [line.text for line in answer.sentences if not line.more]
    text = "\n".join(shown) if shown else answer.text
    return re.sub(r"\[\d+\]", "", text)


def _found(gold: tuple[Gold, ...], hits: tuple[FoundPassage, ...]) -> Found:
    return tuple(
        frozenset(i for i, one in enumerate(gold) if finds(one, hit, hit.text)) for hit in hits
    )


def _indexes(gold: tuple[Gold, ...], citation: Cited) -> frozenset[int]:
    place = (citation.start, citation.end)
    return frozenset(
        i
        for i, one in enumerate(gold)
        if same_document(one, citation)
        and overlap((one.start, one.end), place)
        >= CITED_SHARE * max(1, min(one.end - one.start, citation.end - citation.start))
    )
