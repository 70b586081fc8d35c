"""How much of a document is one quote."""

import pytest

from assistant.evidence.quoting import Quoter
from index.types import BlockKind
from tests.fakes import document


@pytest.mark.parametrize(
    ("belonging", "quoted"),
    [
        ((), "Two holds."),
        (("One", "Three"), "One holds. Two holds. Three holds."),
        (("Three", "Four"), "Two holds. Three holds. Four holds."),
        (("One", "Three", "Four"), "One holds. Two holds. Three holds. Four holds."),
        (("Four",), "Two holds."),
    ],
)
def test_neighbours_that_belong_together_are_one_quote(belonging, quoted):
    clean = document(
        [
            (BlockKind.PARAGRAPH, "One holds. Two holds. Three holds. Four holds."),
            (BlockKind.PARAGRAPH, "Five holds."),
        ]
    )
    starts = frozenset(clean.text.index(word) for word in belonging)
    assert Quoter(clean).quote(clean.text.index("Two"), starts).text == quoted
