"""OpenAI's official client, driving the chat protocol over a real connection."""

import httpx
import openai
import pytest

from assistant.web.app import build_programs
from tests.programs import QUESTIONS, Scripted, parts, running


@pytest.fixture(scope="module")
def scripted():
    return Scripted()


@pytest.fixture(scope="module")
def url(seed_index, scripted):
    with running(build_programs(parts(seed_index, some_model=scripted))) as url:
        yield url


@pytest.fixture(scope="module")
def client(url):
    with openai.OpenAI(base_url=f"{url}/v1", api_key="any", max_retries=0) as client:
        yield client


def asked(client, *contents, model="extractive", **more):
    roles = ["user", "assistant"] * len(contents)
    messages = [{"role": r, "content": c} for r, c in zip(roles, contents, strict=False)]
    return client.chat.completions.create(model=model, messages=messages, **more)


def test_the_models_are_the_answerers_by_name(client):
    assert [model.id for model in client.models.list()] == ["some/model", "extractive"]
    assert client.models.retrieve("some/model").id == "some/model"
    with pytest.raises(openai.NotFoundError, match="no such model"):
        client.models.retrieve("gpt-9")


def test_an_answer_lists_its_sources_and_annotates_them(client, url):
    completion = asked(client, QUESTIONS[1])
    message = completion.choices[0].message
    quote = message.content.split("\n- “")[1].split("\n")[0]
    assert quote.startswith("Most social workers report that their caseloads are manageable. For a")
    assert quote.endswith("” [1]")
    sources = message.content.split("**Sources**\n\n")[1].split("\n")
    cited = completion.model_extra["answer"]["citations"]
    assert [line.split(" ")[1] for line in sources] == [f"[{c['number']}]" for c in cited]
    assert [note.model_extra["citation"] for note in message.annotations] == cited
    for note, citation in zip(message.annotations, cited, strict=True):
        place = note.url_citation
        assert message.content[place.start_index : place.end_index] == f"[{citation['number']}]"
        assert httpx.get(place.url).json()["text"] == citation["quote"]
    assert completion.choices[0].finish_reason == "stop"
    assert completion.usage.total_tokens == 0


def test_a_stream_adds_up_to_the_whole_answer(client):
    whole = asked(client, QUESTIONS[1])
    chunks = list(asked(client, QUESTIONS[1], stream=True, stream_options={"include_usage": True}))
    deltas = [chunk.choices[0].delta for chunk in chunks if chunk.choices]
    assert "".join(delta.content or "" for delta in deltas) == whole.choices[0].message.content
    assert deltas[0].role == "assistant"
    last = deltas[-1].model_extra["annotations"]
    assert [note["citation"] for note in last] == whole.model_extra["answer"]["citations"]
    assert [c.choices[0].finish_reason for c in chunks if c.choices][-2:] == [None, "stop"]
    assert chunks[-1].usage.total_tokens == 0


def test_a_growing_answer_is_sent_by_finished_lines(client):
    question = "one\ntw|one\ntwo\nthr|one\ntwo\nthree"
    chunks = asked(client, question, model="some/model", stream=True)
    assert [c.choices[0].delta.content for c in chunks] == ["", "one", "\ntwo", "\nthree", None]


def test_an_answer_that_changed_in_checking_is_given_again_in_full(client):
    chunks = asked(client, "wrong\nline|right", model="some/model", stream=True)
    text = "".join(chunk.choices[0].delta.content or "" for chunk in chunks)
    assert text.startswith("wrong\n\n---\n\n*Checking changed the answer.")
    assert text.endswith("*\n\nright")


def test_the_conversation_is_the_history(client):
    first = asked(client, QUESTIONS[1]).choices[0].message
    follow_up = client.chat.completions.create(
        model="extractive",
        messages=[
            {"role": "system", "content": "Answer in French."},
            {"role": "user", "content": QUESTIONS[1]},
            {"role": "assistant", "content": first.content,
             "annotations": [note.model_dump() for note in first.annotations]},
            {"role": "user", "content": [{"type": "text", "text": "And in Middlesbrough?"}]},
        ],
    )  # fmt: skip
    answer = follow_up.model_extra["answer"]
    assert answer["question"] == "And in Middlesbrough?"
    assert "caseloads" in answer["standalone"]


def test_a_refusal_is_said_in_words(client):
    completion = asked(client, "How do I renew my passport?")
    assert completion.model_extra["answer"]["status"] == "out_of_scope"
    assert completion.choices[0].message.content
    assert completion.choices[0].message.annotations == []


@pytest.mark.parametrize(
    ("model", "messages", "error"),
    [
        ("gpt-9", [{"role": "user", "content": "x"}], openai.NotFoundError),
        ("extractive", [], openai.UnprocessableEntityError),
        ("extractive", [{"role": "assistant", "content": "x"}], openai.UnprocessableEntityError),
        ("extractive", [{"role": "robot", "content": "x"}], openai.UnprocessableEntityError),
        ("extractive", [{"role": "user", "content": 5}], openai.UnprocessableEntityError),
    ],
)
def test_what_cannot_be_answered_is_an_error_that_the_client_knows(client, model, messages, error):
    with pytest.raises(error) as raised:
        client.chat.completions.create(model=model, messages=messages)
    assert raised.value.body["type"] == "invalid_request_error"
    assert raised.value.body["message"]


def test_a_failure_within_a_stream_is_told_and_names_nothing_inside(client):
    stream = asked(client, "one\nx|one\ntwo\ny|crash", model="some/model", stream=True)
    with pytest.raises(openai.APIError) as raised:
        list(stream)
    assert "secret internals" not in str(raised.value)
    assert "server's log" in str(raised.value)


def test_a_stream_that_the_caller_leaves_is_stopped(client, scripted):
    scripted.closed.clear()
    stream = asked(client, "wait", model="some/model", stream=True)
    next(stream)
    assert not scripted.closed.is_set()
    stream.close()
    assert scripted.closed.wait(5)
    assert [model.id for model in client.models.list()] == ["some/model", "extractive"]


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("response_format", {"type": "json_object"}),
        ("tools", [{"type": "function", "function": {"name": "f"}}]),
        ("n", 2),
        ("logprobs", True),
        ("stop", ["."]),
        ("modalities", ["audio"]),
        ("top_n", 5),
    ],
)
def test_options_that_are_not_honoured_are_refused_by_name(url, option, value):
    body = {"messages": [{"role": "user", "content": "one"}], option: value}
    answer = httpx.post(f"{url}/v1/chat/completions", json=body, timeout=30)
    assert answer.status_code == 422
    assert f"'{option}' cannot be done here" in answer.json()["error"]["message"]


def test_options_that_change_nothing_are_named_and_null_is_none(url):
    body = {
        "messages": [{"role": "user", "content": "one"}],
        "temperature": 0.2,
        "max_tokens": 50,
        "n": 1,
        "response_format": {"type": "text"},
        "tools": None,
    }
    answer = httpx.post(f"{url}/v1/chat/completions", json=body, timeout=30)
    assert answer.json()["ignored"] == ["max_tokens", "temperature"]


def test_an_image_is_refused_in_a_plain_sentence(url):
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}
    content = [{"type": "text", "text": "What is this?"}, image]
    body = {"messages": [{"role": "user", "content": content}]}
    answer = httpx.post(f"{url}/v1/chat/completions", json=body, timeout=30)
    assert answer.status_code == 422
    assert answer.json()["detail"].endswith(
        "only text can be read here: leave out the part 'image_url'"
    )
