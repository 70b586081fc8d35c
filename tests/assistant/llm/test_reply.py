import time

import pytest

from assistant.llm.usage import Usage
from index.errors import GenerationFailed
from tests.fake_openai import FakeOpenAI, Script
from tests.scripted_model import ASK, KEY, failure, generator

# litellm itself uses what pydantic has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince211")


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


def test_closing_cancels_the_request():
    with FakeOpenAI(Script(pieces=["word "] * 200, gap_s=0.01)) as server:
        reply = generator(server).stream(ASK)
        assert next(reply) == "word "
        reply.close()
        assert list(reply) == []
        assert server.cancelled.wait(3)
