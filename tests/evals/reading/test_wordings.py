"""A claim as a model tells it: who says so, where and when, and only where that is so."""

import random

import pytest

from evals.reading.data import Excerpt
from evals.reading.wordings import reported

COMMON = frozenset({"most", "plans"})


def excerpt(kind: str, dated: str = "2022-01-31") -> Excerpt:
    return Excerpt("e", "Leeds", kind, dated, "Heading", ("A sentence.",))


def told(text: str, of: Excerpt) -> set[str]:
    return {reported(text, of, COMMON, random.Random(seed)) for seed in range(200)}


def test_inspectors_are_said_to_find_what_their_own_letters_say_alone():
    claim = "Most plans are clear."
    own = told(claim, excerpt("focused visit letter"))
    assert "Inspectors found that most plans are clear." in own
    assert "Leeds, January 2022: most plans are clear." in own
    assert "Most plans are clear in Leeds." in own
    others = told(claim, excerpt("council report"))
    assert "The council report says that most plans are clear." in others
    assert not any("nspectors" in one or "Ofsted" in one for one in others)


def test_a_name_keeps_its_capital_and_a_year_alone_gives_no_month():
    found = told("Cafcass is content.", excerpt("news article", "2022"))
    assert "In Leeds, Cafcass is content." in found
    assert not any("January" in one or "{" in one for one in found)


@pytest.mark.parametrize(
    ("text", "dated"),
    [
        ("Inspectors found clear plans.", "2022-01-31"),
        ("Managers should read plans.", "2022-01-31"),
        ("Most plans are clear.", ""),
    ],
)
def test_what_says_so_itself_should_be_or_has_no_date_is_left(text, dated):
    assert told(text, excerpt("focused visit letter", dated)) == {text}
