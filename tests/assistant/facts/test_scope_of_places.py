"""Which documents are meant of each place, where each is named with a time of its own."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.question.scope import of_each_place
from index.query.understand import understand

TODAY = date(2026, 11, 20)


def meant(question: str, corpus) -> dict[str, list[str]]:
    held = corpus.collection.identities()

    def understood(text: str):
        return understand(text, held, today=TODAY)

    found = of_each_place(question, understood(question), corpus, understood)
    return {
        name: sorted(str(corpus.identity(doc).dated)[:4] for doc in documents)
        for name, documents in found.items()
    }


@pytest.mark.parametrize(
    "question",
    [
        "Compare care leavers in Nottingham (2022) and Redcar and Cleveland (latest)",
        "the 2022 letter on Nottingham and the newest on Redcar: care leavers?",
    ],
)
def test_each_place_has_the_time_beside_it(question, letter_corpus):
    assert meant(question, letter_corpus) == {
        "Nottingham": ["2022"],
        "Redcar and Cleveland": ["2025"],
    }


@pytest.mark.parametrize(
    "question",
    [
        "Compare Nottingham and Redcar on care leavers in 2022",
        "In 2022, how did Nottingham and Redcar do?",
        "care leavers in Nottingham in 2022",
        "care leavers in Nottingham and Redcar",
    ],
)
def test_one_time_is_the_time_of_all(question, letter_corpus):
    assert meant(question, letter_corpus) == {}
