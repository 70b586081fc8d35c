"""What of a question names its matter: how it is marked, and how well the encoder tells it."""

from __future__ import annotations

import pytest

from evals.reading import matters
from evals.reading.matters import Named
from index.models.question_encoder import QuestionEncoder


def test_brackets_mark_the_words_that_name_the_matter() -> None:
    one = matters.marked("compare Leeds and York on [private fostering] and [young carers]")
    assert one == Named(
        "compare Leeds and York on private fostering and young carers", ((26, 43), (48, 60))
    )
    assert one.words == "private fostering young carers"
    assert matters.marked("How is Leeds doing?") == Named("How is Leeds doing?", ())


def test_of_the_voice_kept_back_the_encoder_tells_the_matter() -> None:
    told = matters.told_rightly(QuestionEncoder())
    assert told["F1"] >= 0.79
    assert told["none"] >= 0.9


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("anything on autism in Leeds?", "autism"),
        ("Which councils' newest letters mention young carers, and which do not?", "young carers"),
        ("What grade did Leeds get in 2019?", ""),
        ("\ud800 caseloads", "caseloads"),
        ("", ""),
    ],
)
def test_what_only_asks_is_no_matter(question: str, words: str) -> None:
    assert QuestionEncoder().matter(question) == words
