"""Building, growing and opening an index of these files, of the archive's size, and beyond."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evals.bench import corpus
from evals.bench.opened import added_s, opened
from evals.bench.process import Clock, Cost, apart, costing
from evals.bench.replicas import Embedded, nearest_cosine, replicas
from index import models
from index.building import preparing
from index.compose import builder
from index.passages import chunking
from index.store import content, manifest, merging, postings, segment, tokens, vectors
from index.store.manifest import Held, Manifest, SegmentEntry
from index.store.segment import Segment

ARCHIVE = 34_000
"""Passages of about 480 inspection reports."""
MOST_WITH_TOKENS = 100_000
"""Passages up to which copies keep token vectors: a million passages' fill 11 GB."""
_WRITING = (
    ("lexical", postings, "write"),
    ("write", content, "write"),
    ("write", vectors, "write"),
    ("write", tokens, "write"),
    ("join", merging, "merged"),
)


def scale(real: Path, letters: Path | None, sizes: list[int]) -> Iterator[str]:
    """Yield what each size costs; the index of the real files is left in ``real``."""
    stages, cost = apart(_built, real, letters)
    yield f"these files: {cost.seconds:.0f} s ({stages}); {_memory(cost)}; {_size(real)}"
    held = held_by(real)
    cosine = nearest_cosine(np.concatenate(held.vectors))
    yield f"copies: of {held.size} passages, vectors moved to cosine {cosine:.2f} from their own"
    for passages in sizes:
        with TemporaryDirectory(dir=real.parent) as place:
            folder = Path(place)
            stages, cost = apart(_replicated, folder, held, passages)
            tokens_kept = "" if passages <= MOST_WITH_TOKENS else ", no token vectors"
            name = f"{passages:,} passages{tokens_kept}"
            yield f"{name}: {cost.seconds:.0f} s ({stages}); {_memory(cost)}; {_size(folder)}"
            yield f"{name}: {apart(opened, folder)}"
            yield f"{name}: one document added in {apart(added_s, folder):.1f} s"


def held_by(folder: Path) -> Embedded:
    """Return all that an index holds, document by document."""
    out = Embedded([], [], [], [])
    for entry in manifest.read(folder).segments:
        part = Segment(folder, entry)
        rows = np.concatenate(list(part.vectors.blocks(part.alive | True)))
        for doc_id in part.places.doc_ids:
            mine = part.places.rows_of(doc_id)
            out.documents.append(part.content.document(doc_id))
            out.passages.append(list(part.content.passages(mine).values()))
            out.vectors.append(rows[mine.start : mine.stop])
            out.tokens.append([np.array(part.tokens.row(row)) for row in mine])
        part.content.close()
    return out


def replicated(folder: Path, held: Embedded, passages: int) -> None:
    """Write an index of copies, as a build does: small segments, joined at the end."""
    settings = builder(folder).settings
    entries: list[SegmentEntry] = []
    documents: dict[str, Held] = {}
    for n, data in enumerate(replicas(held, passages, passages <= MOST_WITH_TOKENS)):
        entries.append(segment.write(folder, f"s-{n:05d}", data))
        documents |= {one.doc_id: Held(one.identity.sources, "copy") for one in data.documents}
    joined = merging.merged(folder, entries, settings)
    manifest.write(folder, Manifest(settings, joined, documents))
    for name in {one.name for one in entries} - {one.name for one in joined}:
        shutil.rmtree(folder / segment.FOLDER / name)


def _built(folder: Path, letters: Path | None) -> tuple[str, Cost]:
    maker, clock = builder(folder), Clock()
    stages = (
        ("read", preparing, "load"),
        ("chunk", chunking, "passages"),
        ("embed", models.embedder(models.DEFAULT_EMBEDDER), "embed_passages"),
        ("token vectors", models.token_encoder(), "encode_passages"),
        *_WRITING,
    )
    with clock.timing(*stages):
        _, cost = costing(lambda: maker.build(corpus.folders(letters)))
    return str(clock), cost


def _replicated(folder: Path, held: Embedded, passages: int) -> tuple[str, Cost]:
    clock = Clock()
    with clock.timing(*_WRITING):
        _, cost = costing(lambda: replicated(folder, held, passages))
    return str(clock), cost


def _memory(cost: Cost) -> str:
    return f"peak {cost.peak_mb:.0f} MB, {cost.before_mb:.0f} before"


def _size(folder: Path) -> str:
    held = manifest.read(folder)
    sizes = [(name, file.size) for e in held.segments for name, file in e.files.items()]
    whole, token_bytes = (
        sum(size for _, size in sizes),
        sum(size for name, size in sizes if name == tokens.NAMES[0]),
    )
    each = token_bytes / max(held.passages, 1)
    return (
        f"{held.passages} passages in {len(held.segments)} segments, {whole / 1e6:.0f} MB; "
        f"token vectors {each:.0f} bytes a passage"
    )
