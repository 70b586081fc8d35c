import asyncio
from types import SimpleNamespace

from assistant.web.events import _Events
from assistant.web.parts import WebParts
from tests.web_fakes import FakeAnswerer, seed_store


def test_a_question_is_not_lost_to_a_conversation_brought_back_meanwhile():
    store = seed_store()
    events = _Events(WebParts(FakeAnswerer(store), store))
    page = SimpleNamespace(session_hash="page", request=None)
    other = SimpleNamespace(session_hash="other", request=None)
    shown = events.begin("connected carers", (), "", page)
    assert shown[3][0].question == "connected carers"
    # Both began with the same empty conversation; the question was quicker.
    assert {value["__type__"] for value in events.bring_back("", (), page)} == {"update"}
    assert {value["__type__"] for value in events.bring_back("", (), other)} == {"update"}


def events_over(store):
    return _Events(WebParts(FakeAnswerer(store), store))


async def shown_by(events, page, meanwhile=lambda: None):
    """Statuses of the last exchange as an answer grows; ``meanwhile`` runs after the first."""
    seen = []
    async for values in events.respond((), "quotes", [], [], "", "", page):
        seen.append(values)
        if len(seen) == 1:
            meanwhile()
    return seen


def test_an_answer_that_is_stopped_is_closed_by_its_own_writer():
    events, page = events_over(seed_store()), SimpleNamespace(session_hash="page", request=None)
    begun = events.begin("endless connected carers", (), "", page)
    told = []
    seen = asyncio.run(shown_by(events, page, lambda: told.append(events.stop(begun[3], page))))
    assert {value["__type__"] for value in told[0]} == {"update"}
    conversation = seen[-1][3]
    assert conversation[0].problem == "Stopped before the answer was complete."
    assert conversation[0].answer.citations[0].number == 1


def test_a_question_asked_meanwhile_is_the_last_one_shown():
    events, page = events_over(seed_store()), SimpleNamespace(session_hash="page", request=None)
    begun = events.begin("endless connected carers", (), "", page)
    later = []
    first = asyncio.run(
        shown_by(events, page, lambda: later.append(events.begin("budget", begun[3], "", page)))
    )
    assert first[-1][3][-1].done is False  # nothing more was written over the new question
    second = asyncio.run(shown_by(events, page))
    asked = second[-1][3]
    assert [e.question for e in asked] == ["endless connected carers", "budget"]
    assert asked[0].problem == "Stopped before the answer was complete."
    assert asked[1].answer.status == "not_stated"


def test_an_answer_left_for_a_new_conversation_ends_with_the_empty_page():
    events, page = events_over(seed_store()), SimpleNamespace(session_hash="page", request=None)
    events.begin("endless connected carers", (), "", page)
    seen = asyncio.run(shown_by(events, page, lambda: events.start_again(page)))
    assert seen[-1][3] == ()
    assert "5 documents" in seen[-1][1]


def test_pages_that_do_not_say_which_they_are_share_nothing():
    events, nameless = events_over(seed_store()), SimpleNamespace(session_hash=None, request=None)
    events.begin("endless connected carers", (), "", nameless)
    seen = asyncio.run(shown_by(events, nameless))
    assert {value["__type__"] for value in seen[0]} == {"update"}
