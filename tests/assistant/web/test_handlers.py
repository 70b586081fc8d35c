from datetime import date

import pytest

from assistant.types import Answer, Ask, CitedBefore, Status
from assistant.web import handlers
from assistant.web.answer_view import conversation_html, current_html, sources_html
from assistant.web.app import address, check_host
from assistant.web.parts import WebParts
from assistant.web.security_headers import tightened
from assistant.web.session import asked, history, stopped, with_answer
from index.errors import UsageError
from index.types import Filters
from tests.web_fakes import FakeAnswerer, FakeStore, seed_store

QUESTION = "what did inspectors say about connected carers?"


@pytest.fixture(scope="module")
def parts():
    store = seed_store()
    return WebParts(FakeAnswerer(store), store, FakeAnswerer(store, model="m"), "m")


def answered(parts, question, conversation=()):
    return responded(parts, handlers.begin(parts, question, conversation))


def responded(parts, conversation):
    """The conversation when its last question is answered."""
    return list(handlers.respond(parts, conversation, handlers.asking(conversation)))[-1]


def current(parts, conversation):
    return current_html(conversation, parts)


def test_the_question_is_shown_before_anything_is_looked_up(parts):
    begun = handlers.begin(parts, QUESTION, ())
    assert QUESTION in current(parts, begun)
    assert "Searching 5 documents" in current(parts, begun)
    assert begun[-1].done is False


def test_a_question_that_is_under_way_is_not_asked_again(parts):
    begun = handlers.begin(parts, QUESTION, ())
    assert handlers.begin(parts, QUESTION, begun) is begun
    answered = responded(parts, begun)
    assert len(handlers.begin(parts, QUESTION, answered)) == 2


def test_the_answer_ends_as_what_answer_would_have_returned(parts):
    last = answered(parts, QUESTION)
    assert last[-1].answer == parts.answerer.answer(Ask(QUESTION))
    assert last[-1].done is True
    assert "Sources of this answer" in sources_html(last)


def test_earlier_exchanges_keep_their_citations(parts):
    first = answered(parts, QUESTION)
    second = answered(parts, "budget", first)
    assert conversation_html(second, parts).count('class="cite"') == len(first[0].answer.citations)
    assert sources_html(second) == ""


def test_history_carries_citations_as_data(parts):
    conversation = answered(parts, QUESTION)
    user, assistant = history(conversation)
    first = conversation[0].answer.citations[0]
    assert (user.role, user.content) == ("user", QUESTION)
    assert assistant.citations[0] == CitedBefore(
        first.identity.doc_id, first.quote, "Stoke-on-Trent", "2023-11-08"
    )


def test_the_answerer_gets_the_history_and_the_filters():
    seen = []

    class Listening:
        def stream(self, ask):
            seen.append(ask)
            yield Answer(ask.question, Status.ANSWERED, "text")

    store = FakeStore([])
    conversation = with_answer(asked((), "one"), Answer("one", Status.ANSWERED, "1"), True)
    filters = Filters(authorities=("Stoke-on-Trent",))
    responded(WebParts(Listening(), store), asked(conversation, "two", filters))
    assert [t.content for t in seen[0].history] == ["one", "1"]
    assert seen[0].filters == filters


@pytest.mark.parametrize("question", ["\x00\x07", "\ud800"])
def test_unreadable_questions_are_an_outcome(parts, question):
    last = answered(parts, question)
    assert last[-1].problem is None
    current(parts, last).encode("utf-8")


def test_a_very_long_question_is_shown_cut(parts):
    last = answered(parts, "word " * 10_000)
    title = current(parts, last).split("</h2>")[0]
    assert len(title) < 2_000


def test_a_crash_is_one_sentence_and_keeps_its_secrets(parts, caplog):
    last = answered(parts, "crash now")
    assert last[-1].problem == handlers._FAILED
    assert "secret internals" not in current(parts, last)
    assert "answering failed" in caplog.text


def test_a_known_failure_says_its_own_sentence(parts):
    last = answered(parts, "fail now")
    assert "does not answer. Start it." in current(parts, last)


def test_an_answerer_that_gives_nothing_is_a_failure():
    class Silent:
        def stream(self, ask):
            return iter(())

    parts = WebParts(Silent(), FakeStore([]))
    assert responded(parts, asked((), "q"))[-1].problem == handlers._FAILED


def test_stopping_keeps_what_came_and_says_so(parts):
    part = Answer("q", Status.ANSWERED, "half")
    conversation = stopped(with_answer(asked((), "q"), part, done=False))
    assert conversation[-1].answer == part
    assert conversation[-1].problem == "Stopped before the answer was complete."
    assert stopped(conversation) == conversation


def test_the_model_writes_only_when_chosen_and_set(parts):
    assert handlers.chosen(parts, handlers.WRITTEN) is parts.llm_answerer
    assert handlers.chosen(parts, handlers.QUOTES_ONLY) is parts.answerer
    without = WebParts(parts.answerer, parts.store)
    assert handlers.chosen(without, handlers.WRITTEN) is parts.answerer


def test_pacing_always_lets_the_last_answer_through():
    answers = [Answer("q", Status.ANSWERED, str(n)) for n in range(50)]
    paced = list(handlers.paced(iter(answers)))
    assert paced[0] == answers[0]
    assert paced[-1] == answers[-1]
    assert len(paced) < 10


def test_the_summary_counts_what_is_held(parts):
    held = parts.held
    assert (held.documents, held.from_ofsted) == (5, 3)
    assert held.authorities == ("Middlesbrough", "Stockton-on-Tees", "Stoke-on-Trent")
    assert (held.first, held.last) == (date(2016, 9, 28), date(2023, 11, 8))
    assert "What does Stoke-on-Trent need to improve?" in held.examples


def test_an_empty_collection_has_a_page_too():
    parts = WebParts(FakeAnswerer(FakeStore([])), FakeStore([]))
    assert "No documents are held" in current(parts, ())


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.4", "::", "example.org", ""])
def test_only_this_machine_is_served_without_a_login(host):
    with pytest.raises(UsageError, match="assistant account add"):
        check_host(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.0.1"])
def test_this_machines_own_addresses_are_served(host):
    check_host(host)


def test_addresses_can_be_opened():
    assert address("::1", 7860) == "http://[::1]:7860/"
    assert address("localhost", 80) == "http://localhost:80/"


def test_inline_scripts_get_the_nonce():
    html = '<html lang="en"><script>1</script><script data-gradio-mode>2</script>'
    assert tightened(html, "N") == (
        '<html lang="en-GB"><script nonce="N">1</script><script nonce="N">2</script>'
    )
