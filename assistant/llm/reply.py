"""Take in one reply of a language model, piece by piece, and end it in time.

It sends nothing itself, and does not judge what the model writes.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from typing import Any, Protocol

from assistant.errors import GivenUpError
from assistant.llm import failures
from assistant.llm.apart import Apart, LeftError, TooManyReadersError
from assistant.llm.usage import Usage
from index.errors import GenerationFailed

_LONGEST_TOKEN = 16
"""Characters; words of English have five or six."""
_LENIENCE = 1.5
"""A server's tokens are not quite ours."""
_FRAMING_BYTES = 2_000
"""What a token may take on the wire, with everything that servers send around it."""


class StreamingModel(Protocol):
    """What sends the request of a reply, and knows its limits."""

    name: str
    max_reply_tokens: int

    @property
    def piece_limit_s(self) -> float:
        """Seconds that a piece may take."""

    @property
    def reply_limit_s(self) -> float:
        """Seconds that a whole reply may take."""

    def load(self) -> None:
        """Load what sends requests."""

    def count_tokens(self, text: str) -> int:
        """Return the tokens of ``text``."""

    def chunks(self, messages: list[dict[str, str]], begun: Callable[[Any], None]) -> Iterator[Any]:
        """Send the request, and give the chunks as they come, None for a try that failed."""

    def failed(self, error: Exception) -> GenerationFailed:
        """Turn a library's error into one sentence of ours."""

    def price(self, prompt_tokens: int, reply_tokens: int) -> float | None:
        """Return US dollars, None where they are not known."""


class Reply(Iterator[str]):
    """The pieces of one reply; closing it cancels the request.

    The request is read in a thread of its own, and left when a piece or the whole takes too
    long, when the reply grows beyond its limit, or when nobody waits for it any more.

    Attributes:
        usage: complete after the last piece.
    """

    def __init__(self, model: StreamingModel, messages: list[dict[str, str]]) -> None:
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
        self._model.load()  # what loading takes is not the server's
        until_s = time.monotonic() + self._model.reply_limit_s
        length = _Length(self._model.max_reply_tokens, self._model.count_tokens)
        try:
            chunks = Apart(
                self._chunks(messages),
                lambda: _cut(self._stream),
                lambda: _received(self._stream) <= length.most_received,
            )
        except TooManyReadersError as error:
            raise GenerationFailed(failures.too_many(self._model.name)) from error
        try:
            while (piece := chunks.next(self._model.piece_limit_s)) is not None:
                if piece:
                    yield piece
                if not length.takes(piece):
                    raise self._too_long()
                if time.monotonic() > until_s:
                    raise GenerationFailed(
                        f"Model {self._model.name!r} was still writing after "
                        f"{self._model.reply_limit_s:.0f} s; use a faster one, or ask for less."
                    )
        except TimeoutError as error:
            if _received(self._stream) > length.most_received:
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


class _Length:
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
