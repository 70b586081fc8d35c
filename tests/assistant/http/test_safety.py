"""What comes in wrong: the right status, nothing told that is not the caller's, healthy after."""

import asyncio
import json
import logging
import socket
import threading
import time
from dataclasses import replace

import httpx
import pytest

from assistant.auth.rate_limit import RateLimit
from assistant.errors import TooBusyError
from assistant.http.body_limit import MAX_BODY_BYTES, BodyLimit
from assistant.service.audit import Audit
from assistant.service.limiter import Limiter
from assistant.service.queue import Turns
from assistant.types import Answer, Status
from assistant.web.app import build_programs
from index.types import Query, Results
from tests.programs import Scripted, parts, running


@pytest.fixture(scope="module")
def scripted():
    return Scripted()


@pytest.fixture(scope="module")
def url(seed_index, scripted):
    with running(build_programs(parts(seed_index, scripted=scripted))) as url:
        yield url


@pytest.fixture
def http(url):
    with httpx.Client(base_url=url, timeout=20) as client:
        yield client
        assert client.get("/healthz").status_code == 200
        answered = client.post("/api/ask", json={"question": "one"}).json()
        assert answered["text"] == "one"


def problem(response, status):
    """The detail of a problem, checked for its form and for what it must not tell."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert (body["type"], body["status"]) == ("about:blank", status)
    assert "Traceback" not in response.text
    assert "site-packages" not in response.text
    return body["detail"]


QUESTION = {"question": "x"}
AS_JSON = {"content-type": "application/json"}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "question: Field required"),
        ({"question": 5}, "question: Input should be a valid string"),
        ({"question": None}, "question: Input should be a valid string"),
        ({"question": ["x"]}, "question: Input should be a valid string"),
        ([], "body: Input should be a valid dictionary"),
        ("x", "body: Input should be a valid dictionary"),
        ({**QUESTION, "k": 0}, "k: Input should be greater than or equal to 1"),
        ({**QUESTION, "k": 101}, "k: Input should be less than or equal to 100"),
        ({**QUESTION, "k": "5"}, "k: Input should be a valid integer"),
        ({**QUESTION, "k": True}, "k: Input should be a valid integer"),
        ({**QUESTION, "k": 10**400}, "k: "),
        ({**QUESTION, "top_n": 5}, "top_n: Extra inputs are not permitted"),
        ({**QUESTION, "filters": []}, "filters: Input should be a valid dictionary"),
        ({**QUESTION, "filters": {"colour": "red"}}, "filters.colour: Extra inputs"),
        ({**QUESTION, "filters": {"authority": "Atlantis"}}, "'Atlantis' is no English local"),
        ({**QUESTION, "filters": {"kind": "poem"}}, "'poem' is no kind: choose from"),
        ({**QUESTION, "filters": {"issuer": 3}}, "filters.issuer"),
        ({**QUESTION, "filters": {"from": "soon"}}, "from 'soon' is no date"),
        ({**QUESTION, "filters": {"from": "2022", "to": "2021"}}, "from 2022 is later than to"),
    ],
)
@pytest.mark.parametrize("path", ["/api/search", "/api/ask"])
def test_wrong_values_are_named(http, path, body, said):
    text = json.dumps(body)
    response = http.post(path, content=text, headers=AS_JSON)
    assert said in problem(response, 422)


def test_half_a_character_is_no_question(http):
    def said(path, **body):
        response = http.post(path, content=json.dumps(body), headers=AS_JSON)
        assert response.status_code == 200, response.text
        return response.json()

    half = "\ud800"
    assert said("/api/search", question=half)["question"] == half
    assert said("/api/ask", question=half, model="extractive")["status"] == "invalid"
    messages = [{"role": "user", "content": half}]
    chatted = said("/v1/chat/completions", messages=messages, model="extractive")
    assert chatted["answer"]["status"] == "invalid"


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b"", b'{"question": NaN}', b"[" * 99_999])
def test_what_is_no_json_is_refused(http, content):
    headers = {"content-type": "application/json"}
    response = http.post("/api/ask", content=content, headers=headers)
    assert response.status_code in (400, 422)
    problem(response, response.status_code)


@pytest.mark.parametrize(
    "history",
    ["x", [5], [{"role": "system", "content": "x"}], [{"role": "user"}],
     [{"role": "assistant", "content": "x", "citations": [{"quote": "x"}]}]],
)  # fmt: skip
def test_a_history_must_be_one(http, history):
    assert "history" in problem(http.post("/api/ask", json={**QUESTION, "history": history}), 422)


@pytest.mark.parametrize(
    "path",
    [
        "/api/documents/0000000000000000",
        "/api/documents/..%2f..%2fetc%2fpasswd",
        "/api/documents/%00",
        "/api/documents/..",
        "/api/documents//etc/passwd",
        "/api/documents/000_715c783cab904e8f.txt",
        "/api/nothing",
        "/v1/nothing",
        "/api/%2e%2e/%2e%2e/etc/passwd",
        "/api/documents/\u202e",
    ],
)
def test_unknown_things_and_path_tricks_are_not_found(http, path):
    response = http.get(path)
    assert "root:" not in response.text
    problem(response, 404)


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ({"start": 5, "end": 5}, 404),
        ({"start": 9, "end": 5}, 404),
        ({"start": 0, "end": 10**8}, 404),
        ({"start": -1}, 422),
        ({"start": "x"}, 422),
        ({"end": 10**30}, 422),
    ],
)
def test_a_span_must_lie_in_the_text(http, place, status):
    doc_id = http.get("/api/documents").json()[0]["doc_id"]
    problem(http.get(f"/api/documents/{doc_id}", params=place), status)


def test_other_methods_are_refused(http):
    problem(http.get("/api/search"), 405)
    problem(http.delete("/api/documents"), 405)
    problem(http.put("/v1/chat/completions"), 405)


def test_large_bodies_are_refused_announced_or_not(http):
    large = b"x" * (MAX_BODY_BYTES + 1)
    problem(http.post("/api/ask", content=large), 413)
    problem(http.post("/api/ask", content=iter([large[:600_000], large[:600_000]])), 413)


def test_a_question_too_long_is_shortened_and_says_so(http):
    body = {"question": "connected carers " * 5_000, "model": "extractive"}
    assert any("shortened" in note for note in http.post("/api/ask", json=body).json()["notes"])


def test_an_unknown_model_is_not_found(http):
    assert "only scripted, extractive" in problem(
        http.post("/api/ask", json={**QUESTION, "model": "gpt-9"}), 404
    )


def test_failures_are_told_without_what_is_inside(http, caplog):
    caplog.set_level(logging.CRITICAL)
    assert "The model gave up" in problem(http.post("/api/ask", json={"question": "fail"}), 502)
    for stream in (False, True):
        body = {"question": "crash", "stream": stream}
        assert "secret" not in problem(http.post("/api/ask", json=body), 500)
    body = {"question": "one|two|fail", "stream": True}
    last = http.post("/api/ask", json=body).text.strip().split("\n\n")[-1]
    assert last.startswith('event: error\ndata: {"status": 502, "detail": "The model gave up')


def test_a_stream_that_the_caller_leaves_is_stopped(http, scripted):
    scripted.closed.clear()
    body = {"question": "wait", "stream": True}
    with http.stream("POST", "/api/ask", json=body) as response:
        assert next(response.iter_lines()) == "event: partial"
    assert scripted.closed.wait(5)


def test_other_hosts_and_other_sites_are_refused(http):
    assert http.get("/api/documents", headers={"host": "evil.example"}).status_code == 400
    foreign = {"sec-fetch-site": "cross-site"}
    problem(http.post("/api/ask", json=QUESTION, headers=foreign), 403)


def test_a_caller_who_sends_half_and_stays_holds_up_nobody(url, http):
    with socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1]))) as slow:
        slow.sendall(b"POST /api/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 99\r\n\r\n{")
        assert http.post("/api/ask", json={"question": "two"}).json()["text"] == "two"


def test_a_body_that_comes_too_slowly_is_given_up():
    async def never(scope, receive, send):
        raise AssertionError("must not be reached")

    async def body():
        yield b"{"
        await asyncio.sleep(5)

    async def run():
        transport = httpx.ASGITransport(BodyLimit(never, patience_s=0.1))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.post("/api/ask", content=body())

    problem(asyncio.run(run()), 408)


def test_questions_are_limited_by_the_minute(seed_index):
    app = build_programs(parts(seed_index, RateLimit(2), scripted=Scripted()))
    with running(app) as url, httpx.Client(base_url=url) as client:
        asked = [client.post("/api/ask", json=QUESTION) for _ in range(3)]
        assert [one.status_code for one in asked] == [200, 200, 429]
        assert asked[2].headers["retry-after"] == "60"
        problem(client.post("/api/search", json=QUESTION), 429)
        message = {"messages": [{"role": "user", "content": "x"}]}
        chat = client.post("/v1/chat/completions", json=message)
        assert "Wait a minute" in chat.json()["error"]["message"]
        assert client.get("/api/documents").status_code == 200


def test_more_than_can_wait_are_told_to_come_back():
    async def run():
        gate, limiter = threading.Event(), Limiter(at_once=1, waiting=1)
        held = [asyncio.create_task(limiter.run(gate.wait)) for _ in range(2)]
        await asyncio.sleep(0.05)
        with pytest.raises(TooBusyError):
            await limiter.run(lambda: None)
        gate.set()
        assert await asyncio.gather(*held) == [True, True]
        assert await limiter.run(lambda: "again") == "again"

    asyncio.run(run())


def test_the_audit_line_holds_no_question(http, caplog):
    caplog.set_level(logging.INFO, "assistant.audit")
    http.post("/api/ask", json={"question": "zebra"})
    assert caplog.messages[-1].startswith("asked who='127.0.0.1' status=answered cited=0 ms=")
    assert "zebra" not in caplog.text


def test_the_audit_line_holds_the_question_where_that_is_asked_for(seed_index, caplog):
    caplog.set_level(logging.INFO, "assistant.audit")
    app = build_programs(replace(parts(seed_index, scripted=Scripted()), audit=Audit(text=True)))
    with running(app) as url, httpx.Client(base_url=url, timeout=20) as client:
        for path in ("ask", "search"):
            client.post(f"/api/{path}", json={"question": "fail" if path == "ask" else "zebra"})
    failed, searched = caplog.messages[-2:]
    assert "status=failed" in failed
    assert failed.endswith("question='fail'")
    assert "status=searched" in searched
    assert searched.endswith("question='zebra'")


def mcp_call(tool):
    return {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "tools/call",
        "params": {"name": tool, "arguments": {"question": "left"}},
    }


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/api/ask", {"question": "left"}),
        ("/api/search", {"question": "left"}),
        ("/mcp", mcp_call("ask")),
        ("/mcp", mcp_call("search")),
    ],
)
def test_a_caller_who_leaves_gives_up_their_place_in_the_line(seed_index, path, body):
    turns, worked_on = Turns(1), []

    class InTurn:
        def answer(self, ask):
            with turns.turn(ask):
                worked_on.append(ask.question)
                return Answer(ask.question, Status.ANSWERED, "done")

        def search(self, question, k, filters):
            worked_on.append(question)
            return Results(Query(question, question, question), ())

    given = parts(seed_index, scripted=InTurn())
    app = build_programs(replace(given, retriever=InTurn(), turns=turns))
    accepts = {"Accept": "application/json, text/event-stream"} if path == "/mcp" else {}
    with running(app) as url:
        with turns.turn("another"):
            with pytest.raises(httpx.ReadTimeout):
                httpx.post(f"{url}{path}", json=body, headers=accepts, timeout=1)
            until = time.monotonic() + 10
            while turns.waiting and time.monotonic() < until:
                time.sleep(0.01)
            assert turns.waiting == 0
        httpx.post(f"{url}/api/ask", json={"question": "stayed"}, timeout=20)
    assert worked_on == ["stayed"]
