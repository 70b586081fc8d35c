"""A language model behind a scripted server, and the one sentence in which its reply fails."""

import pytest

from assistant.llm.litellm_generator import LiteLLMGenerator
from assistant.ports import Message
from index.errors import GenerationFailed
from tests.fake_openai import FakeOpenAI, Script

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
