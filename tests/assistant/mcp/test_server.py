"""The official MCP client, over a real connection and over stdio."""

import asyncio
import logging
import sys
from contextlib import asynccontextmanager

import httpx
import httpx2
import pytest
from mcp import Client, MCPError, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.client.streamable_http import streamable_http_client

from assistant.auth.rate_limit import RateLimit
from assistant.auth.tokens import Tokens, add_token
from assistant.mcp.server import build_server
from assistant.service.programs import ProgramParts, Service
from assistant.service.replies import AnswerResult, SearchResult
from assistant.web.app import build_pages, build_programs
from assistant.web.parts import WebParts
from tests.programs import QUESTIONS, Scripted, parts, running, without_time
from tests.web_fakes import FakeAnswerer, identity, seed_store


@pytest.fixture(scope="module")
def url(seed_index):
    with running(build_programs(parts(seed_index))) as url:
        yield url


def with_client(server, work, **how):
    async def run():
        async with Client(server, **how) as client:
            return await work(client)

    return asyncio.run(run())


def called(server, name, arguments, **how):
    async def work(client):
        return await client.call_tool(name, arguments)

    return with_client(server, work, **how)


@pytest.mark.parametrize("build", ["server", "programs", "pages"])
def test_no_server_logs_through_what_imports_while_it_logs(build, monkeypatch):
    """A process without a free descriptor cannot import, and would end when it logs so."""
    monkeypatch.setattr(logging.root, "handlers", [])
    store = seed_store()
    served = ProgramParts(store, None, {"extractive": FakeAnswerer(store)})
    if build == "server":
        build_server(Service(served), None)
    elif build == "programs":
        build_programs(served)
    else:
        build_pages(WebParts(FakeAnswerer(store), store), programs=served)
    assert [type(one) for one in logging.root.handlers] == [logging.StreamHandler]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_tools_are_typed_and_only_read(url, mode):
    async def work(client):
        return (await client.list_tools()).tools

    tools = {tool.name: tool for tool in with_client(f"{url}/mcp", work, mode=mode)}
    assert sorted(tools) == sorted(
        (
            *("ask", "brief", "changes", "compare", "list_documents", "list_inspections"),
            *("read_span", "search", "timeline"),
        )
    )
    assert all(tool.annotations.read_only_hint for tool in tools.values())
    assert tools["ask"].output_schema["required"] == AnswerResult.model_json_schema()["required"]
    assert tools["search"].output_schema["required"] == ["question", "query", "hits"]
    assert tools["search"].input_schema["required"] == ["question"]
    assert "ctx" not in tools["search"].input_schema["properties"]


def test_hits_and_spans_lead_to_the_same_text(url):
    arguments = {"question": QUESTIONS[0], "k": 2, "authority": ["Stockton"], "from_date": "2021"}
    found = called(f"{url}/mcp", "search", arguments).structured_content
    hits = SearchResult.model_validate(found).hits
    assert [hit.rank for hit in hits] == [1, 2]
    for hit in hits:
        place = {"doc_id": hit.doc_id, "start": hit.start, "end": hit.end}
        assert called(f"{url}/mcp", "read_span", place).structured_content["text"] == hit.text


def test_the_documents_are_those_of_the_http_interface(url):
    held = called(f"{url}/mcp", "list_documents", {}).structured_content["documents"]
    assert held == httpx.get(f"{url}/api/documents").json()
    ofsted = called(f"{url}/mcp", "list_documents", {"issuer": ["ofsted"]}).structured_content
    assert {one["issuer"] for one in ofsted["documents"]} == {"ofsted"}
    assert len(ofsted["documents"]) == 3


def test_every_letter_is_a_resource(url):
    async def work(client):
        listed = (await client.list_resources()).resources
        return listed, [(await client.read_resource(str(one.uri))).contents[0] for one in listed]

    listed, contents = with_client(f"{url}/mcp", work)
    for resource, content in zip(listed, contents, strict=True):
        doc_id = str(resource.uri).removeprefix("letter://")
        assert content.text == httpx.get(f"{url}/api/documents/{doc_id}").json()["text"]
    assert [one.name[:3] for one in listed] == ["000", "001", "002", "003", "004"]
    assert listed[3].description.startswith("Stoke-on-Trent · focused visit letter · 8 November")


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("read_span", {"doc_id": "0" * 16}, "no document"),
        ("read_span", {"doc_id": "../../etc/passwd"}, "no document"),
        ("search", {"question": "x", "authority": ["Atlantis"]}, "no English local authority"),
        ("search", {"question": "x", "from_date": "soon"}, "is no date"),
        ("search", {"question": 5}, "question"),
        ("search", {}, "question"),
        ("search", {"question": "x", "k": 1000}, "k"),
        ("ask", {"question": "x", "history": [{"role": "robot", "content": "x"}]}, "history"),
        ("fly", {}, "fly"),
    ],
)
def test_what_cannot_be_done_is_an_error_with_a_reason(url, name, arguments, said):
    try:
        result = called(f"{url}/mcp", name, arguments)
    except MCPError as error:
        text = str(error)
    else:
        assert result.is_error
        text = result.content[0].text
    assert said in text
    assert "Traceback" not in text
    assert httpx.get(f"{url}/readyz").status_code == 200


def test_an_unknown_resource_is_an_error(url):
    async def work(client):
        with pytest.raises(MCPError, match="no document '0000' is held"):
            await client.read_resource("letter://0000")
        return (await client.list_resources()).resources

    assert len(with_client(f"{url}/mcp", work)) == 5


def test_what_is_no_mcp_is_refused(url):
    for how in ({"content": b"{"}, {"json": []}, {"json": {"jsonrpc": "1.0"}}):
        response = httpx.post(f"{url}/mcp", **how, headers={"accept": "application/json"})
        assert response.status_code in (400, 406, 415)
    large = httpx.post(f"{url}/mcp", content=b"x" * 1_100_000)
    assert large.status_code == 413


def test_a_failure_is_told_without_what_is_inside(seed_index):
    with running(build_programs(parts(seed_index, scripted=Scripted()))) as url:
        result = called(f"{url}/mcp", "ask", {"question": "crash"})
    assert result.is_error
    assert "secret" not in result.content[0].text


@asynccontextmanager
async def sending(url, token):
    headers = {"authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=headers) as http,
        Client(streamable_http_client(url, http_client=http)) as client,
    ):
        yield client


def test_a_token_opens_the_tools_of_its_scopes(seed_index, tmp_path):
    file = tmp_path / "tokens"
    token = add_token(file, "a", ["search"])

    async def work(url):
        async with sending(url, token) as client:
            found = await client.call_tool("search", {"question": "connected carers", "k": 1})
            refused = []
            for call in (
                lambda: client.call_tool("ask", {"question": "x"}),
                lambda: client.call_tool("list_documents", {}),
                lambda: client.call_tool("read_span", {"doc_id": "x"}),
                client.list_resources,
                lambda: client.read_resource("letter://x"),
            ):
                with pytest.raises(MCPError, match="does not allow"):
                    await call()
                refused.append(call)
            return found.structured_content["hits"], len(refused)

    with running(build_programs(parts(seed_index), Tokens(file))) as url:
        hits, refused = asyncio.run(work(f"{url}/mcp"))
        assert httpx.post(f"{url}/mcp", json={}).status_code == 401
    assert (hits[0]["rank"], refused) == (1, 5)


def test_the_limit_of_the_page_holds_here_too(seed_index):
    limited = parts(seed_index, RateLimit(1), scripted=Scripted())
    page = WebParts(limited.answerers["extractive"], limited.collection)
    with running(build_pages(page, programs=limited)) as url:
        first = called(f"{url}/mcp", "ask", {"question": "x"})
        second = called(f"{url}/mcp", "ask", {"question": "x"})
    assert first.structured_content["text"] == "x"
    assert second.is_error
    assert "Wait a minute" in second.content[0].text


@pytest.mark.slow
def test_it_speaks_over_stdio(url, seed_index):
    command = ["-m", "assistant.cli", "mcp", "--index", str(seed_index)]
    server = stdio_client(StdioServerParameters(command=sys.executable, args=command))
    answer = called(server, "ask", {"question": QUESTIONS[1]}).structured_content
    expected = httpx.post(f"{url}/api/ask", json={"question": QUESTIONS[1]}, timeout=60).json()
    assert without_time(answer) == without_time(expected)


def test_the_letters_listed_are_those_held_at_that_moment():
    class Growing:
        held = [identity("a" * 16, "a.txt")]  # noqa: RUF012

        def identities(self):
            return self.held

    store = Growing()
    server = build_server(Service(ProgramParts(store, None, {"extractive": None})), None)
    store.held = [*store.held, identity("b" * 16, "b.txt")]
    assert [one.name for one in asyncio.run(server.list_resources())] == ["a.txt", "b.txt"]


def test_an_argument_that_would_be_ignored_is_refused_by_name(url):
    async def work(client):
        with pytest.raises(MCPError, match="no argument 'top_n', only authority, from_date"):
            await client.call_tool("search", {"question": "x", "top_n": 1})

    with_client(f"{url}/mcp", work)


def test_one_name_stands_for_a_list_and_null_for_none(url):
    given = {"question": QUESTIONS[0], "authority": "Stockton", "kind": None, "k": None}
    found = called(f"{url}/mcp", "search", given).structured_content["hits"]
    assert {hit["authority"] for hit in found} == {"Stockton-on-Tees"}
    listed = called(f"{url}/mcp", "list_documents", {"authority": "Middlesbrough", "issuer": None})
    assert len(listed.structured_content["documents"]) == 1
