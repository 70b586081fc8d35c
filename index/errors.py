"""Every error that this project raises on purpose; it does not format or print them.

AssistantError
├── UsageError            the caller asked for something that cannot be (exit 2)
├── LoadError             one file cannot be read; names the file and the reason
├── IndexMissing          there is no index at the place named
├── IndexDamaged          a file of the index is missing or is not what the manifest says
├── IndexMismatch         the index was made with other settings than those in force
├── IndexLocked           another process is writing to the index
├── NotFound              no such document or span
├── ModelUnavailable      model weights or a library for them cannot be had
├── GenerationFailed      the language model did not give a usable reply
├── SuiteError            an evaluation suite or run cannot be used; names the line
└── NotComparable         two evaluation runs differ in something that must be the same

Each message says what failed, where, and what to do next, in one line.
"""


class AssistantError(Exception):
    """Anything that we report to the user in one line instead of a traceback."""


class UsageError(AssistantError):
    """The caller asked for something that cannot be: an unknown filter value, a bad date."""


class LoadError(AssistantError):
    """One file cannot be read as a document.

    Attributes:
        source: the file, as the user named it.
        reason: why, without the file name.
    """

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(f"{source}: {reason}")
        self.source = source
        self.reason = reason


class IndexMissing(AssistantError):
    """There is no index at the place named."""


class IndexDamaged(AssistantError):
    """A file of the index is missing or is not what the manifest says."""


class IndexMismatch(AssistantError):
    """The index was made with other settings, weights or versions than those in force."""


class IndexLocked(AssistantError):
    """Another process is writing to the index."""


class NotFound(AssistantError):
    """No such document or span."""


class ModelUnavailable(AssistantError):
    """Model weights, or the library that runs them, cannot be had."""


class GenerationFailed(AssistantError):
    """The language model did not give a usable reply."""


class SuiteError(AssistantError):
    """An evaluation suite or a saved run cannot be used; the message names the line."""


class NotComparable(AssistantError):
    """Two evaluation runs differ in a setting that must be the same to compare them."""
