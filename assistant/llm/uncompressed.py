"""Have the replies of model servers come as they are: one that is compressed is refused unread.

A few bytes can unpack to gigabytes before anything that counts them sees one. litellm makes an
HTTP client for each provider; all of them are httpx's, and its transport is what they share.
Requests that others in this process send stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import local
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx


class CompressedReplyError(Exception):
    """A server compressed its reply, though it was asked not to."""


class _Here(local):
    wanted = False


_here = _Here()


@contextmanager
def uncompressed() -> Iterator[None]:
    """Ask for replies that are not compressed, in this thread, and refuse others.

    Raises:
        CompressedReplyError: in whatever sends a request; its reply was not read.
    """
    _watch()
    _here.wanted = True
    try:
        yield
    finally:
        _here.wanted = False


@cache
def _watch() -> None:
    """Put the asking and refusing around what sends a request, once."""
    import httpx

    send = httpx.HTTPTransport.handle_request

    def sent(transport: httpx.HTTPTransport, request: httpx.Request) -> httpx.Response:
        if not _here.wanted:
            return send(transport, request)
        request.headers["Accept-Encoding"] = "identity"
        response = send(transport, request)
        if any(coding not in ("", "identity") for coding in _codings(response)):
            response.close()
            raise CompressedReplyError
        return response

    httpx.HTTPTransport.handle_request = sent  # type: ignore[method-assign, assignment]


def _codings(response: httpx.Response) -> list[str]:
    named = response.headers.get_list("Content-Encoding", split_commas=True)
    return [one.strip().lower() for one in named]
