import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from assistant.auth.accounts import Accounts, add_account
from assistant.types import Ask
from assistant.web import handlers
from assistant.web.app import build_pages
from assistant.web.conversation_json import kept
from assistant.web.conversations import Conversations
from assistant.web.feedback import Feedback
from assistant.web.login import PasswordAuth
from assistant.web.parts import WebParts
from assistant.web.session import Exchange, asked, with_answer
from evals.feedback import drafts, read, write_drafts
from evals.held import from_store
from evals.suite.load import check
from index.errors import SuiteError
from index.store.manifest import Problem
from tests.assistant.web.test_safety import sign_in, visits
from tests.web_fakes import FakeAnswerer, seed_store

QUESTION = "what did inspectors say about connected carers?"


@pytest.fixture(scope="module")
def store():
    return seed_store()


@pytest.fixture
def conversations(tmp_path):
    return Conversations(tmp_path / "kept" / "c.sqlite")


def talk(store, question=QUESTION):
    return with_answer(asked((), question), FakeAnswerer(store).answer(Ask(question)), done=True)


def test_a_conversation_comes_back_to_its_owner_only(store, conversations):
    said = talk(store)
    conversations.save("ann", said)
    parts = WebParts(FakeAnswerer(store), store, conversations=conversations)
    back, aside = handlers.brought_back(parts, "ann", said[0].talk)
    assert back[0].answer.citations == said[0].answer.citations
    assert back[0].talk == said[0].talk
    assert aside == ""
    assert handlers.brought_back(parts, "bob", said[0].talk) == ((), "")
    assert [one.title for one in conversations.listed("ann")] == [QUESTION]
    assert conversations.listed("bob") == []


def test_saving_again_replaces_and_deleting_takes_those_named(store, conversations):
    first, second = talk(store), talk(store, "budget")
    for said in (first, first, second):
        conversations.save("ann", said)
    conversations.save("bob", second)
    assert len(conversations.listed("ann")) == 2
    conversations.delete("ann", [first[0].talk])
    assert [one.title for one in conversations.listed("ann")] == ["budget"]
    conversations.delete("ann", [second[0].talk, "unknown"])
    assert conversations.listed("ann") == []
    assert len(conversations.listed("bob")) == 1


def test_what_was_deleted_is_restored_as_it_was(store, conversations):
    said = talk(store)
    conversations.save("ann", said)
    before = conversations.listed("ann")
    (gone,) = conversations.delete("ann", [said[0].talk, said[0].talk])
    assert conversations.listed("ann") == []
    later = replace(gone, title="Later", changed=gone.changed + timedelta(days=9))
    conversations.restore("ann", gone)
    conversations.restore("ann", later)
    assert conversations.listed("ann") == before
    conversations.restore("bob", later)
    assert conversations.listed("bob")[0].changed < later.changed


def test_a_new_title_stays_when_more_is_asked(store, conversations):
    said = talk(store)
    conversations.save("ann", said)
    assert conversations.rename("ann", said[0].talk, "Carers")
    assert not conversations.rename("bob", said[0].talk, "Bob's")
    conversations.save("ann", asked(said, "budget"))
    (listed,) = conversations.listed("ann")
    assert (listed.title, listed.questions) == ("Carers", (QUESTION, "budget"))


def test_a_conversation_goes_after_its_days(store, tmp_path):
    now = [datetime(2026, 1, 1, tzinfo=UTC)]
    conversations = Conversations(tmp_path / "c.sqlite", 30, lambda: now[0])
    conversations.save("ann", talk(store))
    now[0] += timedelta(days=29)
    assert len(conversations.listed("ann")) == 1
    now[0] += timedelta(days=2)
    assert conversations.listed("ann") == []
    assert (tmp_path / "c.sqlite").stat().st_mode & 0o777 == 0o600
    assert b"connected carers" not in (tmp_path / "c.sqlite").read_bytes()


def test_readers_see_rename_and_delete_their_own(store, conversations, tmp_path):
    said, bobs = talk(store, "<b>budget</b>"), talk(store)
    conversations.save("ann", said)
    conversations.save("bob", bobs)
    add_account(tmp_path / "users", "ann", "correct horse")
    parts = WebParts(FakeAnswerer(store), store, conversations=conversations)
    app = build_pages(parts, PasswordAuth(Accounts(tmp_path / "users")))
    ids = [said[0].talk, bobs[0].talk]
    rename, new = "/conversations/rename", {"id": ids[0], "title": "Money"}
    _, listed, renamed, missed, odd, after, deleted, again, empty = visits(
        app,
        sign_in(),
        ("GET", "/conversations", {}),
        ("POST", rename, {"json": new}),
        ("POST", rename, {"json": {**new, "id": ids[1]}}),
        ("POST", rename, {"json": {**new, "title": "x" * 121}}),
        ("GET", "/conversations", {}),
        ("POST", "/conversations/delete", {"json": {"ids": ids}}),
        ("POST", "/conversations/delete", {"json": {"ids": ids}}),
        ("GET", "/conversations", {}),
    )
    (one,) = listed.json()
    assert (one["id"], one["title"], one["questions"]) == (ids[0], "<b>budget</b>", [one["title"]])
    assert datetime.fromisoformat(one["at"]).tzinfo
    codes = [answer.status_code for answer in (renamed, missed, odd, deleted)]
    assert codes == [200, 404, 422, 200]
    assert [kept["title"] for kept in after.json()] == ["Money"]
    (gone,) = deleted.json()["deleted"]
    assert (gone["id"], gone["title"]) == (ids[0], "Money")
    assert (again.json(), empty.json()) == ({"deleted": []}, [])
    restore = "/conversations/restore"
    bad = [{"text": text} for text in ("", "{}", "[1]", '[{"question": 1}]', "[" * 9_000)]
    _, *refused, restored, back = visits(
        app,
        sign_in(),
        *(("POST", restore, {"json": {**gone, **odd}}) for odd in [*bad, {"at": "2026-01-01"}]),
        ("POST", restore, {"json": gone}),
        ("GET", "/conversations", {}),
    )
    assert [answer.status_code for answer in (*refused, restored)] == [422] * 6 + [200]
    assert back.json() == after.json()
    assert len(conversations.listed("bob")) == 1


def verdict(store, **more):
    exchange = Exchange(1, QUESTION, FakeAnswerer(store).answer(Ask(QUESTION)), done=True)
    return {"useful": True, "exchange": json.loads(kept(exchange)), **more}


def test_a_verdict_becomes_a_draft_that_says_what_it_lacks(store, tmp_path):
    path, out = tmp_path / "feedback.jsonl", tmp_path / "drafts.jsonl"
    app = build_pages(WebParts(FakeAnswerer(store), store, feedback=Feedback(path)))
    bad = verdict(store, useful=False, reason="Something is missing", comment="where is\nStoke?")
    answers = visits(
        app, ("POST", "/feedback", {"json": verdict(store)}), ("POST", "/feedback", {"json": bad})
    )
    assert [a.status_code for a in answers] == [201, 201]
    assert path.stat().st_mode & 0o777 == 0o600
    assert write_drafts(path, out) == 1
    (draft,) = drafts(read(path))
    assert (draft["question"], draft["status"], draft["gold_quotes"]) == (QUESTION, "answered", [])
    assert "not useful (Something is missing; where is Stoke?)" in draft["notes"]
    assert "003_" in draft["notes"]
    loaded = check(out, from_store(store, lambda source: None))
    assert [f.message for f in loaded.errors] == [
        f"{draft['id']}: is expected to be answered, but names no gold quote"
    ]


def test_a_refusal_that_a_reader_contests_is_not_expected_again(store, tmp_path):
    path = tmp_path / "feedback.jsonl"
    line = {"question": "q", "status": "not_stated", "cited": []}
    path.write_text(
        json.dumps({**line, "useful": True}) + "\n" + json.dumps({**line, "useful": False}) + "\n"
    )
    assert "status" not in drafts(read(path))[0]
    with pytest.raises(SuiteError, match="is there already"):
        write_drafts(path, path)
    path.write_text("{}\n")
    with pytest.raises(SuiteError, match=":1: this line is damaged"):
        read(path)


@pytest.mark.parametrize(
    "more",
    [{"reason": "made up"}, {"comment": "x" * 2001}, {"exchange": {"question": 1}}, {"useful": 7}],
)
def test_odd_verdicts_are_refused(store, tmp_path, more):
    path = tmp_path / "feedback.jsonl"
    app = build_pages(WebParts(FakeAnswerer(store), store, feedback=Feedback(path)))
    assert (
        visits(app, ("POST", "/feedback", {"json": verdict(store, **more)}))[0].status_code == 422
    )
    assert not path.exists()


def test_what_the_last_build_left_out_is_listed(store):
    left_out = (Problem("<i>.pdf", "it holds no text"),)
    app = build_pages(WebParts(FakeAnswerer(store), store, problems=lambda: left_out))
    held, page = visits(app, ("GET", "/collection", {}), ("GET", "/problems", {}))
    assert "1 file was left out" in held.text
    assert "&lt;i&gt;.pdf" in page.text
    assert "it holds no text" in page.text


def test_what_another_version_kept_is_listed_said_and_left_as_it_is(store, conversations):
    said = talk(store)
    conversations.save("ann", said)
    (gone,) = conversations.delete("ann", [said[0].talk])
    older = f'[{{"asked": "of another version"}},{gone.exchanges[1:]}'
    conversations.restore("ann", replace(gone, exchanges=older))
    assert conversations.listed("ann")[0].questions == ("", QUESTION)
    parts = WebParts(FakeAnswerer(store), store, conversations=conversations)
    back, aside = handlers.brought_back(parts, "ann", said[0].talk)
    assert [one.question for one in back] == [QUESTION]
    assert aside.startswith("1 question of this conversation is not shown")
    handlers.keep(parts, "ann", handlers.begin(parts, "q", handlers.apart(parts, "ann", back)))
    assert conversations.read("ann", said[0].talk) == older
