"""What a question wants, of one place or of each of several."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

import assistant.answerers.typed
from assistant.answerers.decide import Thresholds
from assistant.answerers.typed import intents_of, typed
from assistant.facts import FactAnswer, facts_wanted
from assistant.question.resolved import Resolved
from assistant.rendering.draft import Draft
from assistant.types import Status
from index.query.understand import understand
from index.types import Counted, Intent, Mention

LIMIT = Thresholds()
WHOLE = "line up the care leaver grades for Leeds and Hull"


class Alike:
    """Tells every question to want some of several intents."""

    def __init__(self, **chances: float) -> None:
        self._chances = {**dict.fromkeys(Intent, 0.0), **{Intent(k): v for k, v in chances.items()}}

    def intent(self, question: str) -> Mapping[Intent, float]:
        return self._chances


class Told:
    """Tells the whole question to compare, and what remains without its places to grade."""

    def __init__(self, compares: float) -> None:
        self._compares = compares

    def intent(self, question: str) -> Mapping[Intent, float]:
        rest = dict.fromkeys(Intent, 0.0)
        if question == WHOLE:
            return {**rest, Intent.COMPARE: self._compares, Intent.OPEN: 1 - self._compares}
        return {**rest, Intent.GRADE: 1.0}


def resolved(*places: str) -> Resolved:
    named = tuple(Mention(place, place, True) for place in places)
    query = replace(understand(WHOLE, []), authorities=named, topic="line up care leaver grades")
    return Resolved(WHOLE, query)


def test_of_several_places_what_is_asked_of_each_counts_too():
    found = intents_of(resolved("Leeds", "Hull"), Told(0.6), LIMIT)
    assert next(iter(facts_wanted(found))) is Intent.GRADE
    assert facts_wanted(found)[Intent.GRADE] == pytest.approx(0.8)  # with what compares


@pytest.mark.parametrize(("places", "compares"), [(("Leeds",), 0.6), (("Leeds", "Hull"), 0.9)])
def test_of_one_place_or_where_the_whole_is_sure_it_decides_alone(places, compares):
    found = intents_of(resolved(*places), Told(compares), LIMIT)
    assert found[Intent.GRADE] == 0


@pytest.mark.parametrize(
    ("places", "told", "intent", "chance"),
    [
        (("Leeds", "Hull"), Alike(timeline=0.5, compare=0.3, grade=0.2), "compare", 1),
        (("Leeds", "Hull"), Alike(timeline=0.9, compare=0.1), "timeline", 0.9),
        (("Leeds",), Alike(timeline=0.75, changes=0.15, open=0.1), "timeline", 0.9),
    ],
)
def test_what_an_answer_tells_besides_counts_for_it(places, told, intent, chance):
    wanted = facts_wanted(intents_of(resolved(*places), told, LIMIT))
    assert wanted == {Intent(intent): pytest.approx(chance)}


class Counts(Alike):
    """Tells every question to count: lists of points, or figures too."""

    def __init__(self, listed: float) -> None:
        super().__init__(count=0.75, open=0.25)
        self._listed = listed

    def counted(self, question: str) -> Mapping[Counted, float]:
        return {**dict.fromkeys(Counted, 0.0), Counted.LISTED: self._listed}

    def matter(self, question: str, some: bool = False) -> str:
        return "supervision"


@pytest.mark.parametrize(("listed", "chance"), [(0.95, 1.0), (0.6, 0.75)])
def test_a_count_is_sure_where_it_surely_is_of_lists(listed, chance, monkeypatch):
    answer = FactAnswer(Status.ANSWERED, Draft(), chance=0.75)
    monkeypatch.setattr(assistant.answerers.typed, "answer_from_facts", lambda *_: answer)
    found = typed(resolved(), None, Counts(listed), LIMIT)
    assert found.facts is not None
    assert found.facts.chance == chance
