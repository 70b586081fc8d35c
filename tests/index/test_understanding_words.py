import csv
from importlib import resources

import pytest

from index.types import Mention
from index.understanding import Spelling
from index.understanding.english import is_english
from index.understanding.plain import in_inspectors_words, reworded

DOCUMENT_WORDS = frozenset(
    [
        "strategy",
        "assessments",
        "challenge",
        "gateway",
        "change",
        "writing",
        "while",
        "thinking",
        "seeking",
        "tees",
    ]
)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Do kids’ bosses listen?", "Do children's senior leaders listen?"),
        ("relatives looking after kids", "connected carers"),
        ("leavers", "care leavers"),
        ("care leavers", "care leavers"),
        ("Kidsgrove and the Kidd family", "Kidsgrove and the Kidd family"),
        ("with nowhere to stay", "homeless"),
        ("What did inspectors say about connected carers?",) * 2,
        ("", ""),
    ],
)
def test_plain_words_become_those_of_the_letters(said, written):
    assert in_inspectors_words(said) == written


def test_what_was_reworded_is_told_with_the_words_that_said_so():
    assert reworded("were kids signed off by relatives?") == (
        Mention("children", "kids"),
        Mention("approved", "signed off"),
        Mention("family members", "relatives"),
    )
    assert reworded("care leavers") == ()


def test_no_plain_word_stands_twice_in_the_table():
    path = resources.files("index") / "data" / "plain_words.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    forms = [form for row in rows for form in row["asked"].split("|")]
    assert sorted(forms) == sorted(set(forms))
    assert all(form == form.strip().lower() for form in forms)


@pytest.mark.parametrize("word", ["charge", "waiting", "whole", "thing", "seeing", "teens"])
def test_english_words_that_no_document_writes_are_left_as_typed(word):
    assert is_english(word)
    assert Spelling(DOCUMENT_WORDS).corrections(f"who is {word} there") == ()


def test_a_word_that_is_not_english_becomes_the_nearest_of_the_documents():
    found = Spelling(DOCUMENT_WORDS).corrections("the stratergy and assesments of the gatway")
    assert [(mention.words, mention.value) for mention in found] == [
        ("stratergy", "strategy"),
        ("assesments", "assessments"),
        ("gatway", "gateway"),
    ]
