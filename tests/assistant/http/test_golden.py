"""The same question gives the same object, whichever way it is asked."""

import asyncio
import json

import httpx
import openai
import pytest
from mcp import Client

from assistant.schema import answer_record, results_record
from assistant.service.question_json import ask_from
from assistant.types import Ask
from assistant.web.app import build_programs
from tests.programs import FILTERED, QUESTIONS, opened, parts, running, without_time

pytestmark = pytest.mark.slow
LINES = [{"question": question} for question in QUESTIONS]
LINES.append({"question": QUESTIONS[0], "filters": FILTERED, "k": 3})


@pytest.fixture(scope="module")
def url(seed_index):
    with running(build_programs(parts(seed_index))) as url:
        yield url


@pytest.fixture(scope="module")
def batch(tmp_path_factory):
    path = tmp_path_factory.mktemp("batch") / "questions.jsonl"
    lines = [json.dumps({"id": n, **line}) + "\n" for n, line in enumerate(LINES)]
    path.write_text("".join(lines), "utf-8")
    return path


_said = {}


@pytest.fixture
def by_command_line(run, seed_index, batch):
    """What the command line says to every line, by command; asked once."""

    def said(command):
        if command not in _said:
            ran = run(command, "--batch", batch, "--index", seed_index)
            _said[command] = [without(answer, "id") for answer in ran.lines]
        return [without_time(answer) for answer in _said[command]]

    return said


def without(record, name):
    return {key: value for key, value in record.items() if key != name}


def as_arguments(line):
    """A line of a batch as the arguments of an MCP tool."""
    filters = {"from_date" if name == "from" else name: value
               for name, value in line.get("filters", {}).items()}  # fmt: skip
    if isinstance(filters.get("authority"), str):
        filters["authority"] = [filters["authority"]]
    return {**without(line, "filters"), **filters}


@pytest.mark.parametrize("command", ["search", "ask"])
def test_http_says_what_the_command_line_says(url, by_command_line, command):
    with httpx.Client(base_url=url, timeout=60) as client:
        said = [client.post(f"/api/{command}", json=line).json() for line in LINES]
    assert [without_time(answer) for answer in said] == by_command_line(command)


@pytest.mark.parametrize("command", ["search", "ask"])
def test_mcp_says_what_the_command_line_says(url, by_command_line, command):
    async def called():
        async with Client(f"{url}/mcp") as client:
            results = [await client.call_tool(command, as_arguments(line)) for line in LINES]
        return [without_time(result.structured_content) for result in results]

    assert asyncio.run(called()) == by_command_line(command)


def test_openais_client_gets_what_the_command_line_says(url, by_command_line):
    with openai.OpenAI(base_url=f"{url}/v1", api_key="none") as client:
        said = [
            client.chat.completions.create(
                model="extractive", messages=[{"role": "user", "content": question}]
            ).model_extra["answer"]
            for question in QUESTIONS
        ]
    assert [without_time(answer) for answer in said] == by_command_line("ask")[: len(QUESTIONS)]


def test_python_gives_what_the_command_line_says(seed_index, by_command_line):
    made = opened(seed_index)
    asks = [ask_from(line, Ask("")) for line in LINES]
    found = [results_record(made.retriever.search(a.question, a.k, a.filters)) for a in asks]
    assert found == by_command_line("search")
    answers = [answer_record(made.answerer.answer(ask)) for ask in asks]
    assert [without_time(answer) for answer in answers] == by_command_line("ask")
