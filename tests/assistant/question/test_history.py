from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.question.history import resolve
from assistant.question.resolved import Resolved, Ways
from assistant.schema import understood
from assistant.types import CitedBefore, Turn
from index.types import Filters, Kind, Leaning, Mention, Period, Query, Slant, Understood, When

Y2016 = Mention(Period(date(2016, 1, 1), date(2016, 12, 31)), "2016")
Y2019 = Mention(Period(date(2019, 1, 1), date(2019, 12, 31)), "2019")
PLACES = ("Stoke", "Leeds", "Hull")


def understand(text: str) -> Query:
    """Read places and two years by their words; the rest is the topic."""
    places = tuple(Mention(name, name) for name in PLACES if name.lower() in text.lower())
    topic = " ".join(w for w in text.split() if w.strip("?") not in PLACES)
    periods = tuple(year for year in (Y2016, Y2019) if year.words in text)
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


def ways(leans: Leans, when: When = When.SAME) -> Ways:
    """Tell follow-ups as told; a moved query stands in 2016."""
    return Ways(
        understand,
        leans,
        lambda question, before: {one: float(one is when) for one in When},
        lambda query, when, _: replace(query, periods=(Y2016,)) if when is When.NEXT else query,
        lambda query: any(place.value == "Leeds" for place in query.authorities),
        lambda text: "exactly" in text,
        lambda text: text == "shorter",
        lambda text: False,
        lambda text: Slant.ANY,
        lambda text: "compare" in text,
        lambda text: "else" in text,
        lambda text: "did they" in text,
        lambda text: "better" in text,
        lambda text: text != "and the one after?",
        lambda text, before: "graded" in text,
        lambda query: query,
    )


def resolved(question: str, leaning: Leaning, *before: Turn, when: When = When.SAME) -> Resolved:
    return resolve(question, before, ways(Leans(leaning), when))


ASKED = Turn("user", "are there foster homes in Stoke 2016")
SHOWN = Turn(
    "assistant",
    "…",
    (CitedBefore("a", "first words", "Stoke"), CitedBefore("b", "second words", "Stoke")),
)


def test_a_question_about_one_place_that_it_does_not_name_is_about_the_one_before() -> None:
    found = resolved("did they lift the grade in 2025?", Leaning.NOTHING, ASKED)
    assert [m.value for m in found.query.authorities] == ["Stoke"]


def test_a_whole_question_borrows_nothing() -> None:
    found = resolved("is Leeds good?", Leaning.NOTHING, ASKED)
    assert found.question == "is Leeds good?"
    assert [m.value for m in found.query.authorities] == ["Leeds"]
    assert found.query.periods == ()


@pytest.mark.parametrize(
    ("place", "question", "times"),
    [
        ("Leeds", "was it any better in 2019?", ["2016", "2019"]),
        ("Leeds", "and in 2019?", ["2019"]),
        ("Stoke", "was it any better in 2019?", ["2019"]),
    ],
    ids=["beside", "instead", "not inspected then"],
)
def test_a_time_that_is_set_beside_the_one_talked_about_leaves_that(place, question, times) -> None:
    asked = Turn("user", f"are there foster homes in {place} 2016")
    found = resolved(question, Leaning.TOPIC, asked)
    assert [m.words for m in found.query.periods] == times
    assert [m.value for m in found.query.authorities] == [place]


def test_a_matter_of_its_own_takes_place_and_time() -> None:
    found = resolved("what about caseloads", Leaning.PLACE, ASKED)
    assert found.query.topic == "what about caseloads"
    assert [m.value for m in found.query.authorities] == ["Stoke"]
    assert found.query.periods == (Y2016,)
    assert found.question == "what about caseloads (Stoke, 2016)"


@pytest.mark.parametrize(("place", "times"), [("Leeds", (Y2016,)), ("Hull", ())])
def test_another_place_takes_the_matter_and_the_time_where_it_was_inspected_then(
    place: str, times: tuple[Mention[Period], ...]
) -> None:
    found = resolved(f"{place}?", Leaning.NOTHING, ASKED)
    assert found.leaning is Leaning.TOPIC
    assert "foster homes" in found.query.topic
    assert [m.value for m in found.query.authorities] == [place]
    assert found.query.periods == times


def test_a_number_of_what_was_shown_is_asked_of_its_matter() -> None:
    found = resolved("how many exactly?", Leaning.ANSWER, ASKED, SHOWN)
    assert found.question.startswith("are there foster homes in")
    assert not found.doc_ids


def test_what_was_shown_is_kept_for_who_points_at_it() -> None:
    found = resolved("who wrote that", Leaning.ANSWER, ASKED, SHOWN)
    assert found.cited == SHOWN.citations
    assert not resolved("is Leeds good?", Leaning.NOTHING, ASKED, SHOWN).cited


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
    resolve("and staff?", again, ways(leans))
    assert leans.asked[-1] == ("and staff?", first.question)


IN_STOKE = Understood(("Stoke",), Period(None, None), ())
IN_LEEDS_2016 = Understood(("Leeds",), Y2016.value, (Kind.FOCUSED_VISIT,))


@pytest.mark.parametrize("role", ["user", "assistant"])
def test_a_turn_carries_the_query_it_was_answered_with(role: str) -> None:
    told = [Turn("user", "are there foster homes in stok")]
    if role == "user":
        told = [replace(told[0], query=IN_STOKE)]
    else:
        told.append(Turn("assistant", "…", query=IN_STOKE))
    found = resolved("and staff", Leaning.PLACE, *told)
    assert [m.value for m in found.query.authorities] == ["Stoke"]
    assert found.question == "and staff (Stoke)"


def test_what_an_answer_was_about_is_lent_though_its_words_do_not_say_it() -> None:
    asked = Turn("user", "are there foster homes", query=IN_LEEDS_2016)
    found = resolved("and staff", Leaning.PLACE, asked)
    assert understood(found.query) == IN_LEEDS_2016
    assert found.question == "and staff (Leeds, 2016)"


def test_what_a_query_does_not_tell_is_read_from_the_words() -> None:
    asked = replace(ASKED, query=Understood(kinds=(Kind.FOCUSED_VISIT,)))
    found = resolved("and staff", Leaning.PLACE, asked)
    assert [m.value for m in found.query.authorities] == ["Stoke"]
    assert found.query.periods == (Y2016,)


def test_a_query_equal_to_what_is_read_changes_nothing() -> None:
    asked = replace(ASKED, query=Understood(("Stoke",), Y2016.value, ()))
    for leaning in Leaning:
        assert resolved("and staff", leaning, asked) == resolved("and staff", leaning, ASKED)


@pytest.mark.parametrize("leaning", list(Leaning))
def test_a_conversation_with_queries_goes_as_one_of_text_alone(leaning: Leaning) -> None:
    texts = ["are there foster homes in Stoke 2016", "and staff", "Leeds?", "shorter", "and 2016"]
    alone: list[Turn] = []
    told: list[Turn] = []
    for text in texts:
        first = resolved(text, leaning, *told)
        assert first == resolved(text, leaning, *alone)
        alone += [Turn("user", text), Turn("assistant", "…")]
        told += [Turn("user", text, query=understood(first.query)), Turn("assistant", "…")]


def test_a_filter_of_now_keeps_out_the_place_of_before() -> None:
    def filtered(text: str) -> Query:
        return replace(understand(text), filters=Filters(authorities=("Leeds",)))

    found = resolve("and staff", [ASKED], replace(ways(Leans(Leaning.PLACE)), understand=filtered))
    assert found.query.authorities == ()
    assert found.query.periods == ()
    assert found.query.filters.authorities == ("Leeds",)


@pytest.mark.parametrize("leaning", [Leaning.PLACE, Leaning.TOPIC, Leaning.ANSWER])
def test_a_follow_up_moves_to_the_inspection_that_it_means(leaning: Leaning) -> None:
    asked = Turn("user", "are there foster homes in Stoke")
    found = resolved("had they more when they came back", leaning, asked, SHOWN, when=When.NEXT)
    assert found.query.periods == (Y2016,)
    assert found.question.endswith("(Stoke, 2016)")
    assert not found.doc_ids


def test_the_inspection_before_that_is_counted_from_the_one_talked_about_once() -> None:
    """ "The one before" is heard by the head alone, though words say it too."""
    stood = []
    told = replace(
        ways(Leans(Leaning.TOPIC), When.PREVIOUS),
        understand=lambda text: replace(understand(text), previous="before" in text),
        moved=lambda query, when, _: stood.append(query) or replace(query, periods=(Y2016,)),
    )
    found = resolve("and the one before?", [Turn("user", "are there homes in Stoke")], told)
    assert [query.previous for query in stood] == [False]
    assert found.query.periods == (Y2016,)


def test_another_inspection_alone_is_asked_for_what_was_asked() -> None:
    asked = Turn("user", "are there foster homes in Stoke")
    alone = resolved("and the one after?", Leaning.TOPIC, asked, when=When.NEXT)
    assert alone.said == asked.content
    own = resolved("why were there more the next time?", Leaning.TOPIC, asked, when=When.NEXT)
    assert own.said == "why were there more the next time?"


def test_what_a_third_turn_takes_is_told_by_the_second_as_typed_too() -> None:
    """The second as it was made whole speaks of a place; as typed it does not."""

    def leans(question: str, before: str) -> dict[Leaning, float]:
        if question == "so what is left?":
            place = 0.6 if before.endswith("(Stoke, 2016)") else 0.2
            return {Leaning.PLACE: place, Leaning.TOPIC: 1 - place}
        return {Leaning.PLACE: 1.0}

    turns = [ASKED, SHOWN, Turn("user", "was it bad then?")]
    assert resolve("so what is left?", turns, ways(leans)).leaning is Leaning.TOPIC


@pytest.mark.parametrize("question", ["and in 2016 when they came back", "and in Leeds?"])
def test_a_time_or_another_place_that_is_named_is_not_moved(question: str) -> None:
    asked = Turn("user", "are there foster homes in Stoke")
    found = resolved(question, Leaning.TOPIC, asked, SHOWN, when=When.NEXT)
    assert found.query.periods == ((Y2016,) if "2016" in question else ())


def test_what_compares_keeps_the_place_talked_about() -> None:
    found = resolved("how does Leeds compare?", Leaning.TOPIC, ASKED)
    assert [m.value for m in found.query.authorities] == ["Stoke", "Leeds"]


def test_another_place_alone_leaves_the_one_talked_about() -> None:
    found = resolved("and how is that in Leeds?", Leaning.TOPIC, ASKED)
    assert [m.value for m in found.query.authorities] == ["Leeds"]


def test_who_else_takes_the_matter_and_no_place() -> None:
    found = resolved("who else is weak on that?", Leaning.TOPIC, ASKED)
    assert found.query.authorities == ()
    assert found.query.periods == ()
    assert found.question == "are there foster homes? who else is weak on that?"


def test_grades_are_asked_of_the_inspection_talked_about_not_of_the_matter_before():
    told = resolved("how was it graded?", Leaning.TOPIC, ASKED, SHOWN)
    assert told.leaning is Leaning.PLACE
    assert "foster" not in told.question
    assert (
        resolved("and how many were there?", Leaning.TOPIC, ASKED, SHOWN).leaning is Leaning.TOPIC
    )
