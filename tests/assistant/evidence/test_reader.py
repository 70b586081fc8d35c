"""What reading passages gave: the likeliest sentence, what denies nothing, who is named."""

from dataclasses import replace

import pytest

from assistant.evidence.reader import Look
from index.types import Mention, Query
from tests.llm_evidence import COUNCIL, STOCKTON, STOKE, scored

FOUND = Look(
    (),
    (
        scored(STOKE, 0.9, text="No plan was late.", contradicts=0.8),
        scored(STOCKTON, 0.6, text="Leeds lends its panel.", contradicts=0.3),
        scored(COUNCIL, 0.4, text="LEEDS and Stoke share one.", contradicts=0.1),
    ),
)
LEEDS = replace(Query("q", "q", "q"), authorities=(Mention("Leeds", "leeds"),))


def test_the_likeliest_sentence_denies_and_the_best_that_denies_nothing_bears_out():
    assert FOUND.contradicts == pytest.approx(0.8)
    assert [FOUND.bears_out(limit) for limit in (0.9, 0.5, 0.3, 0.05)] == [0.9, 0.6, 0.4, 0.0]
    assert (Look().contradicts, Look().bears_out(0.5)) == (0.0, 0.0)


def test_what_other_documents_tell_of_a_place_names_it():
    assert [item.score for item in FOUND.naming(LEEDS)] == [0.6, 0.4]
    assert FOUND.told(LEEDS) == pytest.approx(0.6)
    assert Look().told(LEEDS) == 0.0
