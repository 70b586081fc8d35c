import gzip
import tracemalloc

import httpx
import pytest

from assistant.llm.uncompressed import uncompressed
from tests.bombs import BOMBS
from tests.fake_openai import FakeOpenAI, Script, say
from tests.scripted_model import ASK, failure, generator

# litellm itself uses what pydantic has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::pydantic.warnings.PydanticDeprecatedSince211")

MOST_BYTES = 30_000_000
"""Half of what the least of the replies unpacks to; what litellm loads is less."""


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    """What a client loads once is no memory of a reply's."""
    for model in ("openai/local", "ollama_chat/local", "anthropic/local"):
        with FakeOpenAI(Script(status=400)) as server, pytest.raises(Exception, match="server"):
            list(generator(server, model).stream(ASK))


@pytest.mark.parametrize("status", [200, 500])
@pytest.mark.parametrize("coding", BOMBS)
def test_a_reply_that_would_unpack_to_much_is_refused_unread(coding, status):
    tracemalloc.start()
    message, server = failure(Script(status=status, packed=(coding, BOMBS[coding])))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "compressed its reply, though asked not to" in message
    assert peak < MOST_BYTES
    assert len(server.requests) == 1


@pytest.mark.parametrize("model", ["ollama_chat/local", "anthropic/local"])
def test_whichever_client_sends_the_request(model):
    message, server = failure(Script(packed=("gzip", BOMBS["gzip"])), model=model)
    assert "compressed its reply" in message
    assert server.headers[0]["Accept-Encoding"] == "identity"


@pytest.mark.parametrize("coding", ["GZIP, br", "identity, gzip", "unheard-of"])
def test_codings_are_known_however_they_are_named(coding):
    message, _ = failure(Script(packed=(coding, b"x")))
    assert "compressed its reply" in message


def test_a_reply_that_says_that_it_is_as_it_is_is_taken():
    body = (
        b'data: {"choices": [{"index": 0, "delta": {"content": "Yes."}, "finish_reason": "stop"}]}'
    )
    with FakeOpenAI(Script(packed=("identity", body + b"\n\n"))) as server:
        assert "".join(generator(server).stream(ASK)) == "Yes."


def test_requests_of_others_stay_as_they_are():
    with uncompressed(), FakeOpenAI(say("Yes.")) as server:
        httpx.post(server.api_base, json={"model": "local"})
    with FakeOpenAI(Script(packed=("gzip", gzip.compress(b"whole")))) as other:
        assert httpx.post(other.api_base, json={"model": "local"}).text == "whole"
    assert server.headers[0]["Accept-Encoding"] == "identity"
    assert "gzip" in other.headers[0]["Accept-Encoding"]
