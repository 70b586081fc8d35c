"""What a document is called where one line must name it."""

from __future__ import annotations

from assistant.web import words
from index.types import Identity


def label(identity: Identity) -> str:
    """Authority, kind and date, and whose words they are where they are not Ofsted's."""
    authority = identity.authority_name or "(no authority named)"
    kind = identity.kind.value.value
    return joined(authority, kind, words.dated(identity), words.speaker(identity))


def joined(*parts: str) -> str:
    """The parts that are not empty, with middle dots between them."""
    return " · ".join(part for part in parts if part)
