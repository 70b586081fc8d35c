import csv
from importlib import resources

import pytest

from index.query.abbreviations import with_both_forms, with_full_forms
from index.query.english import is_english
from index.query.plain import in_inspectors_words, reworded, spelt_out
from index.query.understand import Spelling
from index.types import Mention

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
        ("kids from abroad with no parents", "unaccompanied asylum-seeking children"),
        ("families about to lose their kids", "families on the edge of care"),
        ("Kids who look after a poorly mum", "children who young carers"),
        ("homes nobody has registered", "unregistered children's homes"),
        ("unaccompanied asylum-seeking children", "unaccompanied asylum-seeking children"),
        ("child and adolescent mental health", "child and adolescent mental health"),
        ("In relation to risk", "In relation to risk"),
        ("cases bounce back, staff burnt-out-ish", "cases re-referrals, staff burnt-out-ish"),
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


def test_a_form_stands_for_each_choice_of_what_its_brackets_hold():
    assert spelt_out("los[e/ing] [/their ]kids") == [
        "lose kids",
        "lose their kids",
        "losing kids",
        "losing their kids",
    ]
    assert spelt_out("plan b") == ["plan b"]


def test_each_plain_word_of_the_table_is_said_one_way_only_and_becomes_what_it_says():
    path = resources.files("index") / "data" / "plain_words.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    written: dict[str, set[str]] = {}
    for row in rows:
        for form in row["asked"].split("|"):
            for said in spelt_out(form):
                written.setdefault(said, set()).add(row["written"])
    assert {said for said in written if said != " ".join(said.lower().split()) or not said} == set()
    assert {said for said, ways in written.items() if len(ways) > 1} == set()
    assert {
        said for said, ways in written.items() if in_inspectors_words(said) not in ways
    } == set()


@pytest.mark.parametrize(
    "word", ["charge", "waiting", "whole", "thing", "seeing", "teens", "arent", "theyre", "hasnt"]
)
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


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("our IROs", "our IROs (independent reviewing officer)"),
        ("uasc numbers", "uasc (unaccompanied asylum-seeking children) numbers"),
        ("PA support", "PA (personal adviser) support"),
        ("my pa said", "my pa said"),
        ("the iro (independent reviewing officer)", "the iro (independent reviewing officer)"),
        ("leadership", "leadership"),
    ],
)
def test_what_an_abbreviation_stands_for_is_added_behind_it(asked, read):
    assert with_full_forms(asked) == read


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("the independent reviewing officers", "the independent reviewing officers (IROs)"),
        ("Elective Home Education", "Elective Home Education (EHE)"),
        ("IROs (independent reviewing officers)", "IROs (independent reviewing officers)"),
        ("the reviewing of officers", "the reviewing of officers"),
        ("what about iros", "what about iros (independent reviewing officer)"),
    ],
)
def test_what_is_written_in_full_is_read_with_its_abbreviation(asked: str, read: str) -> None:
    assert with_both_forms(asked) == read
