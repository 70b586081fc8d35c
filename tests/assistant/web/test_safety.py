import asyncio
import json
import logging
import threading
from dataclasses import replace
from functools import partial

import httpx
import pytest

from assistant.auth.accounts import (
    Accounts,
    accounts_in,
    add_account,
    hash_password,
    matches,
    remove_account,
)
from assistant.auth.authentication import ProxyAuth
from assistant.auth.login_attempts import PAUSE_S, Tries
from assistant.auth.rate_limit import RateLimit
from assistant.errors import GivenUpError
from assistant.http.body_limit import MAX_BODY_BYTES, whole_body
from assistant.service.audit import Audit
from assistant.types import Ask
from assistant.web import conversation_files, handlers
from assistant.web.app import build_pages
from assistant.web.conversation_json import restored
from assistant.web.login import PasswordAuth
from assistant.web.parts import WebParts
from assistant.web.request_filter import is_open
from assistant.web.session import stopped
from index.errors import UsageError
from index.query.understand import MAX_QUESTION
from tests.web_fakes import FakeAnswerer, seed_store

HTML = {"accept": "text/html"}
PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def parts():
    store = seed_store()
    return WebParts(FakeAnswerer(store), store)


@pytest.fixture
def users(tmp_path):
    path = tmp_path / "users"
    add_account(path, "ann", PASSWORD)
    return path


def visits(app, *requests, peer="127.0.0.1"):
    async def run():
        transport = httpx.ASGITransport(app, client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [await client.request(m, path, **more) for m, path, more in requests]

    return asyncio.run(run())


def responded(parts, conversation, who=""):
    return list(handlers.respond(parts, conversation, handlers.asking(conversation), who))


def sign_in(password=PASSWORD, name="ann"):
    return ("POST", "/sign-in", {"data": {"name": name, "password": password}})


def test_a_password_is_kept_as_a_salted_hash():
    first, second = hash_password(PASSWORD), hash_password(PASSWORD)
    assert first != second
    assert matches(PASSWORD, first)
    assert not matches("correct  horse", first)
    assert not matches(PASSWORD, "scrypt$nonsense")


def test_accounts_are_private_to_their_owner_and_read_anew(users):
    accounts = Accounts(users)
    assert users.stat().st_mode & 0o777 == 0o600
    assert accounts.check("ann", PASSWORD)
    assert not accounts.check("bob", PASSWORD)
    add_account(users, "bob", "another password")
    assert accounts.check("bob", "another password")
    assert accounts.check("ann", PASSWORD)


@pytest.mark.parametrize(("name", "password"), [("", PASSWORD), ("a:b", PASSWORD), ("a", "short")])
def test_unusable_accounts_are_refused(tmp_path, name, password):
    with pytest.raises(UsageError):
        add_account(tmp_path / "users", name, password)


def test_a_damaged_or_missing_file_of_accounts_is_named(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        Accounts(tmp_path / "none")
    (tmp_path / "bad").write_text("ann:plain password\n")
    with pytest.raises(UsageError, match="name:hash"):
        Accounts(tmp_path / "bad")


def test_every_route_is_behind_the_login(parts, users):
    app = build_pages(parts, PasswordAuth(Accounts(users)))
    doc_id = parts.store.identities()[0].doc_id
    paths = [
        "/",
        "/collection",
        f"/letter/{doc_id}",
        f"/letter/{doc_id}/place?start=1&end=9",
        "/page-files/chat.js",
        "/authority/Middlesbrough",
        "/count?question=how+many%3F",
        "/problems",
        "/conversations",
        "/page/ask",
        "/config",
        "/assets/index.js",
        "/accessibility",
    ]
    answers = visits(app, *[("GET", path, {}) for path in paths])
    assert [a.status_code for a in answers] == [401] * len(paths)
    assert "Ofsted" not in "".join(a.text for a in answers)


def test_signing_in_and_out(parts, users):
    app = build_pages(parts, PasswordAuth(Accounts(users)))
    page, welcome, held, out, after = visits(
        app,
        ("GET", "/collection", {"headers": HTML}),
        sign_in(),
        ("GET", "/collection", {}),
        ("GET", "/sign-out", {"headers": HTML}),
        ("GET", "/collection", {}),
    )
    assert (page.status_code, "Sign in" in page.text) == (401, True)
    cookie = welcome.headers["set-cookie"]
    assert welcome.status_code == 303
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert held.status_code == 200
    assert out.headers["clear-site-data"] == '"storage"'
    assert after.status_code == 401


@pytest.mark.parametrize(
    ("back", "place"),
    [
        ("/letter/0123456789abcdef?start=1&end=9", "/letter/0123456789abcdef?start=1&end=9"),
        ("/authority/Stoke-on-Trent", "/authority/Stoke-on-Trent"),
        ("/timeline?authority=Stoke-on-Trent", "/timeline?authority=Stoke-on-Trent"),
        ("/changes?authority=Stoke-on-Trent", "/changes?authority=Stoke-on-Trent"),
        ("/compare?authority=A&authority=B", "/compare?authority=A&authority=B"),
        ("/brief?name=0123456789abcdef", "/brief?name=0123456789abcdef"),
        ("/count?question=how+many%3F", "/count?question=how+many%3F"),
        ("//evil.example/letter/", "/"),
        ("https://evil.example/letter/", "/"),
        ("/\\evil.example", "/"),
        ("/sign-out", "/"),
        ("/letter/x\r\nSet-Cookie: a=b", "/"),
        ("", "/"),
    ],
)
def test_signing_in_leads_to_a_page_of_ours_only(parts, users, back, place):
    app = build_pages(parts, PasswordAuth(Accounts(users)))
    form = {"name": "ann", "password": PASSWORD, "back": back}
    (answer,) = visits(app, ("POST", "/sign-in", {"data": form}))
    assert (answer.status_code, answer.headers["location"]) == (303, place)


def test_wrong_passwords_are_slowed_down_and_lock_nobody_out(parts, users):
    now, pauses = [0.0], []

    async def pause(seconds):
        pauses.append(seconds)

    auth = PasswordAuth(Accounts(users), lambda: now[0], Tries(lambda: now[0], pause))
    app = build_pages(parts, auth)
    tries = visits(app, *[sign_in("wrong") for _ in range(6)], sign_in())
    assert [t.status_code for t in tries] == [401] * 6 + [303]
    assert pauses == [PAUSE_S, PAUSE_S]
    now[0] = 61.0
    assert visits(app, sign_in())[0].status_code == 303
    assert (
        visits(app, *[sign_in("wrong") for _ in range(6)], peer="192.0.2.7")[5].status_code == 401
    )
    assert len(pauses) == 3
    assert visits(app, sign_in())[0].status_code == 303
    assert len(pauses) == 3, "what one address tried slows no other down"


def test_a_new_password_and_an_account_added_again_end_their_sessions(parts, users):
    app = build_pages(parts, PasswordAuth(Accounts(users)))

    def held(cookie):
        asked = ("GET", "/collection", {"headers": {"cookie": cookie}})
        return visits(app, asked)[0].status_code == 200

    def signed_in(password):
        return visits(app, sign_in(password))[0].headers["set-cookie"].split(";")[0]

    before = signed_in(PASSWORD)
    add_account(users, "ann", "another password")
    assert not held(before)
    changed = signed_in("another password")
    assert held(changed)
    remove_account(users, "ann")
    add_account(users, "ann", "another password")
    assert not held(changed)


def test_a_sign_in_sent_by_another_site_is_refused(parts, users):
    app = build_pages(parts, PasswordAuth(Accounts(users)))
    form = {"data": {"name": "ann", "password": PASSWORD}}
    answers = visits(
        app,
        *[
            ("POST", "/sign-in", {**form, "headers": {"origin": origin}})
            for origin in ("http://evil.example", "null", "http://[", "http://127.0.0.1:1")
        ],
        ("POST", "/sign-in", {**form, "headers": {"origin": "http://127.0.0.1"}}),
    )
    assert [a.status_code for a in answers] == [403, 403, 403, 403, 303]


def test_what_is_private_is_kept_by_no_cache_and_read_by_no_other_site(parts, users):
    app = build_pages(parts, PasswordAuth(Accounts(users)))
    doc_id = parts.store.identities()[0].doc_id
    paths = ("/collection", f"/letter/{doc_id}", "/problems", "/nothing", "/page-files/chat.js")
    origin = {"headers": {"origin": "http://evil.example"}}
    pages = visits(app, sign_in(), *[("GET", path, origin) for path in paths])[1:]
    assert [page.headers.get("cache-control") for page in pages[:4]] == ["no-store"] * 4
    assert "cache-control" not in pages[4].headers
    assert not [n for page in pages for n in page.headers if n.startswith("access-control")]


def test_a_cookie_is_for_tls_alone_behind_a_trusted_proxy(parts, users):
    app = build_pages(parts, PasswordAuth(Accounts(users)), proxies=["10.0.0.1"])
    method, path, form = sign_in()
    told = (method, path, {**form, "headers": {"x-forwarded-proto": "https"}})
    cookies = [visits(app, told, peer=p)[0].headers["set-cookie"] for p in ("10.0.0.1", "10.0.0.2")]
    assert ["Secure" in cookie for cookie in cookies] == [True, False]


@pytest.mark.parametrize("body", [b"x" * 5_000, "slow"])
def test_a_sign_in_that_is_too_long_or_never_ends_is_given_up(parts, users, body, monkeypatch):
    monkeypatch.setattr("assistant.web.login.whole_body", partial(whole_body, patience_s=0.1))

    async def trickle():
        yield b"name=ann"
        await asyncio.sleep(5)

    app = build_pages(parts, PasswordAuth(Accounts(users)))
    content = trickle() if body == "slow" else body
    (answer,) = visits(app, ("POST", "/sign-in", {"content": content}))
    assert answer.status_code == (408 if body == "slow" else 413)


def test_a_file_of_accounts_that_is_gone_is_said_and_lets_nobody_in(parts, users):
    app = build_pages(parts, PasswordAuth(Accounts(users)))
    cookie = visits(app, sign_in())[0].headers["set-cookie"].split(";")[0]
    users.unlink()
    asked = ("GET", "/collection", {"headers": {"cookie": cookie}})
    answers = visits(app, asked, sign_in())
    assert [a.status_code for a in answers] == [503, 503]
    assert answers[0].headers["content-type"] == "application/problem+json"


def test_one_person_is_signed_in_on_ten_devices_at_most(users, parts):
    app = build_pages(parts, PasswordAuth(Accounts(users)))
    signed_in = [visits(app, sign_in())[0].headers["set-cookie"] for _ in range(11)]
    asked = [("GET", "/collection", {"headers": {"cookie": c.split(";")[0]}}) for c in signed_in]
    assert [visits(app, one)[0].status_code for one in asked] == [401] + [200] * 10


def test_a_session_ends_with_its_hours_and_with_its_account(parts, users):
    now = [0.0]
    app = build_pages(parts, PasswordAuth(Accounts(users), lambda: now[0]))
    cookie = visits(app, sign_in())[0].headers["set-cookie"].split(";")[0]
    held = ("GET", "/collection", {"headers": {"cookie": cookie}})
    assert visits(app, held)[0].status_code == 200
    now[0] = 9 * 3600
    assert visits(app, held)[0].status_code == 401
    cookie = visits(app, sign_in())[0].headers["set-cookie"].split(";")[0]
    users.write_text("")
    assert (
        visits(app, ("GET", "/collection", {"headers": {"cookie": cookie}}))[0].status_code == 401
    )


def test_the_proxys_header_counts_only_from_the_proxy(parts):
    app = build_pages(parts, ProxyAuth("x-user", frozenset({"10.0.0.1"})))
    request = ("GET", "/collection", {"headers": {"x-user": "ann"}})
    assert visits(app, request, peer="10.0.0.1")[0].status_code == 200
    assert visits(app, request, peer="10.0.0.2")[0].status_code == 401
    assert visits(app, ("GET", "/collection", {}), peer="10.0.0.1")[0].status_code == 401


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/run/predict",
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://x",
        "/gradio_api/component_server",
        "/gradio_api/info",
        "/gradio_api/queue/join",
        "/gradio_api/heartbeat/x",
        "/gradio_api/mcp/sse",
        "/monitoring",
        "/login/",
    ],
)
def test_what_the_page_does_not_use_is_closed(path):
    assert not is_open(path)


def test_large_and_foreign_requests_are_refused(parts):
    app = build_pages(parts)
    large = b"x" * (MAX_BODY_BYTES + 1)
    foreign = {"headers": {"sec-fetch-site": "cross-site"}}
    answers = visits(
        app,
        ("POST", "/collection", {"content": large}),
        ("POST", "/page/ask", foreign),
        ("GET", "/collection", foreign),
    )
    assert [a.status_code for a in answers] == [413, 403, 200]


def test_questions_are_limited_for_each_person_by_the_minute():
    now = [0.0]
    limit = RateLimit(2, lambda: now[0])
    assert [limit.allows("ann"), limit.allows("ann"), limit.allows("ann")] == [True, True, False]
    assert limit.allows("bob")
    now[0] = 60.0
    assert limit.allows("ann")


def test_a_question_over_the_limit_is_not_answered(parts):
    begun = handlers.begin(parts, "connected carers", (), allowed=False)
    assert (begun[0].done, begun[0].answer) == (True, None)
    assert "Wait a minute" in begun[0].problem


def test_the_audit_line_tells_who_and_what_became_of_it_not_the_question(parts, caplog):
    caplog.set_level(logging.INFO, "assistant.audit")
    begun = handlers.begin(parts, "connected carers", ())
    responded(parts, begun, who="ann\nroot")
    line = caplog.messages[-1]
    assert line.startswith("asked who='ann\\nroot' status=answered cited=9 ms=")
    assert "carers" not in line


def test_the_question_is_in_the_audit_line_where_the_settings_ask_for_it(caplog):
    caplog.set_level(logging.INFO, "assistant.audit")
    store = seed_store()
    parts = WebParts(FakeAnswerer(store), store, audit=Audit(text=True))
    responded(parts, handlers.begin(parts, "connected\ncarers", ()))
    assert caplog.messages[-1].endswith("question='connected\\ncarers'")


def test_a_long_line_of_questions_turns_new_ones_away(parts):
    class Full:
        waiting = 64

    busy = handlers.begin(replace(parts, turns=Full()), "connected carers", ())
    assert busy[0].problem == handlers._BUSY


def test_what_is_kept_of_a_page_is_bounded_whatever_is_sent(parts):
    conversation = ()
    for n in range(70):
        conversation = handlers.begin(parts, f"{n} " + "x" * 900_000, conversation)
    assert len(conversation) == 61
    assert sum(len(exchange.question) for exchange in conversation) == 61 * (MAX_QUESTION + 1)
    kept = json.dumps([{"question": "x" * 3_000, "problem": "p", "answer": None}] * 200)
    found = restored(kept, parts.store)
    assert len(found) == 61
    assert len(found[0].question) == MAX_QUESTION + 1


def test_files_are_saved_beside_other_requests_and_only_so_many(parts):
    app = build_pages(parts)
    lines = [{"question": f"q {n}", "problem": "p", "answer": None} for n in range(60)]
    saved = ("POST", "/export/word", {"content": json.dumps(lines)})
    answers = visits(app, *[saved] * 62)
    assert [a.status_code for a in answers[:60]] == [200] * 60
    assert [a.status_code for a in answers[60:]] == [429] * 2


def beside(app, held, others, meanwhile):
    """Send ``held`` requests, from as many addresses as ``others`` says, and ``meanwhile`` when
    they are there; returns the statuses of those that ended at once, and what ``meanwhile`` got.

    ``held`` ends when the event that it waits for is set.
    """

    async def run():
        async def sent(number, request):
            transport = httpx.ASGITransport(app, client=(f"192.0.2.{number % others}", 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as one:
                method, path, more = request
                return (await one.request(method, path, **more)).status_code

        begun = [asyncio.ensure_future(sent(n, one)) for n, one in enumerate(held)]
        await asyncio.sleep(0.3)
        got = await asyncio.wait_for(sent(0, meanwhile), 5)
        early = [one.result() for one in begun if one.done()]
        LET_GO.set()
        await asyncio.gather(*begun)
        return early, got

    LET_GO.clear()
    return asyncio.run(run())


LET_GO = threading.Event()
STYLE = ("GET", "/page-files/tokens.css", {})


def waiting(*_, **__):
    assert LET_GO.wait(30)
    return False


@pytest.mark.parametrize(
    ("count", "others", "refused"), [(2, 2, 0), (9, 1, 1), (36, 36, 2)], ids=["", "one", "all"]
)
def test_others_are_served_while_passwords_are_compared_and_only_so_many_are(
    parts, users, monkeypatch, count, others, refused
):
    """Eight from one address, two at once and 32 waiting in all."""
    monkeypatch.setattr(Accounts, "check", waiting)
    app = build_pages(parts, PasswordAuth(Accounts(users)))
    tries = [sign_in("wrong", f"name{n}") for n in range(count)]
    assert beside(app, tries, others, STYLE) == ([429] * refused, 200)


def test_others_are_served_while_files_are_written_and_only_so_many_wait(parts, monkeypatch):
    """Two are written, sixteen wait."""
    monkeypatch.setattr(conversation_files, "as_word", lambda *_: str(waiting()))
    app = build_pages(parts)
    saved = [("POST", "/export/word", {"content": "[]"})] * 20
    assert beside(app, saved, 20, STYLE) == ([429] * 2, 200)


def test_a_very_long_conversation_asks_for_a_new_one(parts):
    conversation = ()
    for _ in range(60):
        conversation = stopped(handlers.begin(parts, "", conversation))
    assert handlers.begin(parts, "", conversation)[-1].problem == handlers._TOO_LONG


def test_a_reader_waiting_is_told_of_each_step_once(parts):
    before = [2, 2, 1, 0, 0]

    class Line:
        def ahead(self, ask):
            return before.pop(0)

    begun = handlers.begin(parts, "q", ())
    tell = handlers.queueing(replace(parts, turns=Line()), begun, Ask("q"))
    said = [told and told[0].progress for told in (tell() for _ in range(5))]
    assert said == [
        "Many people are asking: 2 questions are before yours",
        None,
        "Many people are asking: 1 question is before yours",
        "Searching 5 documents",
        None,
    ]


def test_an_account_is_removed_and_listed(users):
    add_account(users, "bob", PASSWORD)
    assert [one.name for one in accounts_in(users)] == ["ann", "bob"]
    remove_account(users, "ann")
    assert [one.name for one in accounts_in(users)] == ["bob"]
    with pytest.raises(UsageError, match="no account 'ann'"):
        remove_account(users, "ann")


def test_every_page_of_someone_signed_in_lets_them_sign_out(parts, users):
    app = build_pages(replace(parts, sign_out=True), PasswordAuth(Accounts(users)))
    pages = [("GET", path, {}) for path in ("/collection", "/accessibility", "/problems")]
    assert all("/sign-out" in page.text for page in visits(app, sign_in(), *pages)[1:])
    assert "/sign-out" not in visits(build_pages(parts), pages[0])[0].text


def test_a_question_given_up_in_line_is_noted_and_not_kept(parts, caplog):
    caplog.set_level(logging.INFO, "assistant.audit")

    class Left:
        def stream(self, ask):
            raise GivenUpError("given up")

    begun = handlers.begin(parts, "connected carers", ())
    with pytest.raises(GivenUpError):
        responded(replace(parts, answerer=Left()), begun)
    assert "status=stopped cited=0" in caplog.messages[-1]
