"""An answer that counts names the question by which its table is found again."""

import pytest

from assistant.compose import open_assistant
from assistant.settings import Settings
from assistant.types import Ask
from assistant.web.session import Exchange, history
from index.errors import NotFound
from index.query.understand import MAX_QUESTION
from index.types import Filters, Issuer


@pytest.fixture(scope="module")
def made(seed_index):
    return open_assistant(Settings(index=seed_index))


@pytest.fixture(scope="module")
def counted(made):
    """Puts questions one after the other, and returns the last answer."""

    def answer(*questions, filters=None):
        conversation = []
        for n, question in enumerate(questions, 1):
            ask = Ask(question, history(tuple(conversation)), filters or Filters())
            conversation.append(Exchange(n, question, made.extractive.answer(ask), done=True))
        return conversation[-1].answer

    return answer


@pytest.mark.parametrize(
    "questions",
    [
        ("how many councils were judged inadequate?",),
        ("how many councils were judged inadequate?", "and in 2019?"),
        ("Which letters mention caseloads?",),
    ],
)
def test_the_table_counts_what_the_answer_does(made, counted, questions):
    answer = counted(*questions)
    table = made.count(Ask(answer.counted))
    assert table.lead.startswith(answer.sentences[0].text)


def test_the_table_is_of_the_sources_asked_alone(made, counted):
    own = Filters(issuers=(Issuer.OFSTED,))
    question = "Which letters mention caseloads?"
    answer = counted(question, filters=own)
    table = made.count(Ask(answer.counted, filters=own))
    assert table.lead.startswith(answer.sentences[0].text)
    assert "of the 3 documents held" in table.lead
    assert made.count(Ask(question)).lead != table.lead


@pytest.mark.parametrize(
    "questions",
    [
        ("Who visited Stoke in 2023?",),
        ("How many children are looked after in Stoke?",),
    ],
)
def test_what_counts_nothing_has_no_table(made, counted, questions):
    assert counted(*questions).counted == ""
    with pytest.raises(NotFound, match="could not be counted: ask how many authorities"):
        made.count(Ask(questions[-1]))


def test_a_part_that_counts_is_counted_by_its_own_words(made, counted):
    answer = counted("When was Middlesbrough inspected, and how many councils were inadequate?")
    assert answer.counted.startswith("how many councils were inadequate?")


def test_a_question_too_long_to_be_asked_again_has_no_table(counted):
    question = f"how many councils were judged adequate{' as far as anybody knows' * 82}?"
    assert counted(question[:1000]).counted == question[:1000]
    answer = counted(question, "and in 2020?")
    assert len(answer.standalone) > MAX_QUESTION
    assert answer.counted == ""
