"""Points said again are those that a reader of both lists would pair."""

import pytest

from assistant.facts import Corpus
from assistant.facts.changes import said_again
from index import models

PAIRS = [
    ("stoke-on-trent-2022-10-03", "stoke-on-trent-2025-05-12", [(4, 3), (5, 1)]),
    ("redcar-and-cleveland-2022-06-20", "redcar-and-cleveland-2025-12-01", []),
    ("north-northamptonshire-2022-10-03", "north-northamptonshire-2026-05-11", []),
    ("middlesbrough-2023-03-13", "middlesbrough-2026-06-08", [(1, 3), (5, 0)]),
    ("nottingham-2018-11-05", "nottingham-2022-07-11", [(3, 1), (4, 6), (6, 3)]),
    ("middlesbrough-2023-03-13", "stockton-on-tees-2023-03-06", [(0, 0), (1, 2), (5, 3)]),
]
"""By eye; indexes of points in the earlier and the later list."""


@pytest.mark.parametrize(
    ("before", "after", "pairs"), PAIRS, ids=[" ".join(row[:2]) for row in PAIRS]
)
def test_pairs_are_those_made_by_eye(before, after, pairs, letter_corpus):
    corpus = Corpus(letter_corpus.collection, models.trained_reader())
    found = {one.inspection_id: one for one in corpus.inspections}
    earlier, later = found[f"{before}-inspection"], found[f"{after}-inspection"]
    assert said_again(earlier.improvements, later.improvements, corpus) == pairs
