"""Leaves out what a model thinks aloud before it speaks: ``<think>…</think>`` in its reply.

Servers of local models pass it on as part of the text. It is never shown and never checked.
"""

from __future__ import annotations

import re

_BEGIN = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_END = re.compile(r"</think(?:ing)?>", re.IGNORECASE)
_LONGEST = len("</thinking>")


class Spoken:
    """The spoken part of a reply that comes in pieces.

    Invariant: what ``feed`` gives, put together, is the same whatever the pieces.
    """

    def __init__(self) -> None:
        self._held = ""
        self._thinking = False

    def feed(self, piece: str) -> str:
        """Take a piece; returns what of the reply may be read now, empty for none."""
        self._held += piece
        spoken = ""
        while match := (_END if self._thinking else _BEGIN).search(self._held):
            spoken += "" if self._thinking else self._held[: match.start()]
            self._held = self._held[match.end() :]
            self._thinking = not self._thinking
        at = self._half()
        spoken += "" if self._thinking else self._held[:at]
        self._held = self._held[at:]
        return spoken

    def finish(self) -> str:
        """Give what was held back as the possible half of a tag."""
        return "" if self._thinking else self._held

    def _half(self) -> int:
        """Return where a tag may begin whose end has not come yet."""
        at = self._held.rfind("<", max(0, len(self._held) - _LONGEST))
        tag = self._held[at:].lower()
        may_be = at >= 0 and any(
            name.startswith(tag) for name in ("<think>", "<thinking>", "</think>", "</thinking>")
        )
        return at if may_be else len(self._held)
