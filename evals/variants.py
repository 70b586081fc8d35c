"""One suite asked of one variant of the assistant, and its figures as a line of a table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.ports import Answerer
from evals.held import raw_texts
from evals.parts import Parts
from evals.run.generate import Options, generate
from evals.scores import Scores, score
from index.retrieval.retriever import HybridRetriever
from index.store.collection import Collection


def measured(
    suite: Path,
    collection: Collection,
    retriever: HybridRetriever,
    answerer: Answerer | None = None,
    k: int = 20,
) -> Scores:
    """Ask every question and score it; nothing is kept.

    Args:
        answerer: None for retrieval alone.
        k: passages a question.
    """
    parts = Parts(
        retriever=retriever,
        store=collection,
        answerer=answerer,
        index_fingerprint=collection.manifest.index_fingerprint,
        raw_text=raw_texts(Path(next(iter(collection.manifest.roots), "."))),
    )
    with TemporaryDirectory() as folder:
        return score(generate(suite, parts, Path(folder) / "run", Options(k)))


def columns(scores: Scores, names: Sequence[str], width: int) -> str:
    """Return the means of the metrics named, right-aligned; a dash where one is not scored."""
    found = [scores.figure(name) for name in names]
    cells = [f"{figure.interval.mean:.3f}" if figure else "–" for figure in found]
    return "".join(f"{cell:>{width}}" for cell in cells)
