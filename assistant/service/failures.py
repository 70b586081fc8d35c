"""Say of an error what a caller may know: an HTTP status and one plain sentence.

What went wrong inside is logged and not told: a sentence names what the caller can mend.
"""

from __future__ import annotations

import logging

from assistant.errors import GivenUpError, TooBusyError, TooManyError
from index.errors import AssistantError, GenerationFailed, NotFound, UsageError

_STATUS = {
    TooManyError: 429,
    TooBusyError: 503,
    UsageError: 422,
    NotFound: 404,
    GenerationFailed: 502,
    GivenUpError: 503,
}
_log = logging.getLogger(__name__)


def explained(error: Exception) -> tuple[int, str]:
    """Return status and detail of an error."""
    for kind, status in _STATUS.items():
        if isinstance(error, kind):
            return status, str(error)
    _log.error("a request failed", exc_info=error)
    if isinstance(error, AssistantError):
        return 503, "The index or a model cannot be used now; the server's log says why."
    return 500, "Something went wrong here, not with your request; the server's log says what."
