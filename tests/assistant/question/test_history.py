from __future__ import annotations

from datetime import date

from assistant.question.history import Resolved, resolve
from assistant.types import CitedBefore, Turn
from index.types import Leaning, Mention, Period, Query

Y2016 = Mention(Period(date(2016, 1, 1), date(2016, 12, 31)), "2016")
PLACES = ("Stoke", "Leeds")


def understand(text: str) -> Query:
    """Read places and one year by their words; the rest is the topic."""
    places = tuple(Mention(name, name) for name in PLACES if name.lower() in text.lower())
    topic = " ".join(w for w in text.split() if w.strip("?") not in PLACES)
    periods = (Y2016,) if "2016" in text else ()
    subject = " ".join(word for word in topic.split() if "2016" not in word)
    return Query(text, topic, subject, authorities=places, periods=periods)


class Leans:
    """Answers as told, and keeps what it was asked."""

    def __init__(self, leaning: Leaning) -> None:
        self.leaning = leaning
        self.asked: list[tuple[str, str]] = []

    def __call__(self, question: str, before: str) -> dict[Leaning, float]:
        self.asked.append((question, before))
        return {one: float(one is self.leaning) for one in Leaning}


def resolved(question: str, leaning: Leaning, *before: Turn) -> Resolved:
    return resolve(question, before, understand, Leans(leaning), lambda text: text == "shorter")


ASKED = Turn("user", "are there foster homes in Stoke 2016")
SHOWN = Turn(
    "assistant",
    "…",
    (CitedBefore("a", "first words", "Stoke"), CitedBefore("b", "second words", "Stoke")),
)


def test_a_whole_question_borrows_nothing() -> None:
    found = resolved("is Leeds good?", Leaning.NOTHING, ASKED)
    assert found.question == "is Leeds good?"
    assert [m.value for m in found.query.authorities] == ["Leeds"]
    assert found.query.periods == ()


def test_a_matter_of_its_own_takes_place_and_time() -> None:
    found = resolved("what about caseloads", Leaning.PLACE, ASKED)
    assert found.query.topic == "what about caseloads"
    assert [m.value for m in found.query.authorities] == ["Stoke"]
    assert found.query.periods == (Y2016,)
    assert found.question == "what about caseloads (Stoke, 2016)"


def test_another_place_alone_takes_the_matter_and_not_the_time() -> None:
    found = resolved("Leeds?", Leaning.NOTHING, ASKED)
    assert found.leaning is Leaning.TOPIC
    assert "foster homes" in found.query.topic
    assert [m.value for m in found.query.authorities] == ["Leeds"]
    assert found.query.periods == ()


def test_another_time_replaces_the_one_before() -> None:
    found = resolved("and 2016", Leaning.TOPIC, Turn("user", "are there foster homes in Stoke"))
    assert found.query.periods == (Y2016,)
    assert [m.value for m in found.query.authorities] == ["Stoke"]


def test_an_ordinal_picks_the_quote_and_its_document() -> None:
    found = resolved("what does the second one mean", Leaning.ANSWER, ASKED, SHOWN)
    assert found.doc_ids == {"b"}
    assert "second words" in found.question


def test_pointing_at_the_answer_keeps_to_its_documents() -> None:
    found = resolved("who wrote that", Leaning.ANSWER, ASKED, SHOWN)
    assert found.doc_ids == {"a", "b"}


def test_another_form_is_the_same_question_again() -> None:
    found = resolved("shorter", Leaning.NOTHING, ASKED)
    assert found.question == ASKED.content
    assert found.query == understand(ASKED.content)


def test_a_replayed_turn_equals_its_first_reading() -> None:
    first = resolved("what about caseloads", Leaning.PLACE, ASKED)
    leans = Leans(Leaning.PLACE)
    again = [ASKED, SHOWN, Turn("user", "what about caseloads")]
    resolve("and staff?", again, understand, leans, lambda _: False)
    assert leans.asked[-1] == ("and staff?", first.question)


def test_a_turn_carries_the_query_it_was_answered_with() -> None:
    query = Query(
        "x", "spelling corrected", "spelling corrected", authorities=(Mention("Stoke", "stok"),)
    )
    before = Turn("user", "are there foster homes in stok", query=query)
    found = resolved("and staff", Leaning.PLACE, before)
    assert [m.value for m in found.query.authorities] == ["Stoke"]
