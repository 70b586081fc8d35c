"""How long a question takes over an index of the archive's size, and from a cold start."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from assistant.settings import seeds_folder
from evals.bench import corpus
from evals.bench.process import apart
from evals.bench.ratio import times_ms
from evals.bench.scale import ARCHIVE, held_by, replicated
from index import models
from index.compose import builder, retriever
from index.store.collection import Collection

QUESTIONS = 60
CANDIDATES = 100
_COLD = "from assistant.cli import main; main()"


def latency(real: Path) -> Iterator[str]:
    """Yield the percentiles over real questions; ``real`` is an index of the real files."""
    with TemporaryDirectory(dir=real.parent) as place:
        apart(replicated, Path(place), held_by(real), ARCHIVE)
        yield from apart(_asked, Path(place))
    with TemporaryDirectory(dir=real.parent) as place:
        builder(Path(place)).build([seeds_folder()])
        yield _cold(Path(place))


def _asked(folder: Path) -> list[str]:
    questions = corpus.questions(QUESTIONS)
    with closing(Collection(folder)) as store:
        search = retriever(store)
        embed = models.embedder(models.DEFAULT_EMBEDDER).embed_queries
        vectors = dict(zip(questions, embed(questions), strict=True))

        def first_stage(question: str) -> None:
            store.nearest(vectors[question], CANDIDATES)
            store.matching(question, CANDIDATES)

        search.search(questions[0])
        one = _taken(lambda question: embed([question]), questions)
        return [
            _line("one query embedding", one, one),
            _line("first stage, beyond the embedding", _taken(first_stage, questions), one),
            _line("understanding the question", _taken(search.understood, questions), one),
            _line("whole retrieval", _taken(search.search, questions), one),
        ]


def _taken(work: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    return [times_ms(lambda one=one: work(one), 1)[0] for one in questions]  # type: ignore[misc]


def _line(what: str, taken: Sequence[float], embedding: Sequence[float]) -> str:
    p50, p95 = np.quantile(taken, [0.5, 0.95])
    unit = float(np.median(embedding))
    return (
        f"{what}, {ARCHIVE:,} passages: p50 {p50:.1f} ms, p95 {p95:.1f} ms "
        f"({p50 / unit:.1f} and {p95 / unit:.1f} query embeddings)"
    )


def _cold(folder: Path) -> str:
    """Return seconds and peak memory of the command, in a process of its own."""
    (question,) = corpus.questions(1)
    command = [sys.executable, "-c", _COLD, "search", question, "--index", str(folder)]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return f"cold search failed with exit code {process.returncode}"
    peak_mb = used.ru_maxrss / 1024
    return f"cold 'assistant search' over the seeds: {seconds:.2f} s, {peak_mb:.0f} MB"
