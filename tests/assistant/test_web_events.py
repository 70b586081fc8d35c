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
    earlier, current, _, conversation, *_ = events.bring_back("", (), other)
    assert earlier == ""
    assert "5 documents" in current
    assert conversation == {"__type__": "update"}
