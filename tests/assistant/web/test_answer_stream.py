import asyncio
import json
import re
from dataclasses import replace

import httpx
import pytest
from anyio import CapacityLimiter
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.auth.accounts import Accounts, add_account
from assistant.web import handlers
from assistant.web.answer_stream import answer_routes, lines
from assistant.web.app import build_pages
from assistant.web.conversations import Conversations
from assistant.web.login import PasswordAuth
from assistant.web.open_pages import OpenPages
from assistant.web.parts import WebParts
from assistant.web.question_routes import event_routes
from assistant.web.session import stopped, under_way
from tests.web_fakes import FakeAnswerer, seed_store

QUESTION = "what did inspectors say about connected carers?"
ENDLESS = f"endless: {QUESTION}"


@pytest.fixture(scope="module")
def parts():
    store = seed_store()
    return WebParts(FakeAnswerer(store), store)


class Asked:
    """A page on which one question was asked."""

    def __init__(self, parts, question):
        self.parts, self.pages = parts, OpenPages()
        self.page = self.pages.page("page")
        self.key = self.ask(question)

    def ask(self, question):
        state = self.page.change(lambda now: handlers.begin(self.parts, question, now))
        return state.conversation[-1].key

    def follow(self, meanwhile=lambda: None, most=None, key=None):
        """What the page is told; ``meanwhile`` happens after the first line, ``most`` is left."""

        async def run():
            told = []
            limit = CapacityLimiter(4)
            async for line in lines(self.parts, self.page, key or self.key, "ann", limit):
                told.append(json.loads(line))
                if len(told) == 1:
                    meanwhile()
                if len(told) == most:
                    break
            return told

        return asyncio.run(run())


def test_an_answer_grows_and_ends_complete(parts):
    asked = Asked(parts, QUESTION)
    told = asked.follow()
    assert [one["revision"] for one in told] == sorted({one["revision"] for one in told})
    assert 'data-done="yes"' in told[-1]["current"]
    assert all("earlier" not in one for one in told)
    assert asked.page.state.conversation[0].answer == parts.answerer.answer(
        handlers.asking(asked.page.state.conversation)
    )


def test_an_answer_that_is_stopped_ends_with_what_came(parts):
    asked = Asked(parts, ENDLESS)
    told = asked.follow(lambda: asked.page.change(stopped))
    assert "Stopped before the answer was complete." in told[-1]["current"]
    assert "<blockquote>" in told[-1]["current"]
    assert under_way(asked.page.state.conversation) is None


def test_a_question_asked_meanwhile_ends_the_one_before(parts):
    asked = Asked(parts, ENDLESS)
    told = asked.follow(lambda: asked.ask("budget"))
    assert 'id="turn-2"' in told[-1]["current"]
    assert "Stopped before the answer was complete." in told[-1]["earlier"]
    key = asked.page.state.conversation[-1].key
    assert "Not in the documents" in asked.follow(key=key)[-1]["current"]


def test_a_conversation_left_meanwhile_ends_with_the_empty_page(parts):
    asked = Asked(parts, ENDLESS)
    told = asked.follow(lambda: asked.page.change(lambda _: ()))
    assert told[-1]["earlier"] == ""
    assert "5 documents held" in told[-1]["current"]


def test_an_answer_whose_connection_was_lost_is_written_anew_for_who_asks_again(parts):
    asked = Asked(parts, QUESTION)
    assert 'data-done="no"' in asked.follow(most=1)[-1]["current"]
    assert 'data-done="yes"' in asked.follow()[-1]["current"]


def test_a_connection_that_is_lost_again_and_again_is_said(parts):
    asked = Asked(parts, ENDLESS)
    for _ in range(3):
        asked.follow(most=1)
    assert "The connection was lost" in asked.follow()[-1]["current"]
    assert under_way(asked.page.state.conversation) is None


def test_who_follows_anew_writes_and_who_wrote_before_does_not(parts):
    asked = Asked(parts, QUESTION)
    first, second = asked.page.claim(asked.key), asked.page.claim(asked.key)
    exchange = asked.page.state.conversation[-1]
    assert asked.page.grow(asked.key, first, exchange) is None
    assert asked.page.grow(asked.key, second, exchange) is not None


def test_an_answer_is_kept_for_whoever_asked(parts, tmp_path):
    conversations = Conversations(tmp_path / "c.sqlite")
    asked = Asked(replace(parts, conversations=conversations), QUESTION)
    asked.follow()
    talk = asked.page.state.conversation[0].talk
    assert conversations.read("ann", talk).count('"question"') == 1


def get(app, path):
    async def run():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get(path)

    return asyncio.run(run())


def served(asked) -> FastAPI:
    app = build_pages(asked.parts)
    app.include_router(answer_routes(asked.parts, asked.pages))
    return app


def test_answers_are_streamed_to_who_knows_the_question(parts):
    asked = Asked(parts, QUESTION)
    response = get(served(asked), f"/answers/{asked.key}")
    assert response.headers["content-type"] == "application/x-ndjson"
    assert response.headers["cache-control"] == "no-store"
    last = json.loads(response.text.splitlines()[-1])
    assert last["revision"] == asked.page.state.revision
    assert get(served(asked), "/answers/unknown").status_code == 404


def test_with_accounts_an_answer_is_streamed_to_the_one_that_asked_alone(parts, tmp_path):
    names = ("ann", "bob")
    for name in names:
        add_account(tmp_path / "users", name, "correct horse")
    kept, pages = Conversations(tmp_path / "c.sqlite"), OpenPages()
    own = replace(parts, conversations=kept)
    app = build_pages(own, PasswordAuth(Accounts(tmp_path / "users")))
    app.include_router(answer_routes(own, pages))
    app.include_router(event_routes(own, pages))

    def signed_in(name):
        form = {"name": name, "password": "correct horse"}
        client = TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)
        assert client.post("/sign-in", data=form).status_code == 303
        return client

    ann, bob = (signed_in(name) for name in names)
    asked = ann.post("/page/ask", json={"page": "p" * 32, "question": QUESTION}).json()
    key = re.search('data-key="([^"]+)"', asked["current"])[1]
    refused = bob.get(f"/answers/{key}")
    assert (refused.status_code, "<blockquote>" in refused.text) == (404, False)
    assert "<blockquote>" in ann.get(f"/answers/{key}").text
    assert [len(kept.listed(name)) for name in names] == [1, 0]


def test_the_page_used_least_lately_is_forgotten_first():
    pages = OpenPages(most=2)
    first, second = pages.page("1"), pages.page("2")
    assert pages.page("1") is first
    pages.page("3")
    assert pages.page("1") is first
    assert pages.page("2") is not second
