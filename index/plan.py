"""What a build has to do: which files are there, which documents they are, what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from index import files
from index.loading import SUPPORTED
from index.store.manifest import Held, Manifest, Problem


class Progress(Protocol):
    """Told how a build goes on."""

    def stage(self, name: str, total: int) -> None:
        """A new stage of ``total`` steps begins."""

    def advance(self, steps: int) -> None:
        """``steps`` more are done."""


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
    """Hash every file under ``paths`` that we have a reader for; name the others."""
    everything = files.scan(paths)
    progress.stage("Looking at files", len(everything))
    hashed, problems = [], []
    for item in everything:
        progress.advance(1)
        if _describes_folder(item.path):
            problems.append(Problem(item.source, "describes the folder; not a document"))
            continue
        if not item.supported:
            kinds = ", ".join(sorted(SUPPORTED))
            problems.append(Problem(item.source, f"not a kind of file we read ({kinds})"))
            continue
        try:
            data = item.path.read_bytes()
        except OSError as error:
            problems.append(Problem(item.source, f"cannot be opened: {error.strerror}"))
            continue
        content = files.content_hash(data, item)
        hashed.append(Hashed(item, files.doc_id(data), content))
    for sidecar, name in files.strays(paths):
        problems.append(Problem(sidecar.name, f"{sidecar} describes {name}, which is not there"))
    return hashed, tuple(problems)


def _describes_folder(path: Path) -> bool:
    """Whether a file is a note about the files beside it; a letter named ``README.pdf`` is none."""
    return path.stem.lower() == "readme" and path.suffix.lower() in ("", ".md", ".txt")


def held(hashed: Sequence[Hashed]) -> dict[str, Held]:
    """The documents that these files are: the same bytes twice are one with two sources."""
    sources: dict[str, list[str]] = defaultdict(list)
    content: dict[str, str] = {}
    for item in hashed:
        sources[item.doc_id].append(item.found.source)
        content.setdefault(item.doc_id, item.content)
    return {doc: Held(tuple(sorted(sources[doc])), content[doc]) for doc in sorted(sources)}


def joined(old: Manifest, new: dict[str, Held]) -> dict[str, Held]:
    """What is held once ``new`` is added: a source belongs to the newest bytes under it."""
    fresh = {source for entry in new.values() for source in entry.sources}
    out = dict(new)
    for doc, entry in old.documents.items():
        if doc in new:
            sources = tuple(sorted({*entry.sources, *new[doc].sources}))
            out[doc] = replace(new[doc], sources=sources)
        elif left := tuple(source for source in entry.sources if source not in fresh):
            out[doc] = replace(entry, sources=left)
    return dict(sorted(out.items()))


def changed(old: Held, new: Held | None) -> bool:
    """Whether a document must leave the index: gone, or its metadata row is another."""
    return new is None or new.content != old.content
