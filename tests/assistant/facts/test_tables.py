"""Rows that count grades tell nothing of a single place."""

from __future__ import annotations

import pytest

from assistant.facts.tables import counts_grades
from index.types import BlockKind, Sentence


def row(text: str) -> Sentence:
    return Sentence(0, len(text), "", 0, kind=BlockKind.ROW)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Good\t48\t47%", True),
        ("RI\t40", True),
        ("Adoption performance\tRequires improvement", False),
        ("Overall effectiveness\tGood", False),
        ("Caseloads\t18\t16", False),
        ("Good", False),
    ],
)
def test_a_row_that_counts_a_grade_is_told_from_one_that_gives_it(text: str, counts: bool) -> None:
    assert counts_grades(text, row(text)) is counts


def test_of_the_seeds_only_the_appendix_counts_grades(seed_corpus) -> None:
    found = {
        (document.doc_id, passage.text_of(sentence))
        for document in seed_corpus.identities
        for passage in seed_corpus.collection.passages_of(document.doc_id)
        for sentence in passage.sentences
        if counts_grades(passage.text_of(sentence), sentence)
    }
    assert len({doc_id for doc_id, _ in found}) == 1
    assert {text.split("\t")[0] for _, text in found} <= {"Outstanding", "Good", "RI", "Inadequate"}
    assert "Outstanding\t7\t7%" in {text for _, text in found}
