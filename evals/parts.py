"""What an evaluation needs of the assistant, composed by whoever runs it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assistant.ports import Answerer
from index.ports import PassageStore, Retriever


def _no_raw_text(source: str) -> str | None:
    """Stand in where the files themselves are not at hand."""
    return None


@dataclass(frozen=True, slots=True)
class Parts:
    """The assistant under evaluation: the same objects that the web page uses.

    Attributes:
        answerer: None evaluates retrieval alone.
        settings: what is in force, by name; secrets masked. Prompt hashes belong here.
        index_fingerprint: as the manifest gives it.
        raw_text: the file's own text by ``source``, None where the file is not at hand; the
            exactness of quotes is checked against it.
        local: False when answers come over a network, so that several may be asked at once.
    """

    retriever: Retriever
    store: PassageStore
    answerer: Answerer | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    index_fingerprint: str = ""
    raw_text: Callable[[str], str | None] = _no_raw_text
    local: bool = True


Compose = Callable[[Path | None], Parts]
"""Composes the assistant over the index at a path; None is the default place."""
