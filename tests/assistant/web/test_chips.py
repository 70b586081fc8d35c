from datetime import date

import pytest

from assistant.types import Answer, Status
from assistant.web.chips import chips, without
from index.types import Filters, Kind, Mention, Period, Query


def test_chips_tell_what_was_understood_and_what_was_chosen():
    filters = Filters(kinds=(Kind.FOCUSED_VISIT,), from_date=date(2020, 1, 1))
    year = Period(date(2021, 1, 1), date(2021, 12, 31))
    query = Query(
        question="q",
        topic="q",
        subject="q",
        filters=filters,
        authorities=(Mention("Stoke-on-Trent", "Stoke"),),
        periods=(Mention(year, "2021"),),
    )
    answer = Answer("q", Status.ANSWERED, "", query=query)
    assert [chip.label for chip in chips(answer)] == ["Stoke-on-Trent", "2021"]


@pytest.mark.parametrize(
    ("question", "words", "left"),
    [
        ("What was found at Stockton in 2021?", "Stockton", "What was found in 2021?"),
        ("What was found at Stockton in 2021?", "2021", "What was found at Stockton?"),
        ("How good are Stockton’s carers?", "stockton", "How good are carers?"),
        ("How is Stocktonshire?", "Stockton", ""),
        ("How is it?", "", ""),
    ],
)
def test_a_chip_can_be_taken_out_of_the_question(question, words, left):
    assert without(question, words) == left
