"""What of a question is its matter, and which words of a search stand nowhere."""

from __future__ import annotations

import pytest

from assistant.evidence.scanning import Scanner, searched_for
from index.store.collection import Collection


@pytest.fixture(scope="module")
def collection(seed_index):
    return Collection(seed_index)


@pytest.mark.parametrize(
    ("question", "matter", "search"),
    [
        ("vaping", "vaping", "vaping"),
        ("What did inspectors say about connected carers?", "connected carers", "connected carers"),
        ("is there anything about gambling", "gambling", "gambling"),
        ("I am new here: what was said about my predecessor's work?", "predecessor's work", ""),
        ("How is Stockton doing?", "", ""),
    ],
)
def test_a_search_names_a_matter_and_asks_nothing_more(
    question: str, matter: str, search: str
) -> None:
    assert searched_for(question, matter) == search


@pytest.mark.parametrize(
    ("search", "unwritten"),
    [
        ("vaping", ("vaping",)),
        ("anything on autism?", ("autism",)),
        ("IROs", ()),
        ("kids homes", ()),
        ("case loads", ()),
        ("social worker strikes", ("strikes",)),
        ("whether the social workers of Stoke went on strike", ()),  # too long for a search
    ],
)
def test_words_of_a_search_that_no_document_writes_are_told(search, unwritten, collection):
    """Whatever stands for them counts: “children” for “kids”, what IRO is short for."""
    assert Scanner(collection).sought(search, collection.identities()).unwritten == unwritten


def test_what_is_mostly_written_small_is_no_name(collection):
    held, scanner = collection.identities(), Scanner(collection)
    assert scanner.name_in("how are care leavers doing", held) == ""
    assert scanner.name_in("what of corporate parenting", held) == "corporate parenting"
