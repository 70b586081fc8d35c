"""The language model behind litellm: any provider, one stream of text.

The only module that imports litellm, and only when a model is used: importing it takes seconds.
It reads no settings, writes no prompt and checks no reply; ``reply.py`` takes a reply in.
"""

from __future__ import annotations

import logging
import os
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from threading import Event
from typing import Any

from assistant.llm import failures, tokens
from assistant.llm.reply import Reply
from assistant.llm.uncompressed import uncompressed
from assistant.ports import Message
from index.errors import GenerationFailed

_UNKNOWN_CONTEXT = 4_096
"""Tokens assumed for a model that litellm's table does not know."""
_OLLAMA_CONTEXT = 8_192
"""Ollama runs with a small context unless asked; more than this costs memory few have."""
_WHOLE_REPLY = 5
"""A whole reply may take this many times ``timeout_s``: a server can trickle for ever."""
_LONGEST_WAIT_S = 8.0
_SLACK_S = 0.25
"""litellm's own time-out, which says more, comes first."""
_LOADING_S = 30.0
_sends = Event()
"""Whether litellm has sent a request: only then does it load what it sends them with."""


class LiteLLMGenerator:
    """One model, as its provider serves it.

    Args:
        model: litellm's model string, e.g. ``ollama/llama3.1``.
        api_base: address of the server, None for the provider's own.
        api_key: None where the provider's own variable holds it or none is needed.
        timeout_s: longest wait for the first piece, and between pieces.
        max_retries: further tries after HTTP 429 or 5xx, before the first piece only.
        max_reply_tokens: where a reply is cut off (and then fails).
        context_tokens: tokens of prompt and reply together; None means litellm's figure.
        backoff_s: first pause between tries; it doubles.
    """

    def __init__(
        self,
        model: str,
        *,
        api_base: str | None = None,
        api_key: str | None = None,
        timeout_s: float = 60.0,
        max_retries: int = 2,
        max_reply_tokens: int = 700,
        context_tokens: int | None = None,
        backoff_s: float = 0.5,
    ) -> None:
        self.name = model
        self.max_reply_tokens = max_reply_tokens
        self._api_base = api_base
        self._api_key = api_key
        self._timeout_s = timeout_s
        self._max_retries = max_retries
        self._context_tokens = context_tokens
        self._backoff_s = backoff_s

    @cached_property
    def context_tokens(self) -> int:
        """Tokens of prompt and reply together: as given, else litellm's figure."""
        if self._context_tokens is not None:
            return self._context_tokens
        facts = _facts(self.name)
        known = facts.get("max_input_tokens") or facts.get("max_tokens") or _UNKNOWN_CONTEXT
        return min(int(known), _OLLAMA_CONTEXT) if self._is_ollama else int(known)

    def count_tokens(self, text: str) -> int:
        """Return the tokens of ``text``, an estimate for models that tiktoken does not know."""
        return self._counter(text)

    def stream(self, messages: Sequence[Message]) -> Reply:
        """Ask the model; the request is sent when the first piece is asked for.

        Raises:
            GenerationFailed: while iterating: unknown model, server down, refused, too slow,
                or broken off; the message is one sentence.
        """
        return Reply(self, [{"role": m.role, "content": _clean(m.content)} for m in messages])

    @cached_property
    def _counter(self) -> Callable[[str], int]:
        return tokens.counter(self.name)

    @property
    def _is_ollama(self) -> bool:
        return self.name.startswith(("ollama/", "ollama_chat/"))

    def chunks(self, messages: list[dict[str, str]], begun: Callable[[Any], None]) -> Iterator[Any]:
        """Send the request, and give litellm's chunks as they come.

        Args:
            messages: as litellm takes them.
            begun: is given litellm's stream before anything is read from it.

        Yields:
            None for each try that failed and is made again, then every chunk.
        """
        litellm = _litellm()
        try:
            litellm.get_llm_provider(self.name, api_base=self._api_base)
        except litellm.exceptions.BadRequestError as error:
            raise GenerationFailed(failures.unknown_model(self.name)) from error
        for tried in range(1, self._max_retries + 2):
            try:
                with uncompressed():
                    stream = litellm.completion(messages=messages, **self._options())
                    _sends.set()
                    begun(stream)
                    first = next(stream, None)  # some send the request with it
                break
            except Exception as error:
                _sends.set()
                if tried > self._max_retries or not failures.may_pass(error):
                    raise self.failed(error, tried) from error
            yield None
            time.sleep(min(self._backoff_s * 2 ** (tried - 1), _LONGEST_WAIT_S))
        if first is not None:
            yield first
            yield from stream

    def failed(self, error: Exception, tries: int = 1) -> GenerationFailed:
        """Turn an error of litellm into one sentence of ours."""
        words = failures.sentence(error, self.name, self._api_base, tries)
        return GenerationFailed(words[0].upper() + words[1:])

    def load(self) -> None:
        """Import litellm, which takes seconds the first time."""
        _litellm()

    @property
    def piece_limit_s(self) -> float:
        """Seconds that a piece may take; the first of a process loads what sends it."""
        return self._timeout_s + _SLACK_S + (0.0 if _sends.is_set() else _LOADING_S)

    @property
    def reply_limit_s(self) -> float:
        """Seconds that a whole reply may take."""
        return self._timeout_s * _WHOLE_REPLY

    def price(self, prompt_tokens: int, reply_tokens: int) -> float | None:
        """Return US dollars by litellm's table, None where it does not know the model."""
        facts = _facts(self.name)
        if "input_cost_per_token" not in facts:
            return None
        reply_price = facts.get("output_cost_per_token") or 0.0
        return float(prompt_tokens * facts["input_cost_per_token"] + reply_tokens * reply_price)

    def _options(self) -> dict[str, Any]:
        options: dict[str, Any] = {
            "model": self.name,
            "stream": True,
            "stream_options": {"include_usage": True},
            "temperature": 0.0,
            "max_tokens": self.max_reply_tokens,
            "timeout": self._timeout_s,
            "num_retries": 0,
            "max_retries": 0,
            "drop_params": True,
        }
        if self._api_base:
            options["api_base"] = self._api_base
        if self._api_key:
            options["api_key"] = self._api_key
        elif self._api_base and self.name.startswith("openai/"):
            # A key of OpenAI in the environment must not be sent to someone else's server.
            options["api_key"] = "none"
        if self._is_ollama:
            options["num_ctx"] = self.context_tokens
        return options


@cache
def _litellm() -> Any:
    """Import litellm so that it fetches nothing, reads no ``.env`` and prints nothing."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    os.environ["LITELLM_MODE"] = "PRODUCTION"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # its own old syntax warns, once loaded and once used
        import litellm

        litellm.ModelResponse()
        litellm.ModelResponseStream()
    litellm.suppress_debug_info = True
    litellm.turn_off_message_logging = True
    logging.getLogger("LiteLLM").setLevel(logging.CRITICAL)
    return litellm


def _facts(model: str) -> dict[str, Any]:
    table = _litellm().model_cost
    facts: dict[str, Any] = table.get(model) or table.get(model.partition("/")[2]) or {}
    return facts


def _clean(text: str) -> str:
    """Replace lone surrogates, which no request can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
