import json
from datetime import datetime
from types import SimpleNamespace

import pytest
from bs4 import BeautifulSoup

from assistant.auth.accounts import ADD, MANAGE, Accounts, add_account, allow, forbid
from assistant.service import audit
from assistant.settings import Settings
from assistant.types import Status
from assistant.web.admin import open_administration
from assistant.web.app import build_pages
from assistant.web.login import PasswordAuth
from assistant.web.parts import WebParts
from evals.feedback import drafts
from evals.held import from_store
from evals.suite.load import check
from index.store.collection import Collection
from index.store.manifest import Problem
from tests.admin_place import administration, asked, verdict, write
from tests.assistant.web.test_safety import HTML, PASSWORD, sign_in, visits
from tests.fakes import builder, corpus
from tests.web_fakes import HOSTILE, FakeAnswerer, seed_store

STORE = seed_store()
PAGE, DRAFTS, HELD = (("GET", path, {"headers": HTML}) for path in
                      ("/admin", "/admin/drafts", "/collection"))  # fmt: skip
SECRET = "Is Ann's foster child safe?"
FAILING = [
    asked("not_stated", question=SECRET, days_ago=1),
    asked("failed", question=HOSTILE, days_ago=2),
    asked("answered", question="All is well?"),
    asked("not_held"),
]


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "kept"


def app(kept, auth=None, problems=(), **more):
    parts = WebParts(
        FakeAnswerer(STORE),
        STORE,
        problems=lambda: problems,
        administration=administration(kept, **more),
    )
    return build_pages(parts, auth)


def shown(kept, **more):
    (answer,) = visits(app(kept, **more), PAGE)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def words(page):
    return " ".join(page.get_text(" ").split())


def rows(page, caption):
    table = page.find("caption", string=caption).parent
    return [[" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
            for row in table.select("tbody tr")]  # fmt: skip


def test_a_tool_that_nobody_used_says_so_in_sentences(kept):
    said = words(shown(kept))
    for sentence in (
        "None: every file was read.",
        "No question was asked in the last 30 days.",
        "No reader said whether an answer was useful in the last 30 days.",
        "None in the last 30 days: no refusal, no failure",
    ):
        assert sentence in said


def test_figures_charts_and_files_left_out_are_shown(kept):
    questions = [asked(ms=1000), asked(ms=2000), asked("not_stated", 9000, days_ago=1)]
    write(kept, questions, [verdict(), verdict(False, reason="Something is missing")])
    page = shown(kept, problems=(Problem("<i>.pdf", "it holds no text"),))
    assert rows(page, "Files left out, and why") == [["<i>.pdf", "it holds no text"]]
    assert rows(page, "What became of them") == [
        ["Answered", "2", "67 %"],
        ["Not in the documents", "1", "33 %"],
    ]
    assert rows(page, "Why answers were not useful") == [["Something is missing", "1", "100 %"]]
    assert "at most 2.0 seconds (the median), 95 of 100 at most 9.0 seconds" in words(page)
    chart = page.select_one(".day-chart svg")
    assert chart["aria-label"].startswith("3 questions from ")
    assert [bar["height"] for bar in chart.select("rect")][-2:] == ["50.0", "100.0"]
    assert len(chart.select("rect")) == 30


def test_questions_are_neither_shown_nor_saved_unless_the_setting_allows_it(kept):
    write(kept, FAILING, [verdict(False, SECRET, comment=SECRET)])
    shut = app(kept, text=False)
    page, saved = visits(shut, PAGE, DRAFTS)
    for answer in (page, saved):
        assert "foster" not in answer.text
        assert "set ASSISTANT_AUDIT_TEXT=true and start the chat again" in answer.text
    assert "4 times in the last 30 days a question was refused" in page.text
    assert "/admin/drafts" not in page.text
    assert saved.status_code == 403


def test_failed_questions_are_listed_and_saved_as_a_draft_suite(kept, tmp_path):
    write(kept, FAILING, [verdict(False, "Who?", comment="Ann did", days_ago=3), verdict(True)])
    page, saved = visits(app(kept), PAGE, DRAFTS)
    listed = BeautifulSoup(page.text, "lxml")
    assert listed.select("main script, main img, main iframe, main [onload]") == []
    failed = rows(listed, "Newest first")
    assert [row[:2] for row in failed] == [
        [SECRET, "Not in the documents"],
        [HOSTILE, "Failed"],
        ["Who?", "A reader found the answer not useful: “Ann did”"],
    ]
    assert "1 of them was noted without the question" in words(listed)
    assert saved.headers["content-disposition"] == 'attachment; filename="failed-questions.jsonl"'
    suite = tmp_path / "failed-questions.jsonl"
    suite.write_text(saved.text)
    lines = [json.loads(line) for line in saved.text.splitlines()]
    assert [line["question"] for line in lines] == [SECRET, HOSTILE, "Who?"]
    assert lines[0]["notes"].startswith("No reader said whether it was useful. It was not_stated")
    loaded = check(suite, from_store(STORE, lambda source: None))
    assert [fault.message for fault in loaded.faults] == [
        f"{line['id']}: is expected to be answered, but names no gold quote" for line in lines
    ]
    assert [q.statuses for (q,) in loaded.suite.units] == [(Status.ANSWERED,)] * 3


def test_a_question_that_failed_often_is_one_draft(kept):
    write(kept, [asked("failed", question="Why?") for _ in range(50)])
    (saved,) = visits(app(kept), DRAFTS)
    (line,) = saved.text.splitlines()
    assert json.loads(line)["notes"].count("No reader said") == 1


def test_nothing_to_save_is_said(kept):
    (saved,) = visits(app(kept), DRAFTS)
    assert (saved.status_code, "Nothing failed in the last 30 days" in saved.text) == (404, True)


def test_damaged_lines_are_counted_and_said(kept):
    write(kept, ["half a li", asked()], ["{}", '{"useful": true', verdict()])
    said = words(shown(kept))
    assert "1 line of the log of questions is damaged and not counted." in said
    assert "2 lines of what readers said are damaged and not counted." in said
    assert "1 question, asked on the page" in said


def test_a_log_that_cannot_be_read_is_said(kept):
    (kept / audit.NAME).mkdir(parents=True)
    assert "Not all of the log of questions can be read: Is a directory." in words(shown(kept))


def test_only_accounts_with_the_right_see_it_and_never_the_server_s_paths(kept, tmp_path):
    users = tmp_path / "users"
    add_account(users, "ann", PASSWORD)
    allow(users, "ann", ADD)
    auth = PasswordAuth(Accounts(users))
    served = app(kept, auth, may=lambda who: auth.may(who, MANAGE))
    _, *refused, held = visits(served, sign_in(), PAGE, DRAFTS, HELD)
    assert [one.status_code for one in refused] == [403, 403]
    assert all("Your account may not see this page." in one.text for one in refused)
    assert "/admin" not in held.text
    allow(users, "ann", MANAGE)
    _, page, held, (unknown) = visits(served, sign_in(), PAGE, HELD, PAGE)
    assert page.status_code == 200
    assert "secret" not in page.text
    assert 'href="/admin"' in held.text
    (unknown,) = visits(served, PAGE)
    assert unknown.status_code == 401
    forbid(users, "ann", MANAGE)
    assert visits(served, sign_in(), PAGE)[1].status_code == 403


def test_on_one_s_own_machine_everyone_sees_it_with_its_place(kept):
    page, held = visits(app(kept), PAGE, HELD)
    assert "/srv/secret/index" in page.text
    assert 'href="/admin"' in held.text
    parts = WebParts(FakeAnswerer(STORE), STORE)
    page, held = visits(build_pages(parts), PAGE, HELD)
    assert (page.status_code, "/admin" in held.text) == (404, False)


def test_whoever_looks_too_often_waits(kept):
    *_, last = visits(app(kept), *[PAGE] * 61)
    assert (last.status_code, "very often in the last minute" in last.text) == (429, True)


def test_the_facts_are_those_of_the_index(tmp_path):
    folder = tmp_path / "index"
    builder(folder).build([corpus(tmp_path / "corpus", [1, 2])])
    made = SimpleNamespace(collection=Collection(folder))
    settings = Settings(index=folder, model="ollama/qwen3:8b", audit_text=True)
    held = open_administration(settings, made, None, drafts)
    facts = held.facts()
    passages = sum(len(made.collection.passages_of(i.doc_id)) for i in made.collection.identities())
    assert (facts.documents, facts.passages) == (2, passages)
    assert (facts.place, facts.roots) == (str(folder), (str(tmp_path / "corpus"),))
    assert abs((datetime.now().astimezone() - facts.changed).total_seconds()) < 600
    assert facts.models[-1] == ("Language model", "ollama/qwen3:8b")
    assert (held.for_all, held.text, held.may("")) == (True, True, True)
    assert not open_administration(settings, made, lambda who: False, drafts).may("ann")
