"""What a build has to do: which files are there, which documents they are, what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from index.building import files
from index.errors import LoadError
from index.identity.metadata_csv import COLUMNS
from index.store.manifest import Held, Manifest, Problem


class Progress(Protocol):
    """Told how a build goes on."""

    def stage(self, name: str, total: int) -> None:
        """Begin a new stage of ``total`` steps."""

    def advance(self, steps: int) -> None:
        """Count ``steps`` more as done."""


class Quiet:
    """A ``Progress`` that says nothing."""

    def stage(self, name: str, total: int) -> None:
        """Nothing."""

    def advance(self, steps: int) -> None:
        """Nothing."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file whose bytes are known by hash; its text is read later, batch by batch."""

    found: files.Found
    doc_id: str
    content: str


def scan(paths: Sequence[Path], progress: Progress) -> tuple[list[Hashed], tuple[Problem, ...]]:
    """Hash every file under ``paths`` that we have a reader for; name the others.

    Files of the same bytes are named too: they are held as one document under all their names.
    """
    everything = files.scan(paths)
    progress.stage("Looking at files", len(everything))
    hashed, problems = [], []
    first: dict[str, str] = {}
    for item in everything:
        progress.advance(1)
        try:
            if item.fault is not None:
                raise LoadError(item.source, item.fault)
            doc_id, content = files.hashes(item)
        except LoadError as error:
            problems.append(Problem(item.source, error.reason))
            continue
        hashed.append(Hashed(item, doc_id, content))
        if (same := first.setdefault(doc_id, item.source)) != item.source:
            problems.append(Problem(item.source, f"the same bytes as {same}: held once"))
    for sidecar, name in files.strays(paths):
        problems.append(Problem(sidecar.name, f"{sidecar} describes {name}, which is not there"))
    for sidecar, name in files.unused_columns(paths):
        problems.append(Problem(sidecar.name, _unused(sidecar, name)))
    return hashed, tuple(problems)


def _unused(sidecar: Path, name: str) -> str:
    return f"{sidecar}: the column {name!r} is not used; known are {', '.join(COLUMNS)}"


def held(hashed: Sequence[Hashed]) -> dict[str, Held]:
    """Return the documents that these files are: the same bytes twice are one with two sources."""
    sources: dict[str, list[str]] = defaultdict(list)
    content: dict[str, str] = {}
    for item in hashed:
        sources[item.doc_id].append(item.found.source)
        content.setdefault(item.doc_id, item.content)
    return {doc: Held(tuple(sorted(sources[doc])), content[doc]) for doc in sorted(sources)}


def joined(
    old: Manifest, new: dict[str, Held], left: Collection[str] = frozenset()
) -> dict[str, Held]:
    """Return what is held once ``new`` is added: a source belongs to the newest bytes under it.

    Args:
        left: sources that are no more.
    """
    gone = {source for entry in new.values() for source in entry.sources}.union(left)
    out = dict(new)
    for doc, entry in old.documents.items():
        if doc in new:
            others = (source for source in entry.sources if source not in gone)
            sources = tuple(sorted({*others, *new[doc].sources}))
            out[doc] = replace(new[doc], sources=sources)
        elif kept := tuple(source for source in entry.sources if source not in gone):
            out[doc] = replace(entry, sources=kept)
    return dict(sorted(out.items()))


def changed(old: Held, new: Held | None) -> bool:
    """Say whether a document must leave the index: gone, or its metadata row is another."""
    return new is None or new.content != old.content
