"""Inspections and their views are one object on the command line, over HTTP, MCP and in Python."""

import asyncio

import httpx
import pytest
from mcp import Client

from assistant.facts.edges import open_corpus, view_of
from assistant.web.app import build_programs
from index import Index
from index.inspections import inspection_record
from tests.programs import parts, running

pytestmark = pytest.mark.slow
VIEWS = {
    "timeline": ({"authority": "Stockton"}, ["Stockton"]),
    "changes": ({"authority": "Stockton"}, ["Stockton"]),
    "compare": ({"authorities": ["Stoke", "Middlesbrough"]}, ["Stoke", "Middlesbrough"]),
    "brief": ({"name": "Stoke"}, ["Stoke"]),
}


@pytest.fixture(scope="module")
def url(seed_index):
    with running(build_programs(parts(seed_index))) as url:
        yield url


def by_http(url, name, wanted):
    with httpx.Client(base_url=url, timeout=60) as client:
        if name == "compare":
            return client.post(f"/api/{name}", json=wanted).json()
        return client.get(f"/api/{name}", params=wanted).json()


def by_mcp(url, name, wanted):
    async def called():
        async with Client(f"{url}/mcp") as client:
            return (await client.call_tool(name, wanted)).structured_content

    return asyncio.run(called())


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_is_the_same_object_everywhere(name, url, run, seed_index):
    wanted, arguments = VIEWS[name]
    said = run(name, *arguments, "--json", "--index", seed_index).json
    with Index.open(seed_index) as letters:
        view = view_of(name, open_corpus(letters.collection), **wanted)
        assert dict(view.record()) == said
    assert by_http(url, name, wanted) == said
    assert by_mcp(url, name, wanted) == said


def test_the_list_is_the_same_everywhere(url, run, seed_index):
    said = run("inspections", "--json", "--index", seed_index).json
    with Index.open(seed_index) as letters:
        assert [inspection_record(one) for one in letters.inspections()] == said
    assert by_http(url, "inspections", {}) == said
    assert by_mcp(url, "list_inspections", {})["inspections"] == said


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        (["timeline", "Leeds"], 1, "no inspection of Leeds is held or recalled"),
        (["timeline", "Nowhere"], 2, "no English local authority"),
        (["changes", "Stoke"], 1, "two are needed"),
        (["changes", "Stockton", "--from", "x"], 1, "'assistant inspections' lists the ids"),
        (["compare", "Stoke"], 2, "takes 2 to 12 authorities"),
        (["brief", "nothing"], 1, "no document 'nothing' is held"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(command, code, said, run, seed_index):
    ran = run(*command, "--index", seed_index)
    assert ran.code == code
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
