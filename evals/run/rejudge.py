"""Judges a saved run by another version of its suite, without asking again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from evals.held import Held
from evals.run.folder import Run, selection_of
from evals.suite.load import load
from evals.types import Suite
from index.errors import SuiteError


def with_suite(run: Run, path: Path, held: Held) -> Run:
    """Return the run with the gold of the suite at ``path``.

    Raises:
        SuiteError: the suite lacks a question of the run, words it otherwise, or has faults.
    """
    loaded = load(path, held)
    units = {unit[0].conversation or unit[0].id: unit for unit in loaded.suite.units}
    chosen = []
    for old in run.suite.units:
        name = old[0].conversation or old[0].id
        new = units.get(name)
        if new is None or [q.question for q in new] != [q.question for q in old]:
            raise SuiteError(
                f"{path}: {name!r} is missing or asks something else than the run at "
                f"{run.folder} did: run it again"
            )
        chosen.append(new)
    suite = Suite(loaded.suite.name, loaded.suite.sha256, tuple(chosen))
    about = replace(
        run.about,
        suite=suite.name,
        suite_sha256=suite.sha256,
        selection=selection_of(suite.questions),
        stale=loaded.stale,
    )
    return replace(run, suite=suite, about=about)
