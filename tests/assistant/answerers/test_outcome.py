"""What is said beside what was decided."""

import pytest

from assistant.answerers.outcome import NO_FIGURE, Outcome, qualified
from assistant.evidence.scanning import Sought
from assistant.rendering.draft import Draft
from assistant.types import AnswerSentence, Role, Status
from index.query.understand import understand
from tests.assistant.facts.conftest import ROOT, corpus_of


@pytest.fixture(scope="module")
def seed_corpus():
    return corpus_of(ROOT / "seeds")


@pytest.mark.parametrize(
    ("quote", "notes"),
    [
        ("Children's services have received significant investment.", (NO_FIGURE,)),
        ("For some children, this takes up to 16 days.", ()),
        ("Some wait up to six weeks.", ()),
    ],
)
def test_a_number_that_is_asked_for_and_not_given_is_said_so(quote, notes, seed_corpus):
    query = understand("How many days do children wait for significant help?", ())
    draft = Draft([AnswerSentence(quote, Role.QUOTE, (1,))])
    found = qualified(Outcome(Status.ANSWERED, draft), query, seed_corpus, Sought(), counts=True)
    assert found.notes == notes


@pytest.mark.parametrize(
    ("question", "quote", "status"),
    [
        ("What did the 2017 inspection of Stoke say?", "Most caseloads are manageable.", "partial"),
        ("How many waited in Stoke in 2016-17?", "In 2016–17 there were 40.", "answered"),
        ("What did the 2023 visit to Stoke say?", "Most caseloads are manageable.", "answered"),
    ],
)
def test_a_year_of_which_no_inspection_is_known_is_said(question, quote, status, seed_corpus):
    query = understand(question, seed_corpus.identities)
    draft = Draft([AnswerSentence(quote, Role.QUOTE, (1,))])
    found = qualified(Outcome(Status.ANSWERED, draft), query, seed_corpus, Sought(), counts=False)
    assert found.status == status
    assert found.lead.startswith("We know of no inspection") is (status == "partial")


@pytest.mark.parametrize(
    ("searched", "quote", "said"),
    [
        ("onboarding", "Regular supervision is an active contributor to early development.", True),
        ("school meals", "Social workers know their children very well.", True),
        (
            "caseloads stoke",
            "Most social workers report that their caseloads are manageable.",
            False,
        ),
    ],
)
def test_quotes_that_hold_none_of_the_words_searched_for_are_said_to(
    searched, quote, said, seed_corpus
):
    query = understand(searched, seed_corpus.identities)
    draft = Draft([AnswerSentence(quote, Role.QUOTE, (1,))])
    told = Outcome(Status.ANSWERED, draft)
    sought = Sought(tuple(searched.split()))
    assert bool(qualified(told, query, seed_corpus, sought, counts=False).lead) is said
    assert not qualified(told, query, seed_corpus, Sought(), counts=False).lead


def test_what_is_refused_lacks_no_number(seed_corpus):
    query = understand("How many wait?", ())
    found = qualified(
        Outcome(Status.NOT_STATED, Draft()), query, seed_corpus, Sought(), counts=True
    )
    assert found.notes == ()


@pytest.mark.parametrize(
    ("quote", "said"),
    [
        ("Disabled children receive a highly effective service from social workers.", False),
        ("Foster carers are recruited in time.", True),
    ],
)
def test_words_that_stand_nowhere_are_not_held_against_what_surely_answers(
    quote, said, seed_corpus
):
    query = understand("how are disabled children served", seed_corpus.identities)
    told = Outcome(Status.ANSWERED, Draft([AnswerSentence(quote, Role.QUOTE, (1,))]))
    sought = Sought(("disabled", "children", "served"), ("served",))
    assert bool(qualified(told, query, seed_corpus, sought, counts=False).lead) is said
