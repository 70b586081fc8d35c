import time

import pytest

from assistant.llm.litellm_generator import LiteLLMGenerator
from assistant.llm.usage import Usage
from assistant.ports import Message
from index.errors import GenerationFailed
from tests.fake_openai import FakeOpenAI, Script, say

# litellm itself uses what pydantic has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince211")

ASK = [Message("system", "Rules."), Message("user", "Why {braces} and <|endoftext|>?")]
KEY = "sk-very-secret-key"


def generator(server: FakeOpenAI, model: str = "openai/local", **options) -> LiteLLMGenerator:
    options = {"timeout_s": 5.0, "max_retries": 2, "backoff_s": 0.01, "api_key": KEY} | options
    return LiteLLMGenerator(model, api_base=server.api_base, **options)


def failure(*scripts: Script, **options) -> tuple[str, FakeOpenAI]:
    with FakeOpenAI(*scripts) as server, pytest.raises(GenerationFailed) as caught:
        list(generator(server, **options).stream(ASK))
    message = str(caught.value)
    assert KEY not in message
    assert "SECRET-BODY" not in message
    assert "\n" not in message
    assert len(message) < 250
    return message, server


def test_pieces_come_as_the_server_sends_them_and_usage_is_read():
    with FakeOpenAI(Script(pieces=["Chil", "dren ", "are safe [1]."])) as server:
        reply = generator(server).stream(ASK)
        assert server.requests == []
        assert list(reply) == ["Chil", "dren ", "are safe [1]."]
        assert reply.usage == Usage(tokens=120, cost_usd=None)
    sent = server.requests[0]
    assert sent["messages"] == [{"role": m.role, "content": m.content} for m in ASK]
    assert (sent["model"], sent["stream"], sent["temperature"]) == ("local", True, 0.0)
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


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
    began = time.monotonic()
    message, server = failure(Script(pieces=["late"], pause_s=1.5), timeout_s=0.3)
    assert "did not answer in time" in message
    assert len(server.requests) == 1
    assert time.monotonic() - began < 6


def test_a_server_that_trickles_is_stopped():
    message, _ = failure(Script(pieces=["x"] * 40, gap_s=0.08), timeout_s=0.2)
    assert "still writing after 1 s" in message


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (Script(noise=b": keep-alive\n\n", gap_s=0.05), "did not answer in time"),
        (Script(noise=b"", gap_s=0.05), "did not answer in time"),
        (Script(noise=b"data: ", gap_s=0.05), "did not answer in time"),
        (Script(noise=b"data: {}\n\n", gap_s=0.05), "."),
        (Script(noise=b"x" * 500_000), "cut off at its limit"),
        (Script(pieces=["endless words "] * 5_000), "cut off at its limit"),
        (Script(pieces=["[" * 300_000]), "cut off at its limit"),
    ],
    ids=["comments", "nothing", "half a line", "empty events", "one line", "many", "one piece"],
)
def test_whatever_a_server_sends_ends_in_time(script, said):
    began = time.monotonic()
    message, server = failure(script, timeout_s=1.0, max_reply_tokens=100)
    assert said in message
    assert time.monotonic() - began < 12
    if script.noise and script.gap_s:
        assert server.cancelled.wait(5), "the request goes on"


def test_a_truncated_stream_fails_after_its_pieces():
    pieces = []
    with (
        FakeOpenAI(Script(pieces=["Half a sen"], finish=None)) as server,
        pytest.raises(GenerationFailed, match="broke off half-way"),
    ):
        pieces.extend(generator(server).stream(ASK))
    assert len(server.requests) == 1


def test_a_reply_cut_at_its_limit_fails():
    message, _ = failure(Script(pieces=["On and on"], finish="length"), max_reply_tokens=12)
    assert "cut off at its limit of 12 tokens" in message


@pytest.mark.parametrize("raw", [b"data: {not json\n\n", b"<html>502</html>", b"", b"\xff\xfe\x00"])
def test_garbage_fails_in_one_sentence(raw):
    message, _ = failure(Script(raw=raw))
    assert message.endswith(".")


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


def test_closing_cancels_the_request():
    with FakeOpenAI(Script(pieces=["word "] * 200, gap_s=0.01)) as server:
        reply = generator(server).stream(ASK)
        assert next(reply) == "word "
        reply.close()
        assert list(reply) == []
        assert server.cancelled.wait(3)


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
