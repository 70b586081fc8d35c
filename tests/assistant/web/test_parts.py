import pytest

from assistant.types import Ask, Status
from assistant.web.parts import summarise
from tests.programs import opened


@pytest.mark.slow
def test_every_example_of_the_first_screen_is_answered(seed_index):
    made = opened(seed_index)
    examples = summarise(made.collection).examples
    assert len(examples) == 4
    refused = [q for q in examples if made.extractive.answer(Ask(q)).status is not Status.ANSWERED]
    assert refused == []
