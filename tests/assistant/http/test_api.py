import json
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from assistant.schema import answer_record, hit_record
from assistant.types import Ask
from assistant.web.app import build_programs
from index import Index
from tests.programs import QUESTIONS, Scripted, opened, parts, running, without_time


@pytest.fixture(scope="module")
def http(seed_index):
    with (
        running(build_programs(parts(seed_index, scripted=Scripted()))) as url,
        httpx.Client(base_url=url, timeout=60) as client,
    ):
        yield client


def test_python_gives_the_same_hits(http, seed_index):
    with Index.open(seed_index) as letters:
        hits = [hit_record(hit) for hit in letters.search(QUESTIONS[0], 5, authority="Stockton")]
    body = {"question": QUESTIONS[0], "k": 5, "filters": {"authority": ["Stockton-on-Tees"]}}
    assert http.post("/api/search", json=body).json()["hits"] == hits


def test_documents_and_spans_are_what_the_command_line_shows(http, run, seed_index):
    held = http.get("/api/documents").json()
    assert held == run("documents", "--json", "--index", seed_index).json
    narrowed = http.get("/api/documents", params={"authority": "Stoke", "from": "2023"}).json()
    assert [one["authority"] for one in narrowed] == ["Stoke-on-Trent"]
    doc_id = narrowed[0]["doc_id"]
    for given in ({}, {"start": 10060, "end": 10123}):
        options = [part for name, value in given.items() for part in (f"--{name}", value)]
        shown = run("show", doc_id, "--json", "--index", seed_index, *options).json
        assert http.get(f"/api/documents/{doc_id}", params=given).json() == shown


def test_every_citation_can_be_read_at_its_place(http):
    answer = http.post("/api/ask", json={"question": QUESTIONS[0], "model": "extractive"}).json()
    assert answer["citations"]
    for cited in answer["citations"]:
        place = {"start": cited["start"], "end": cited["end"]}
        text = http.get(f"/api/documents/{cited['doc_id']}", params=place).json()["text"]
        assert text == cited["quote"]


def events(response):
    """(event, data) of a stream of events."""
    for block in response.text.strip().split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.split("\n"))
        yield lines.get("event"), json.loads(lines["data"])


@pytest.mark.parametrize("how", ["accept", "body"])
def test_an_answer_can_come_as_events(http, how):
    body = {"question": "one|one two", "stream": how == "body"}
    headers = {"accept": "text/event-stream"} if how == "accept" else {}
    response = http.post("/api/ask", json=body, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    found = list(events(response))
    assert [(name, data["text"]) for name, data in found] == [
        ("partial", "one"),
        ("answer", "one two"),
    ]
    plain = http.post("/api/ask", json={"question": "one|one two"}).json()
    assert without_time(found[-1][1]) == without_time(plain)


def test_the_extractive_answer_comes_as_one_event(http, seed_index):
    body = {"question": QUESTIONS[1], "model": "extractive", "stream": True}
    ((name, data),) = events(http.post("/api/ask", json=body))
    expected = answer_record(opened(seed_index).extractive.answer(Ask(QUESTIONS[1])))
    assert (name, without_time(data)) == ("answer", without_time(expected))


def test_earlier_turns_are_understood(http):
    first = http.post("/api/ask", json={"question": QUESTIONS[1], "model": "extractive"}).json()
    history = [
        {"role": "user", "content": QUESTIONS[1]},
        {"role": "assistant", "content": first["text"], "citations": first["citations"]},
    ]
    body = {"question": "And in Middlesbrough?", "history": history, "model": "extractive"}
    answer = http.post("/api/ask", json=body).json()
    assert "caseloads" in answer["standalone"]
    assert answer["query"]["authorities"] == ["Middlesbrough"]


def test_many_readers_at_once_get_what_one_gets(http):
    bodies = [{"question": question, "k": 4} for question in QUESTIONS[:8]]
    alone = [http.post("/api/search", json=body).json() for body in bodies]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda b: http.post("/api/search", json=b).json(), bodies * 3))
    assert together == alone * 3


def test_figures_hold_counts_and_no_question(http):
    http.post("/api/ask", json={"question": "zebra crossings", "model": "extractive"})
    http.get("/api/no-such-thing/zebra")
    text = http.get("/metrics").text
    assert "zebra" not in text
    families = {one.name: one.samples for one in text_string_to_metric_families(text)}
    documents = [s.value for s in families["assistant_documents"]]
    routes = {s.labels["route"] for s in families["assistant_requests"]}
    assert documents == [5]
    assert {"/api/ask", "other"} <= routes
    assert not any("no-such-thing" in route for route in routes)


def test_health_and_the_description_of_the_interface(http):
    assert http.get("/healthz").json() == {"status": "ok"}
    assert http.get("/readyz").json() == {"status": "ok"}
    described = http.get("/api/openapi.json").json()
    assert sorted(described["paths"]) == [
        "/api/ask", "/api/brief", "/api/changes", "/api/compare", "/api/documents",
        "/api/documents/{doc_id}", "/api/inspections", "/api/search", "/api/timeline", "/healthz",
        "/metrics", "/readyz", "/v1/chat/completions", "/v1/models", "/v1/models/{name}",
    ]  # fmt: skip
    cited = described["components"]["schemas"]["Cited"]["required"]
    assert cited == [
        "number", "doc_id", "source", "title", "issuer", "kind", "authority", "published",
        "dated", "visit_start", "visit_end", "url", "page", "paragraph", "heading", "start",
        "end", "quote",
    ]  # fmt: skip
