"""What a document, or a place in it, is called where one line must name it."""

from __future__ import annotations

from assistant import words
from assistant.types import Citation
from index.types import Identity


def label(identity: Identity) -> str:
    """Authority, kind and date, and whose words they are where they are not Ofsted's."""
    authority = identity.authority_name or "(no authority named)"
    kind = identity.kind.value.value
    return joined(authority, kind, words.dated(identity), words.speaker(identity))


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with middle dots between them."""
    return " · ".join(part for part in parts if part)


def reference(citation: Citation) -> str:
    """Return one line naming a source: title, speaker, authority, date, place and file."""
    identity = citation.identity
    facts = [
        words.title(identity),
        words.speaker(identity),
        identity.authority_name or "",
        words.dated(identity),
        words.place(citation),
        identity.source,
    ]
    return f"[{citation.number}] " + "; ".join(fact for fact in facts if fact)
