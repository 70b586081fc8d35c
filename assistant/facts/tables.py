"""Rows of tables that count grades ("Inadequate | 25 | 24%" under "Overall effectiveness")."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from assistant.evidence.quoting import Quote
from assistant.facts.corpus import Corpus, FactAnswer
from assistant.facts.grades import OVERALL
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.query.judgements import grades_named, judgements_named
from index.types import BlockKind, Hit, Identity, Query, Sentence

AFTER = timedelta(days=366)
"""How long after a time figures of it are printed."""
NEAR = 20
"""Passages among which rows are looked for."""


def printed(query: Query, corpus: Corpus) -> FactAnswer | None:
    """Answer how many were given a grade with the rows that print it; None where none does."""
    rows = rows_of(query, corpus)
    draft = Draft()
    for identity, quote in rows:
        draft.quote(identity, quote)
    return FactAnswer(Status.ANSWERED, draft) if rows else None


def counts_grades(text: str, sentence: Sentence) -> bool:
    """Return whether a sentence is a row that counts a grade: how many places were given it, which
    tells nothing of a single one.
    """
    first, *others = text.split("\t")
    counted = bool(others) and all(cell.strip().rstrip("%").isdigit() for cell in others)
    return sentence.kind is BlockKind.ROW and counted and bool(grades_named(first))


def rows_of(query: Query, corpus: Corpus) -> list[tuple[Identity, Quote]]:
    """Return the rows for the grades that a question names, of the tables of the judgement that it
    names; none where it names an authority: what a table counts is of no single one.
    """
    grades = set(grades_named(query.topic))
    if not grades or query.authorities or corpus.find is None:
        return []
    keys = set(judgements_named(query.topic) or (OVERALL,))
    everywhere = frozenset(one.doc_id for one in corpus.identities)
    return [
        (hit.identity, corpus.quoter(hit.passage.doc_id).quote(sentence.start))
        for hit in corpus.find(replace(query, k=NEAR), everywhere)
        if _of_the_time(hit.identity, query)
        for sentence in hit.passage.sentences
        if sentence.kind is BlockKind.ROW
        and keys & set(judgements_named(sentence.table_title or ""))
        and grades & _grade(hit, sentence)
    ]


def _of_the_time(identity: Identity, query: Query) -> bool:
    """Whether a document may print a figure of a time named: it is dated then, or soon after."""
    day = identity.dated
    return not query.periods or any(
        day is not None
        and (m.value.start is None or m.value.start <= day)
        and (m.value.end is None or day - AFTER <= m.value.end)
        for m in query.periods
    )


def _grade(hit: Hit, sentence: Sentence) -> set[object]:
    """Return the grade in the first cell of a row, with nothing else in it."""
    first = hit.passage.text_of(sentence).split("\t")[0]
    return set(grades_named(first))
