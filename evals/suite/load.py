"""Loads a suite against held documents: the one way in for checking and for running."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from evals.held import Held
from evals.suite import questions, records
from evals.suite.resolve import Unresolved, resolve
from evals.suite.stale import pin_faults, staleness
from evals.types import Fault, Question, Suite
from index.errors import SuiteError

_SHOWN_FAULTS = 5


@dataclass(frozen=True, slots=True)
class Loaded:
    """A suite with what is wrong with it.

    Attributes:
        suite: questions with resolved gold; those with faults keep what could be resolved.
        stale: question id → why its gold may be out of date.
    """

    suite: Suite
    faults: tuple[Fault, ...]
    stale: dict[str, str]

    @property
    def errors(self) -> tuple[Fault, ...]:
        """Faults that keep the suite from being run."""
        return tuple(fault for fault in self.faults if not fault.warning)


def check(path: Path, held: Held) -> Loaded:
    """Read and resolve a suite, collecting every fault.

    Raises:
        SuiteError: there is nothing to read at ``path``.
    """
    found, faults, sha256 = records.read(path)
    units, more = questions.units(found)
    faults += more
    stale: dict[str, str] = {}
    resolved = tuple(
        tuple(_resolved(question, held, faults, stale) for question in unit) for unit in units
    )
    if not resolved and not faults:
        faults.append(Fault(path.name, 0, "the suite is empty: it has no question"))
    suite = Suite(path.stem if path.is_file() else path.name, sha256, resolved)
    order = sorted(faults, key=lambda fault: (fault.file, fault.line))
    return Loaded(suite, tuple(order), stale)


def load(path: Path, held: Held) -> Loaded:
    """As ``check``, for a suite that is going to be run.

    Raises:
        SuiteError: it has errors; names the first lines and how many there are.
    """
    loaded = check(path, held)
    if loaded.errors:
        shown = "; ".join(str(fault) for fault in loaded.errors[:_SHOWN_FAULTS])
        rest = len(loaded.errors) - _SHOWN_FAULTS
        more = f"; and {rest} more (assistant eval check lists them)" if rest > 0 else ""
        raise SuiteError(f"{path} cannot be run: {shown}{more}")
    return loaded


def _resolved(
    question: Question, held: Held, faults: list[Fault], stale: dict[str, str]
) -> Question:
    gold = list(question.gold)
    for at, one in enumerate(gold):
        try:
            gold[at] = resolve(one, held)
        except Unresolved as error:
            message = f"{question.id}: gold quote {at + 1}: {error}"
            faults.append(Fault(question.file, question.line, message))
    faults += pin_faults(question, held)
    why = staleness(question, held)
    if why is not None:
        stale[question.id] = why
        faults.append(Fault(question.file, question.line, why, warning=True))
    return replace(question, gold=tuple(gold))
