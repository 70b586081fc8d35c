"""A large index as its readers and its next writer meet it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from evals.bench import corpus
from evals.bench.process import costing
from evals.bench.ratio import times_ms
from index import models
from index.compose import builder
from index.ports import Vectors
from index.store import manifest
from index.store.collection import Collection
from index.store.segment import Segment

K = 10
QUESTIONS = 100


def opened(folder: Path) -> str:
    """Time and memory to open, latency and recall of vector search, whole and filtered."""
    model = models.embedder(models.DEFAULT_EMBEDDER)
    asked = model.embed_queries(corpus.questions(QUESTIONS))
    store, cost = costing(lambda: Collection(folder))
    with closing(store):
        held = sorted(one.doc_id for one in store.identities())
        some, most = frozenset(held[:4]), frozenset(held[::3])
        parts = [
            f"opened in {cost.seconds:.2f} s, {cost.after_mb - cost.before_mb:.0f} MB more",
            _latency("vector search", asked, lambda one: store.nearest(one, K)),
            _latency("in four documents", asked, lambda one: store.nearest(one, K, some)),
            _latency("in a third of them", asked, lambda one: store.nearest(one, K, most)),
            _latency("100 nearest", asked, lambda one: store.nearest(one, 100)),
        ]
        found = [[passage_id for passage_id, _ in store.nearest(one, K)] for one in asked]
    exact = _exact(folder, asked)
    hits = sum(len(set(one) & set(all_)) for one, all_ in zip(found, exact, strict=True))
    return "; ".join([*parts, f"recall@{K} {hits / sum(map(len, exact)):.4f} against exact"])


def added_s(folder: Path) -> float:
    """Return seconds to add one new letter, models loaded."""
    maker = builder(folder)
    maker.settings  # noqa: B018  # reads the models' fingerprints
    with TemporaryDirectory() as place:
        (first, *_) = corpus.folders(None)
        text = min(first.glob("*.txt"), key=lambda path: path.name).read_text("utf-8")
        (Path(place) / "new.txt").write_text(text + f"\n\nAdded {time.time_ns()}.\n", "utf-8")
        _, cost = costing(lambda: maker.add([Path(place)]))
    return cost.seconds


def _latency(what: str, asked: Vectors, search: Callable[[Vectors], object]) -> str:
    taken = [times_ms(lambda one=one: search(one), 1)[0] for one in asked]  # type: ignore[misc]
    p50, p95 = np.quantile(taken, [0.5, 0.95])
    return f"{what} p50 {p50:.1f}, p95 {p95:.1f} ms"


def _exact(folder: Path, asked: Vectors) -> list[Sequence[str]]:
    """Return the K nearest by numpy alone, block by block."""
    best: list[list[tuple[float, str]]] = [[] for _ in asked]
    for entry in manifest.read(folder).segments:
        part = Segment(folder, entry)
        start = 0
        for block in part.vectors.blocks(part.alive):
            scores = asked @ block.T
            for n, row in enumerate(scores):
                top = np.argpartition(-row, min(K, len(row) - 1))[:K]
                found = [(float(row[i]), part.places.passage_id(start + int(i))) for i in top]
                best[n] = sorted([*best[n], *found], reverse=True)[:K]
            start += len(block)
        part.content.close()
    return [[passage_id for _, passage_id in one] for one in best]
