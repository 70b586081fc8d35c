"""The contract of the page's events: in whatever order they happen and whatever order the browser
is told of them, what it shows is the page's one state.
"""

import asyncio
import json
import sqlite3
from itertools import permutations
from random import Random
from types import SimpleNamespace

import pytest
from anyio import CapacityLimiter
from pydantic import ValidationError

from assistant.types import Ask
from assistant.web import handlers
from assistant.web.answer_stream import lines, message
from assistant.web.conversation_json import kept
from assistant.web.conversations import Conversations
from assistant.web.open_pages import OpenPages
from assistant.web.parts import WebParts
from assistant.web.question_routes import Asked, Event, Events
from assistant.web.session import asked, under_way, with_answer
from tests.web_fakes import FakeAnswerer, seed_store

STOPPED = "Stopped before the answer was complete."
STORE = seed_store()
ANSWER = FakeAnswerer(STORE).answer(Ask("connected carers"))
BEFORE = with_answer(asked((), "before"), ANSWER, done=True)
KEPT = f"[{kept(BEFORE[0])}]"


@pytest.fixture
def full(tmp_path, monkeypatch):
    """Conversations kept on a disk that is full from now on, with one that is kept there."""
    conversations = Conversations(tmp_path / "c.sqlite")
    conversations.save("ann", BEFORE)
    connect = sqlite3.connect

    def connected(*about, **more):
        rows = connect(*about, **more)
        rows.execute("pragma max_page_count = 1")  # no lower than what the file has
        return rows

    monkeypatch.setattr(sqlite3, "connect", connected)
    return conversations


class Browser:
    """One page; ``told`` is everything that its browser was told, in the order it happened."""

    def __init__(self, parts=None, pages=None, name="page", user="ann"):
        self.parts = parts or WebParts(FakeAnswerer(STORE), STORE)
        pages = pages or OpenPages()
        name = name.ljust(32, "-")
        self._events, self.page = Events(self.parts, pages), pages.page(name, user)
        self._request = SimpleNamespace(scope={"assistant_user": user})
        self._about = {"page": name}
        self._keys, self._claims, self.told = {}, {}, []

    def does(self, action):
        """One of: ask NAME, stop, new, bring, and claim/grow/done NAME for who writes NAME."""
        verb, _, name = action.partition(" ")
        getattr(self, verb)(*[name] if name else [])

    def ask(self, name, before=""):
        event = Asked(**self._about, question=name, before=before)
        self._hear(self._events.ask(event, self._request))
        self._keys[name] = self.page.state.conversation[-1].key

    def stop(self, before=""):
        self._hear(self._events.stop(Event(**self._about, before=before), self._request))

    def new(self):
        self._hear(self._events.start_again(Event(**self._about), self._request))

    def bring(self, before=KEPT):
        event = Event(**self._about, before=before)
        self._hear(self._events.bring_back(event, self._request))

    def claim(self, name):
        self._claims[name] = self.page.claim(self._keys[name]), self.page.state.conversation

    def grow(self, name):
        self._write(name, done=False)

    def done(self, name):
        self._write(name, done=True)

    def _write(self, name, done):
        writer, began_with = self._claims[name]
        longer = with_answer(began_with or asked((), name), ANSWER, done)[-1]
        state = self.page.grow(self._keys[name], writer, longer)
        told = message(self.parts, state or self.page.state, whole=state is None)
        self.told.append(json.loads(told))

    def _hear(self, response):
        self.told.append(json.loads(response.body))


def shown(told):
    """What ``conversation.js`` shows: of each part what has the highest revision."""
    parts = {}
    for one in told:
        for part in ("earlier", "current", "sources"):
            if part in one and one["revision"] > parts.get(part, (0,))[0]:
                parts[part] = (one["revision"], one[part])
    return {part: html for part, (_, html) in parts.items()}


def orders(*lines):
    """Every order of what several do at once, each in an order of their own.

    Whoever writes the answer to a question begins after it was asked.
    """
    if not any(lines):
        yield ()
    for at, line in enumerate(lines):
        if line:
            rest = [*lines[:at], line[1:], *lines[at + 1 :]]
            yield from ((line[0], *order) for order in orders(*rest))


def possible(order):
    begun = [a.partition(" ")[2] for a in order if a.startswith("ask ")]
    return all(order.index(f"claim {n}") > order.index(f"ask {n}") for n in begun)


def writing(name):
    return (f"claim {name}", f"grow {name}", f"done {name}")


READERS = {
    "asks": ("ask 1",),
    "stops": ("ask 1", "stop"),
    "asks on": ("ask 1", "ask 2"),
    "leaves": ("ask 1", "new"),
    "stops, then asks": ("ask 1", "stop", "ask 2"),
    "leaves, then asks": ("ask 1", "new", "ask 2"),
    "brings back, then asks": ("bring", "ask 1"),
    "asks, then brings back": ("ask 1", "bring"),
    "leaves, then brings back": ("ask 1", "new", "bring"),
}
LEFT = {
    "asks": ["1"],
    "stops": ["1"],
    "asks on": ["1", "2"],
    "leaves": [],
    "stops, then asks": ["1", "2"],
    "leaves, then asks": ["2"],
    "brings back, then asks": ["before", "1"],
    "asks, then brings back": ["1"],
    "leaves, then brings back": [],
}


@pytest.mark.parametrize("reader", READERS)
def test_every_order_of_events_and_of_what_is_told_ends_in_one_state(reader):
    does = READERS[reader]
    asking = [action.partition(" ")[2] for action in does if action.startswith("ask ")]
    for order in orders(does, *(writing(name) for name in asking)):
        if not possible(order):
            continue
        browser = Browser()
        for action in order:
            browser.does(action)
        check(browser, LEFT[reader])


def check(browser, questions):
    conversation = browser.page.state.conversation
    assert [exchange.question for exchange in conversation] == questions
    assert under_way(conversation) is None
    whole = json.loads(message(browser.parts, browser.page.state))
    every = permutations(browser.told) if len(browser.told) < 6 else shuffled(browser.told)
    for told in every:
        seen = shown(told)
        assert seen == {part: whole[part] for part in seen}
        assert len(seen) == 3
        assert 'data-done="no"' not in seen["current"]


def shuffled(told):
    for seed in range(60):
        mixed = list(told)
        Random(seed).shuffle(mixed)
        yield mixed


def test_asking_thrice_leaves_the_last_answer_and_two_that_were_stopped():
    browser = Browser()
    for action in ("ask 1", "claim 1", "grow 1", "ask 2", "claim 2", "ask 3", "claim 3"):
        browser.does(action)
    for action in ("done 2", "done 1", "done 3"):
        browser.does(action)
    check(browser, ["1", "2", "3"])
    assert [e.problem for e in browser.page.state.conversation] == [STOPPED, STOPPED, None]


def test_the_same_question_sent_three_times_is_asked_once():
    browser = Browser()
    for _ in range(3):
        browser.ask("1")
    assert len(browser.page.state.conversation) == 1
    browser.ask("")
    browser.ask("  ")
    assert len(browser.page.state.conversation) == 1


def test_a_later_revision_is_higher_also_after_the_server_was_started_anew():
    browser = Browser()
    for action in ("ask 1", "claim 1", "done 1"):
        browser.does(action)
    last = browser.told[-1]["revision"]
    again = Browser(pages=OpenPages())
    again.ask("2")
    assert again.told[-1]["revision"] > last


def test_a_page_asked_after_the_server_was_started_anew_goes_on_with_what_it_kept():
    browser = Browser()
    browser.ask("1", before=KEPT)
    assert [e.question for e in browser.page.state.conversation] == ["before", "1"]


def test_stopping_keeps_what_came_on_the_server(tmp_path):
    conversations = Conversations(tmp_path / "c.sqlite")
    browser = Browser(WebParts(FakeAnswerer(STORE), STORE, conversations=conversations))
    for action in ("ask 1", "claim 1", "grow 1", "stop"):
        browser.does(action)
    kept_there = conversations.read("ann", browser.page.state.conversation[0].talk)
    assert STOPPED in kept_there


def test_two_pages_that_go_on_with_one_conversation_do_not_overwrite_each_other(tmp_path):
    conversations = Conversations(tmp_path / "c.sqlite")
    conversations.save("ann", BEFORE)
    parts = WebParts(FakeAnswerer(STORE), STORE, conversations=conversations)
    here, there = (Browser(parts, name=name) for name in ("here", "there"))
    here.bring(BEFORE[0].talk)
    there.bring(BEFORE[0].talk)
    for page, question in ((here, "1"), (there, "2"), (here, "3"), (there, "4")):
        page.ask(question)
        page.claim(question)
        page.done(question)
    kept = {one.id: one.questions for one in conversations.listed("ann")}
    assert kept.pop(BEFORE[0].talk) == ("before", "1", "3")
    assert list(kept.values()) == [("before", "2", "4")]


def test_a_page_is_its_readers_own_also_where_another_knows_its_name():
    pages = OpenPages()
    Browser(pages=pages, user="ann").ask("1")
    other = Browser(pages=pages, user="bob")
    other.ask("2")
    assert [e.question for e in other.page.state.conversation] == ["2"]


def test_stopping_after_the_server_was_started_anew_loses_nothing():
    browser = Browser()
    browser.stop(before=KEPT)
    assert [e.question for e in browser.page.state.conversation] == ["before"]


@pytest.mark.parametrize(
    "event",
    [
        {"page": "short"},
        {"page": 5},
        {"page": "p" * 65},
        {"page": "p" * 32, "question": None},
        {"page": "p" * 32, "question": "1", "before": ["[]"]},
    ],
)
def test_what_no_page_sends_is_refused(event):
    with pytest.raises(ValidationError):
        Asked(**{"question": "1", **event})


def test_a_question_that_no_json_can_carry_is_asked_readable():
    assert Asked(page="p" * 32, question="\ud800 budget").question == "? budget"


def test_a_full_disk_is_said_and_the_question_is_answered(full):
    browser = Browser(WebParts(FakeAnswerer(STORE), STORE, conversations=full))
    browser.ask("long " * 2_000)
    assert browser.told[-1]["aside"].startswith("This conversation is not kept: the server has no")
    state = browser.page.state
    assert under_way(state.conversation)
    limiter = CapacityLimiter(1)
    page, key = browser.page, state.conversation[-1].key

    async def streamed():
        return [json.loads(one) async for one in lines(browser.parts, page, key, "ann", limiter)]

    told = asyncio.run(streamed())
    assert "aside" not in told[0]
    assert told[-1]["aside"].startswith("This conversation is not kept")
    assert 'data-done="yes"' in told[-1]["current"]
    assert full.questions("ann", BEFORE[0].talk) == ("before",)


def test_a_conversation_that_cannot_be_read_now_is_said_and_not_written_over(full, tmp_path):
    (tmp_path / "c.sqlite").write_bytes(b"no database " * 1_000)
    browser = Browser(WebParts(FakeAnswerer(STORE), STORE, conversations=full))
    browser.bring(BEFORE[0].talk)
    assert browser.told[-1]["aside"].startswith("Your earlier conversation could not be read")
    assert handlers.apart(browser.parts, "ann", BEFORE)[0].talk != BEFORE[0].talk
