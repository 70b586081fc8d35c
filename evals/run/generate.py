"""Runs a suite: asks every unit that has no result yet and keeps what comes back."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from evals.held import Held, from_store
from evals.parts import Parts
from evals.run import folder
from evals.run.ask import Outcome, ask_unit
from evals.run.folder import About, Run, RunFolder, selection_of
from evals.run.limits import Limits, Meter
from evals.suite.load import Loaded, load
from evals.types import Question, Suite
from index.errors import SuiteError

_LIBRARIES = (
    "inspection-assistant",
    "numpy",
    "faiss-cpu",
    "onnxruntime",
    "sentence-transformers",
    "tokenizers",
    "torch",
    "litellm",
)

Progress = Callable[[int, int], None]
"""Told how many questions are done, of how many."""


def _silent(done: int, total: int) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    Attributes:
        k: passages to search for; 1,000 words must fit in them.
        categories: only these; empty means all.
        limit: only so many units, spread evenly over the suite; None means all.
    """

    k: int = 20
    categories: tuple[str, ...] = ()
    limit: int | None = None
    limits: Limits = field(default_factory=Limits)


def generate(
    path: Path, parts: Parts, out: Path, options: Options, progress: Progress = _silent
) -> Run:
    """Run the suite at ``path`` into the folder ``out``, going on where it was interrupted.

    Raises:
        SuiteError: the suite has faults, or a limit is passed.
        NotComparable: ``out`` holds a run made with something else.
    """
    held = from_store(parts.store, parts.raw_text)
    loaded = load(path, held)
    suite = _selected(loaded.suite, options)
    target = RunFolder(out)
    done = target.begin(_about(loaded, suite, parts, held, options), suite)
    total = len(suite.questions)
    finished = sum(len(unit) for unit in suite.units[:done])
    progress(finished, total)
    parts.retriever.search("what did inspectors find?", k=1)  # models load outside the timings
    meter = Meter(options.limits)
    for results, timings in _outcomes(suite.units[done:], parts, held, options, meter):
        target.append(results, timings)
        finished += len(results)
        progress(finished, total)
        meter.spend(results)
    return folder.read(out)


def _outcomes(
    units: tuple[tuple[Question, ...], ...],
    parts: Parts,
    held: Held,
    options: Options,
    meter: Meter,
) -> Iterator[Outcome]:
    """Yield outcomes in the suite's order, however many are asked at once."""

    def ask(unit: tuple[Question, ...]) -> Outcome:
        meter.wait()
        return ask_unit(unit, parts, held, options.k)

    if options.limits.workers <= 1:
        yield from map(ask, units)
        return
    pool = ThreadPoolExecutor(options.limits.workers)
    try:
        yield from pool.map(ask, units)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _selected(suite: Suite, options: Options) -> Suite:
    wanted = set(options.categories)
    units = [u for u in suite.units if not wanted or any(q.category in wanted for q in u)]
    if options.limit is not None and options.limit < len(units):
        step = len(units) / max(1, options.limit)
        units = [units[int(i * step)] for i in range(options.limit)]
    if not units:
        known = sorted({q.category for q in suite.questions})
        raise SuiteError(f"no question is left to run; the categories are {', '.join(known)}")
    return Suite(suite.name, suite.sha256, tuple(units))


def _about(loaded: Loaded, suite: Suite, parts: Parts, held: Held, options: Options) -> About:
    kept = {question.id for question in suite.questions}
    return About(
        suite=suite.name,
        suite_sha256=suite.sha256,
        selection=selection_of(suite.questions),
        k=options.k,
        answers=parts.answerer is not None,
        settings=dict(sorted(parts.settings.items())),
        index_fingerprint=parts.index_fingerprint,
        documents={s: d.doc_id for d in held.documents for s in d.sources},
        stale={name: why for name, why in loaded.stale.items() if name in kept},
        versions={"python": platform.python_version()} | _versions(),
    )


def _versions() -> dict[str, str]:
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
