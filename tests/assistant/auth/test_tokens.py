"""Tokens: who may ask what, over the program's routes and the page's alike."""

import asyncio

import httpx
import pytest

from assistant.auth.accounts import Accounts, add_account
from assistant.auth.tokens import Tokens, add_token, read_tokens, remove_token
from assistant.web.app import build_pages, build_programs
from assistant.web.login import PasswordAuth
from assistant.web.parts import WebParts
from index.errors import NotFound, UsageError
from tests.programs import Scripted, parts, running

ASK = ("POST", "/api/ask", {"json": {"question": "x"}})
SEARCH = ("POST", "/api/search", {"json": {"question": "x"}})
READ = ("GET", "/api/documents", {})
METRICS = ("GET", "/metrics", {})
CHAT = ("POST", "/v1/chat/completions", {"json": {"messages": [{"role": "user", "content": "x"}]}})
MODELS = ("GET", "/v1/models", {})
OPENAPI = ("GET", "/api/openapi.json", {})
EVERY = [ASK, SEARCH, READ, METRICS, CHAT, MODELS, OPENAPI, ("GET", "/api/nothing", {}),
         ("POST", "/mcp", {"json": {}})]  # fmt: skip


@pytest.fixture
def file(tmp_path):
    return tmp_path / "tokens"


@pytest.fixture
def programs(seed_index):
    return parts(seed_index, scripted=Scripted())


def statuses(client, requests, token=None):
    headers = {"authorization": f"Bearer {token}"} if token else {}
    return [client.request(m, path, headers=headers, **more).status_code
            for m, path, more in requests]  # fmt: skip


def test_the_file_holds_hashes_and_is_its_owners_alone(file):
    secret = add_token(file, "suite", ["search", "ask"])
    assert file.stat().st_mode & 0o777 == 0o600
    assert secret not in file.read_text()
    held = Tokens(file).find(secret)
    assert (held.name, held.scopes) == ("suite", {"search", "ask"})
    assert Tokens(file).find(secret + "x") is None
    assert Tokens(file).find("") is None


def test_a_new_token_of_the_same_name_replaces_the_old(file):
    old, new = add_token(file, "a", ["ask"]), add_token(file, "a", ["read"])
    assert Tokens(file).find(old) is None
    assert Tokens(file).find(new).scopes == {"read"}
    remove_token(file, "a")
    assert read_tokens(file) == []
    with pytest.raises(NotFound, match="no token 'a'"):
        remove_token(file, "a")


@pytest.mark.parametrize(
    ("name", "scopes"), [("", ["ask"]), ("a:b", ["ask"]), ("a\n", ["ask"]), ("a", ["fly"])]
)
def test_unusable_tokens_are_refused(file, name, scopes):
    with pytest.raises(UsageError):
        add_token(file, name, scopes)


def test_a_missing_or_damaged_file_is_named(file):
    with pytest.raises(UsageError, match="cannot be read"):
        Tokens(file)
    file.write_text("suite:secret:ask\n")
    with pytest.raises(UsageError, match="name:hash:scopes"):
        Tokens(file)


def test_each_scope_opens_its_own_routes(programs, file):
    tokens = {name: add_token(file, name, [name]) for name in ("ask", "search", "read", "metrics")}
    with (
        running(build_programs(programs, Tokens(file))) as url,
        httpx.Client(base_url=url, timeout=20) as client,
    ):
        assert statuses(client, EVERY) == [401] * len(EVERY)
        assert statuses(client, EVERY, "guessed") == [401] * len(EVERY)
        asked = [ASK, CHAT, MODELS, SEARCH, READ, METRICS, OPENAPI]
        assert statuses(client, asked, tokens["ask"]) == [200, 200, 200, 403, 403, 403, 200]
        assert statuses(client, asked, tokens["search"]) == [403, 403, 403, 200, 403, 403, 200]
        assert statuses(client, asked, tokens["read"]) == [403, 403, 403, 403, 200, 403, 200]
        assert statuses(client, asked, tokens["metrics"]) == [403, 403, 403, 403, 403, 200, 200]
        refused = client.get("/api/documents")
        assert refused.headers["www-authenticate"] == "Bearer"
        assert refused.headers["content-type"] == "application/problem+json"
        narrow = client.get("/metrics", headers={"authorization": f"bearer {tokens['ask']}"})
        assert 'scope="metrics"' in narrow.headers["www-authenticate"]
        assert [client.get(path).status_code for path in ("/healthz", "/readyz")] == [200, 200]
        remove_token(file, "read")
        assert statuses(client, [READ], tokens["read"]) == [401]


def visits(app, *requests):
    async def run():
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [await client.request(m, path, **more) for m, path, more in requests]

    return asyncio.run(run())


def test_the_pages_login_and_the_programs_tokens_stand_at_one_door(programs, file, tmp_path):
    add_account(tmp_path / "users", "ann", "correct horse")
    token = {"headers": {"authorization": f"Bearer {add_token(file, 'a', ['read'])}"}}
    page = WebParts(programs.answerers["extractive"], programs.collection)
    auth = PasswordAuth(Accounts(tmp_path / "users"))
    app = build_pages(page, auth, programs=programs, tokens=Tokens(file))
    sign_in = ("POST", "/sign-in", {"data": {"name": "ann", "password": "correct horse"}})
    answers = visits(
        app, READ, ("GET", "/collection", {}), ("GET", "/api/documents", token),
        ("GET", "/collection", token), sign_in, READ, ("GET", "/collection", {}),
    )  # fmt: skip
    assert [one.status_code for one in answers] == [401, 401, 200, 401, 303, 200, 200]


def test_without_tokens_this_machine_asks_freely_beside_the_page(programs):
    page = WebParts(programs.answerers["extractive"], programs.collection)
    app = build_pages(page, programs=programs)
    any_key = ("GET", "/v1/models", {"headers": {"authorization": "Bearer none"}})
    answers = visits(app, READ, any_key, ("GET", "/collection", {}), ("GET", "/healthz", {}))
    assert [one.status_code for one in answers] == [200] * 4
    assert [one.headers["content-type"].split(";")[0] for one in answers] == [
        "application/json", "application/json", "text/html", "application/json",
    ]  # fmt: skip


def test_beside_a_page_citations_lead_to_the_letter(programs):
    page = WebParts(programs.answerers["extractive"], programs.collection)
    question = {"messages": [{"role": "user", "content": "Are caseloads manageable in Stoke?"}]}
    asked = ("POST", "/v1/chat/completions", {"json": {**question, "model": "extractive"}})
    (answer,) = visits(build_pages(page, programs=programs), asked)
    note = answer.json()["choices"][0]["message"]["annotations"][0]
    place = note["url_citation"]["url"].removeprefix("http://127.0.0.1")
    (letter,) = visits(build_pages(page, programs=programs), ("GET", place, {}))
    assert place.startswith(f"/letter/{note['citation']['doc_id']}?start=")
    assert note["citation"]["quote"][:30] in letter.text


def test_the_command_line_makes_lists_and_removes_tokens(run, file):
    made = run("token", "add", "suite", "--scope", "ask", "--scope", "search", "--tokens", file)
    assert made.code == 0
    assert Tokens(file).find(made.out.strip()).name == "suite"
    assert "cannot be shown again" in made.err
    listed = run("token", "list", "--tokens", file, "--json").json
    assert listed == [{"name": "suite", "scopes": ["ask", "search"]}]
    assert run("token", "remove", "suite", "--tokens", file).code == 0
    assert run("token", "remove", "suite", "--tokens", file).code == 1
    assert run("token", "add", "suite").code == 2
    assert run("token", "add", "suite", "--scope", "fly", "--tokens", file).code == 2


def test_beyond_this_machine_a_server_needs_tokens(run, seed_index):
    refused = run("mcp", "--http", "--host", "0.0.0.0", "--index", seed_index)
    assert refused.code == 2
    assert "assistant token add" in refused.err
    assert run("mcp", "--port", "8000").code == 2
