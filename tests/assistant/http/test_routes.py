"""Every route there is, by the server's own description of itself, asked badly."""

import socket
import struct
from urllib.parse import quote

import httpx
import pytest
from starlette.testclient import TestClient

from assistant.auth.scopes import METRICS, needed
from assistant.auth.tokens import Tokens, add_token
from assistant.http.body_limit import MAX_BODY_BYTES
from assistant.http.problems import MEDIA_TYPE
from assistant.web.app import build_programs
from tests.programs import Scripted, parts, running
from tests.wrong_requests import asked, page, page_routes, wrong
from tests.wrong_requests import routes as of_programs

OPEN = {"/healthz", "/readyz"}
WRONG = ["null", "5", '"x"', "[]", "{}", '{"question": {}}', '{"messages": 5}', '{"messages": []}',
         '{"question": "x", "k": "ten"}', '{"question": "x", "stream": "yes"}',
         '{"messages": [{"role": "king", "content": "x"}]}', "[" * 50_000, "\ud800",
         '{"question": "x", "k": Infinity}', '{"question": NaN}',
         '{"messages": [{"role": "user", "content": "x"}], "n": -Infinity}']  # fmt: skip
TRICKS = ["../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%00", "a" * 5_000, "<script>", "\u202e/x"]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("tokens") / "tokens"


@pytest.fixture(scope="module")
def secrets(file):
    """A token of every scope, and one that allows only the figures."""
    every = add_token(file, "every", ["search", "ask", "read", "metrics"])
    return {"every": every, "figures": add_token(file, "figures", [METRICS])}


@pytest.fixture(scope="module")
def url(seed_index, file, secrets):
    app = build_programs(parts(seed_index, scripted=Scripted()), Tokens(file))
    with running(app) as url:
        yield url


@pytest.fixture(scope="module")
def routes(url, secrets):
    """Every method and path, with something in the place of its parameters; and MCP."""
    headers = {"authorization": f"Bearer {secrets['every']}"}
    described = httpx.get(f"{url}/api/openapi.json", headers=headers).json()["paths"]
    found = [
        (method.upper(), path.replace("{doc_id}", "x").replace("{name}", "x"))
        for path, methods in described.items()
        for method in methods
    ]
    assert len(found) == 15
    return [*found, ("POST", "/mcp")]


@pytest.fixture
def client(url, secrets):
    headers = {"authorization": f"Bearer {secrets['every']}"}
    with httpx.Client(base_url=url, headers=headers, timeout=30) as client:
        yield client
        answer = client.post("/api/ask", json={"question": "one"})
        assert answer.json()["text"] == "one"
        assert client.get("/readyz").status_code == 200


def told(response):
    """What a refusal says, checked for what it must not."""
    for inside in ("Traceback", "site-packages", "/etc/passwd", "root:"):
        assert inside not in response.text
    return response.status_code


def test_no_route_answers_without_a_token(client, routes, url):
    for method, path in routes:
        wanted = 200 if path in OPEN else 401
        assert told(httpx.request(method, url + path)) == wanted, path
        wrong = {"authorization": "Bearer letters-guessed"}
        assert told(httpx.request(method, url + path, headers=wrong)) == wanted, path


def test_no_route_answers_a_token_of_another_scope(client, routes, url, secrets):
    headers = {"authorization": f"Bearer {secrets['figures']}"}
    for method, path in routes:
        if needed(path) not in (None, METRICS):
            assert told(httpx.request(method, url + path, headers=headers)) == 403, path


def test_no_route_takes_a_body_that_is_too_large(client, routes):
    large = b"x" * (MAX_BODY_BYTES + 1)
    for method, path in routes:
        assert told(client.request(method, path, content=large)) == 413, path


def test_wrong_types_are_the_callers_mistake(client, routes):
    headers = {"content-type": "application/json"}
    for path in (path for method, path in routes if method == "POST"):
        for body in WRONG:
            sent = body.encode("utf-8", "surrogatepass")
            status = told(client.post(path, content=sent, headers=headers))
            assert status in (400, 404, 406, 415, 422), (path, body[:60])


def test_sixty_wrong_requests_of_every_route_are_no_fault_of_ours(client):
    """Every sixth of them here; ``python -m tests.wrong_requests INDEX`` sends all."""
    outcomes, bad = asked(client, of_programs(client), every=6)
    assert bad == []
    assert outcomes.total() > 200
    assert len(list(wrong("GET"))) >= 60


def test_wrong_requests_of_every_route_of_the_page_are_no_fault_of_ours(tmp_path):
    """Every fourth of them here."""
    app = page(tmp_path)
    client = TestClient(app, "http://127.0.0.1", raise_server_exceptions=False)
    outcomes, bad = asked(client, found := page_routes(app), every=4)
    assert bad == []
    assert outcomes.total() > 500
    assert {"/page/ask", "/feedback", "/conversations/restore"} <= {path for _, path in found}


def test_numbers_that_json_cannot_tell_are_refused_by_the_page(tmp_path):
    app, typed = page(tmp_path), {"content-type": "application/json"}
    client = TestClient(app, "http://127.0.0.1", raise_server_exceptions=False)
    for path in (path for method, path in page_routes(app) if method == "POST"):
        for body in (b'{"question": 1e999}', '{"ids": Infinity}'.encode("utf-16")):
            answer = client.post(path, content=body, headers=typed)
            assert answer.status_code in (400, 404, 422), (path, body)
            if answer.status_code == 400:
                assert answer.headers["content-type"] == MEDIA_TYPE, path


def test_wrong_values_in_an_address_are_named(client):
    for query, said in (
        ("from=soon", "from 'soon' is no date"), ("to=2021-13", "to '2021-13' is no date"),
        ("kind=poem", "'poem' is no kind"), ("issuer=x", "'x' is no issuer"),
        ("authority=Atlantis", "'Atlantis' is no English local"),
        ("from=2022&to=2021", "from 2022 is later than to 2021"),
    ):  # fmt: skip
        response = client.get(f"/api/documents?{query}")
        assert told(response) == 422
        assert said in response.json()["detail"]


def test_tricks_with_the_path_lead_nowhere(client, routes):
    for method, path in routes:
        for trick in TRICKS:
            status = told(client.request(method, f"{path}/{quote(trick, safe='%/.')}"))
            assert 400 <= status < 500, (path, trick[:40])


@pytest.mark.parametrize("leaving", ["within the body", "before the answer", "within the answer"])
def test_callers_who_leave_are_forgotten(client, routes, url, secrets, leaving):
    port = int(url.rsplit(":", 1)[1])
    asked = (
        b'{"question": "wait", "stream": true, "messages": [{"role": "user", "content": "wait"}]}'
    )
    length = len(asked) + 50 * (leaving == "within the body")
    for method, path in routes:
        head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        head += f"Authorization: Bearer {secrets['every']}\r\nContent-Length: {length}\r\n\r\n"
        caller = socket.create_connection(("127.0.0.1", port))
        caller.sendall(head.encode() + asked)
        if leaving == "within the answer":
            caller.recv(20)
        # Off without a word: the connection is reset, not closed.
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        caller.close()


def test_a_health_check_may_ask_for_the_head_alone(client):
    for path in OPEN:
        answer = client.head(path)
        assert (answer.status_code, answer.content) == (200, b"")


def test_parameters_that_would_be_ignored_are_refused(client):
    doc_id = client.get("/api/documents").json()[0]["doc_id"]
    read = ("documents", f"documents/{doc_id}", "inspections", "timeline", "changes", "brief")
    for path in (*read, "search", "ask", "compare"):
        ask = client.get if path in read else client.post
        answer = ask(f"/api/{path}", params={"authoritee": "Leeds"})
        assert answer.status_code == 422
        assert "no parameter 'authoritee'" in answer.json()["detail"]


def test_null_is_as_good_as_nothing(client):
    body = {"question": "one", "k": None, "filters": None, "history": None, "stream": None}
    assert client.post("/api/ask", json=body).json()["text"] == "one"
    body = {"question": "x", "filters": {"authority": "Stockton", "kind": None}, "k": None}
    assert client.post("/api/search", json=body).status_code == 200


def test_a_file_of_tokens_that_is_gone_lets_nobody_in_and_is_said(seed_index, tmp_path):
    file = tmp_path / "tokens"
    secret = add_token(file, "x", ["search", "ask", "read", "metrics"])
    app = build_programs(parts(seed_index, scripted=Scripted()), Tokens(file))
    with running(app) as url:
        file.unlink()
        headers = {"authorization": f"Bearer {secret}"}
        for path in ("/api/documents", "/v1/models", "/metrics"):
            answer = httpx.get(f"{url}{path}", headers=headers)
            assert answer.status_code == 503
            assert answer.headers["content-type"] == "application/problem+json"
        assert httpx.get(f"{url}/healthz").status_code == 200
