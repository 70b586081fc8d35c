"""Says in one sentence why a call of a language model failed.

Neither keys nor the server's own words are repeated: they can be long, and can hold the prompt.
"""

from __future__ import annotations

from urllib.parse import urlsplit

_KEY = "check ASSISTANT_API_KEY, and that the key may use this model."
_PLAIN = "switch compression (gzip) off in the server, or in the proxy before it."
_NAME = "check ASSISTANT_MODEL and ASSISTANT_API_BASE."


def may_pass(error: Exception) -> bool:
    """Say whether trying again may help: too many requests, or the server's own failure."""
    chain = _chain(error)
    status = _status(chain)
    known = _is_silent(chain) or _is_compressed(chain)
    return not known and status is not None and (status == 429 or status >= 500)


def sentence(error: Exception, model: str, api_base: str | None, tries: int) -> str:
    """Put a failure of litellm into words.

    Args:
        error: what litellm raised; told apart by class name and HTTP status, since its
            classes do not share one base.
        model: its name, as the user set it.
        api_base: the server's address, None for the provider's own.
        tries: requests sent.
    """
    server = f"the server of model {model!r}" + (f" at {_host(api_base)}" if api_base else "")
    chain = _chain(error)
    status, after = _status(chain), f" {tries} times" if tries > 1 else ""
    if _is_compressed(chain):
        return f"{server} compressed its reply, though asked not to; {_PLAIN}"
    if _is_timeout(chain):
        return f"{server} did not answer in time; try again, or raise the time limit."
    if "ContextWindowExceededError" in chain:
        return f"{server} says the prompt is too long; set its context size lower."
    if _is_silent(chain):
        return f"{server} cannot be reached, or broke off; see that it runs, and {_NAME}"
    return f"{server} {_by_status(status, after)}"


def unknown_model(model: str) -> str:
    """Say that litellm knows no provider for ``model``."""
    return (
        f"{model!r} is not a model string that litellm knows; set ASSISTANT_MODEL to "
        "provider/model, for example ollama/llama3.1 or openai/gpt-4o-mini."
    )


def too_many(model: str) -> str:
    """Say that as many replies are awaited as can be."""
    return f"Many replies of model {model!r} are awaited already; try again in a minute."


def _chain(error: BaseException) -> dict[str, BaseException]:
    """Return every error that ``error`` came from, by class name: litellm wraps up to four deep."""
    chain: dict[str, BaseException] = {}
    inner: object = error
    while isinstance(inner, BaseException) and type(inner).__name__ not in chain:
        chain[type(inner).__name__] = inner
        inner = getattr(inner, "original_exception", None) or inner.__cause__ or inner.__context__
    return chain


def _status(chain: dict[str, BaseException]) -> int | None:
    """Return the HTTP status that the server sent, None where it sent none."""
    codes = [getattr(error, "status_code", None) for error in reversed(chain.values())]
    return next((code for code in codes if isinstance(code, int)), None)


def _is_timeout(chain: dict[str, BaseException]) -> bool:
    return not chain.keys().isdisjoint(
        ("Timeout", "APITimeoutError", "ReadTimeout", "TimeoutError")
    )


def _is_silent(chain: dict[str, BaseException]) -> bool:
    return _is_timeout(chain) or not chain.keys().isdisjoint(
        ("APIConnectionError", "ConnectError", "RemoteProtocolError", "ReadError")
    )


def _is_compressed(chain: dict[str, BaseException]) -> bool:
    return "CompressedReplyError" in chain


def _by_status(status: int | None, after: str) -> str:
    if status in (401, 403):
        return f"refused the key; {_KEY}"
    if status == 404:
        return f"does not know that model; {_NAME}"
    if status == 429:
        return f"was busy{after} (rate limit); try again in a minute."
    if status is not None and status >= 500:
        return f"failed{after} (HTTP {status}); try again, or look at its log."
    if status is not None:
        return f"rejected the request (HTTP {status}); {_NAME}"
    return f"gave a reply that cannot be read; {_NAME}"


def _host(api_base: str) -> str:
    """Scheme, host and port only: an address can hold a password."""
    parts = urlsplit(api_base)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}"
