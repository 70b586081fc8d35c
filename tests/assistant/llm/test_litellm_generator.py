import time

import pytest

from assistant.llm.litellm_generator import LiteLLMGenerator
from assistant.ports import Message
from index.errors import GenerationFailed
from tests.fake_openai import FakeOpenAI, Script, say
from tests.scripted_model import ASK, KEY, failure, generator

# litellm itself uses what pydantic has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince211")


def test_cost_is_reckoned_from_litellms_table():
    with FakeOpenAI(say("Yes.")) as server:
        reply = generator(server, "openai/gpt-4o-mini").stream(ASK)
        list(reply)
    assert reply.usage.cost_usd == pytest.approx(100 * 1.5e-7 + 20 * 6e-7)


def test_a_key_of_the_environment_is_not_sent_to_a_local_server(monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with FakeOpenAI(say("Yes.")) as server:
        list(generator(server, api_key=None).stream(ASK))
    assert KEY not in server.headers[0]["Authorization"]


def test_a_rate_limit_is_waited_out():
    with FakeOpenAI(Script(status=429), Script(status=503), say("Fine.")) as server:
        assert "".join(generator(server).stream(ASK)) == "Fine."
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    ("status", "tries", "words"),
    [
        (429, 3, "was busy 3 times (rate limit)"),
        (500, 3, "failed 3 times (HTTP 500)"),
        (401, 1, "refused the key"),
        (403, 1, "refused the key"),
        (404, 1, "does not know that model"),
        (400, 1, "rejected the request (HTTP 400)"),
    ],
)
def test_refusals_are_one_sentence_and_only_passing_ones_are_retried(status, tries, words):
    message, server = failure(Script(status=status))
    assert words in message
    assert len(server.requests) == tries


def test_a_slow_server_times_out():
    with FakeOpenAI(say("Yes.")) as ready:
        list(generator(ready).stream(ASK))  # what is loaded for the first request takes seconds
    began = time.monotonic()
    message, server = failure(Script(pieces=["late"], pause_s=2.5), timeout_s=1.2)
    assert "did not answer in time" in message
    assert len(server.requests) == 1
    assert time.monotonic() - began < 6


def test_a_server_that_is_down():
    with FakeOpenAI() as server:
        pass
    with pytest.raises(GenerationFailed, match="cannot be reached") as caught:
        list(generator(server).stream(ASK))
    assert server.api_base.removesuffix("/v1") in str(caught.value)


def test_an_address_with_a_password_is_not_repeated():
    model = LiteLLMGenerator("openai/x", api_base="http://me:hunter2@127.0.0.1:9/v1")
    with pytest.raises(GenerationFailed) as caught:
        list(model.stream(ASK))
    assert "hunter2" not in str(caught.value)


def test_an_unknown_model_string(capsys):
    with pytest.raises(GenerationFailed, match="not a model string that litellm knows"):
        list(LiteLLMGenerator("nonsense").stream(ASK))
    assert capsys.readouterr().out == ""


def test_lone_surrogates_are_replaced_not_fatal():
    with FakeOpenAI(say("Yes.")) as server:
        list(generator(server).stream([Message("user", "bad \ud800 end")]))
    assert server.requests[0]["messages"][0]["content"] == "bad ? end"


def test_context_and_counting():
    assert LiteLLMGenerator("openai/gpt-4o-mini").context_tokens == 128_000
    assert LiteLLMGenerator("openai/unheard-of").context_tokens == 4_096
    assert LiteLLMGenerator("openai/gpt-4o-mini", context_tokens=900).context_tokens == 900
    assert LiteLLMGenerator("ollama/llama3.1").context_tokens == 8_192
    assert LiteLLMGenerator("openai/gpt-4o-mini").count_tokens("<|endoftext|>") == 7
    assert LiteLLMGenerator("ollama/x").count_tokens("one two three four five") == 6
