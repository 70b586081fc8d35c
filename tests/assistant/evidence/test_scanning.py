"""What of a question is its matter, and which words of a search stand nowhere."""

from __future__ import annotations

import pytest

from assistant.evidence.scanning import Scanner, in_their_words, searched_for, subject_of
from index.store.collection import Collection
from index.types import Hit
from tests.llm_evidence import STOKE, evidence


@pytest.fixture(scope="module")
def collection(seed_index):
    return Collection(seed_index)


def found(*texts: str) -> list[Hit]:
    items = [evidence(STOKE, text, start=1000 * n) for n, text in enumerate(texts)]
    return [Hit(item.passage, item.identity, 1.0, 1) for item in items]


def test_the_matter_is_what_the_passages_speak_of_too() -> None:
    hits = found("Quality assurance is improving.", "The audits focus on compliance.")
    asked = "audit / quality assurance: how do Stoke and Leeds compare, 2021 vs 2023?"
    assert in_their_words(asked, hits) == "audit quality assurance"


def test_without_passages_or_common_words_there_is_no_matter() -> None:
    assert in_their_words("how do they compare?", found("Plans drift.")) == ""
    assert in_their_words("audits", []) == ""


def test_a_noun_phrase_behind_about_is_a_subject_and_a_clause_is_none() -> None:
    assert subject_of("what did inspectors say about connected carers?") == "connected carers"
    assert subject_of("what did they say about how children are doing?") is None


@pytest.mark.parametrize(
    ("topic", "matter"),
    [
        ("vaping", "vaping"),
        ("What did inspectors say about connected carers?", "connected carers"),
        ("is there anything about gambling", "gambling"),
        ("Do the inspectors say who looks after football pitches?", ""),
        ("I am new here: what was said about my predecessor's work, years ago?", ""),
    ],
)
def test_a_search_names_a_matter_and_asks_nothing_more(topic: str, matter: str) -> None:
    assert searched_for(topic) == matter


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
