"""The language model behind litellm: any provider, one stream of text.

The only module that imports litellm, and only when a model is used: importing it takes seconds.
It reads no settings; it writes no prompt and checks no reply.
"""

from __future__ import annotations

import logging
import os
import socket
import time
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from functools import cache, cached_property
from threading import Event
from typing import Any

from assistant.errors import GivenUpError
from assistant.llm import failures, tokens
from assistant.llm.apart import Apart, LeftError, TooManyReadersError
from assistant.llm.usage import Usage
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
_LONGEST_TOKEN = 16
"""Characters; words of English have five or six."""
_LENIENCE = 1.5
"""A server's tokens are not quite ours."""
_FRAMING_BYTES = 2_000
"""What a token may take on the wire, with everything that servers send around it."""


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
                stream = litellm.completion(messages=messages, **self._options())
                begun(stream)
                first = next(stream, None)
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


class Reply(Iterator[str]):
    """The pieces of one reply; closing it cancels the request.

    The request is read in a thread of its own, and left when a piece or the whole takes too
    long, when the reply grows beyond its limit, or when nobody waits for it any more.

    Attributes:
        usage: complete after the last piece.
    """

    def __init__(self, model: LiteLLMGenerator, messages: list[dict[str, str]]) -> None:
        self.usage = Usage()
        self._model = model
        self._stream: Any = None
        self._pieces = self._read(messages)

    def __next__(self) -> str:
        return next(self._pieces)

    def close(self) -> None:
        """Cancel the request, if it is still running."""
        self._pieces.close()

    def _read(self, messages: list[dict[str, str]]) -> Generator[str, None, None]:
        _litellm()  # what loading takes is not the server's
        until_s = time.monotonic() + self._model.reply_limit_s
        size = _Size(self._model.max_reply_tokens, self._model.count_tokens)
        try:
            chunks = Apart(
                self._chunks(messages),
                lambda: _cut(self._stream),
                lambda: _received(self._stream) <= size.most_received,
            )
        except TooManyReadersError as error:
            raise GenerationFailed(failures.too_many(self._model.name)) from error
        try:
            while (piece := chunks.next(self._model.piece_limit_s)) is not None:
                if piece:
                    yield piece
                if not size.takes(piece):
                    raise self._too_long()
                if time.monotonic() > until_s:
                    raise GenerationFailed(
                        f"Model {self._model.name!r} was still writing after "
                        f"{self._model.reply_limit_s:.0f} s; use a faster one, or ask for less."
                    )
        except TimeoutError as error:
            if _received(self._stream) > size.most_received:
                raise self._too_long() from error
            raise self._model.failed(error) from error
        except LeftError as error:
            raise GivenUpError("Nobody waits for this answer any more.") from error
        finally:
            chunks.close()

    def _chunks(self, messages: list[dict[str, str]]) -> Iterator[str]:
        """Yield the text of each chunk, empty for one without; and for each try that failed."""
        try:
            for chunk in self._model.chunks(messages, self._begin):
                yield "" if chunk is None else self._take(chunk)
            self._check_end(self._stream)
        except GenerationFailed:
            raise
        except Exception as error:
            raise self._model.failed(error) from error
        finally:
            if self._stream is not None:
                _close(self._stream)

    def _begin(self, stream: Any) -> None:
        _sends.set()
        self._stream = stream

    def _take(self, chunk: Any) -> str:
        used = getattr(chunk, "usage", None)
        if used is not None:
            price = self._model.price(used.prompt_tokens, used.completion_tokens)
            self.usage = Usage(used.total_tokens, price)
        return (chunk.choices[0].delta.content or "") if chunk.choices else ""

    def _check_end(self, stream: Any) -> None:
        # litellm makes up an ending where the server gave none; these two hold the server's own.
        reason = stream.received_finish_reason or stream.intermittent_finish_reason
        if reason is None:
            raise GenerationFailed(
                f"The reply of model {self._model.name!r} broke off half-way; try again."
            )
        if reason == "length":
            raise self._too_long()

    def _too_long(self) -> GenerationFailed:
        return GenerationFailed(
            f"The reply of model {self._model.name!r} was cut off at its limit of "
            f"{self._model.max_reply_tokens} tokens; raise the limit, or ask for less."
        )


class _Size:
    """How long a reply has become; servers do not keep to the limit that they are told.

    Args:
        most_tokens: of the whole reply.
        count: tokens of a text.
    """

    def __init__(self, most_tokens: int, count: Callable[[str], int]) -> None:
        self.most_received = _FRAMING_BYTES * (most_tokens + 100)
        self._most = most_tokens
        self._count = count
        self._text = ""
        self._counted = 0

    def takes(self, piece: str) -> bool:
        """Add a piece; False where the reply is too long with it."""
        self._text += piece
        if len(self._text) > _LONGEST_TOKEN * self._most:
            return False
        if len(self._text) < self._counted + self._most:  # a token is a character or more
            return True
        self._counted = len(self._text)
        return self._count(self._text) <= _LENIENCE * self._most


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


def _close(stream: Any) -> None:
    close = getattr(stream.completion_stream, "close", None)
    if close is not None:
        close()


def _response(stream: Any) -> Any:
    """Return the HTTP response behind litellm's stream, None where its provider hides it."""
    return getattr(getattr(stream, "completion_stream", None), "response", None)


def _received(stream: Any) -> int:
    """Return bytes of the reply that have come, 0 where that cannot be known."""
    return int(getattr(_response(stream), "num_bytes_downloaded", 0))


def _cut(stream: Any) -> None:
    """Cut the connection that another thread is reading from: closing it would not wake it."""
    extensions = getattr(_response(stream), "extensions", None) or {}
    network = extensions.get("network_stream")
    connection = network.get_extra_info("socket") if network else None
    if connection is not None:
        with suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)


def _clean(text: str) -> str:
    """Replace lone surrogates, which no request can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
