"""What can go wrong between a question and its answer; ``index.errors`` holds the tree above it.

AssistantError
├── GivenUpError
├── NotKeptError
├── TooBusyError
└── TooManyError
"""

from __future__ import annotations

from index.errors import AssistantError


class GivenUpError(AssistantError):
    """Nobody waits for this answer any more."""


class NotKeptError(AssistantError):
    """What is kept on the server cannot be written or read now; a full disk, mostly."""


class TooBusyError(AssistantError):
    """As many are being answered and waiting as can be."""


class TooManyError(AssistantError):
    """This caller has asked too much in a short time."""
