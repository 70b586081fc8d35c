"""The folder of a saved run: results are appended as they come, so that a run can go on.

``run.json`` says what was run, ``suite.json`` holds the questions with their resolved gold,
``results.jsonl`` one line a question in the suite's order, ``timings.jsonl`` the only values
that differ between two equal runs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from evals.run.record import Result, Timing, result_of, timing_of, to_line
from evals.types import Question, Suite
from index.errors import NotComparable, SuiteError

FORMAT = 1

_SUITE = TypeAdapter(Suite)


@dataclass(frozen=True, slots=True)
class About:
    """What was run, with what.

    Attributes:
        selection: SHA-256 (hex) of the ids asked, in order.
        k: passages searched for.
        documents: source → doc_id of what was held.
        stale: question id → why its gold may be out of date.
        versions: of Python and of the libraries that move results.
    """

    suite: str
    suite_sha256: str
    selection: str
    k: int
    answers: bool
    settings: dict[str, str]
    index_fingerprint: str
    documents: dict[str, str]
    stale: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


_ABOUT = TypeAdapter(About)


@dataclass(frozen=True, slots=True)
class Run:
    """A saved run, read back; ``results`` in the suite's order, fewer when interrupted."""

    folder: Path
    about: About
    suite: Suite
    results: tuple[Result, ...]
    timings: dict[str, Timing]

    @property
    def complete(self) -> bool:
        """Whether every question has its result."""
        return len(self.results) == len(self.suite.questions)


class RunFolder:
    """Writes a run; one writer at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self, about: About, suite: Suite) -> int:
        """Start a run here, or go on with the one begun.

        Returns:
            How many units (questions or conversations) are already done.

        Raises:
            NotComparable: the folder holds a run made with something else; names what.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        place = self.path / "run.json"
        if not place.exists():
            self._write("suite.json", asdict(suite))
            self._write("run.json", asdict(about))
            return 0
        old = read_about(self.path)
        differing = [name for name, value in asdict(about).items() if getattr(old, name) != value]
        if differing:
            raise NotComparable(
                f"{self.path} holds a run with another {differing[0]}: name another folder "
                "with --out, or delete this one"
            )
        return self._keep_whole_units(suite)

    def append(self, results: Sequence[Result], timings: Sequence[Timing]) -> None:
        """Add the results of one unit."""
        for name, lines in (("results.jsonl", results), ("timings.jsonl", timings)):
            with (self.path / name).open("a", encoding="ascii", newline="\n") as file:
                file.write("".join(to_line(line) for line in lines))

    def _keep_whole_units(self, suite: Suite) -> int:
        """Drop a result cut off in the middle, and conversations begun but not finished."""
        results = _lines(self.path / "results.jsonl", result_of, cut_off=True)
        timings = {t.id: t for t in _lines(self.path / "timings.jsonl", timing_of, cut_off=True)}
        done = 0
        while done < len(suite.units):
            wanted = [question.id for question in suite.units[done]]
            at = sum(len(unit) for unit in suite.units[:done])
            if [result.id for result in results[at : at + len(wanted)]] != wanted:
                break
            done += 1
        kept = results[: sum(len(unit) for unit in suite.units[:done])]
        for name in ("results.jsonl", "timings.jsonl"):
            (self.path / name).write_bytes(b"")
        self.append(kept, [timings[r.id] for r in kept if r.id in timings])
        return done

    def _write(self, name: str, data: Any) -> None:
        text = json.dumps(data, indent=1) + "\n"
        (self.path / name).write_text(text, encoding="ascii")


def read(path: Path) -> Run:
    """Read a saved run.

    Raises:
        SuiteError: there is none, or a line of it cannot be read; names the line.
    """
    about = read_about(path)
    suite = _SUITE.validate_python(_json(path / "suite.json"))
    results = _lines(path / "results.jsonl", result_of, cut_off=False)
    timings = _lines(path / "timings.jsonl", timing_of, cut_off=False)
    return Run(path, about, suite, tuple(results), {t.id: t for t in timings})


def read_about(path: Path) -> About:
    """Read what a run was made with.

    Raises:
        SuiteError: there is no run at ``path``, or it is of another format.
    """
    data = _json(path / "run.json")
    if data.get("format") != FORMAT:
        raise SuiteError(
            f"{path}: a run of format {data.get('format')}, this version reads {FORMAT}: run again"
        )
    try:
        return _ABOUT.validate_python(data)
    except ValidationError as error:
        raise SuiteError(f"{path / 'run.json'}: {error.errors()[0]['msg']}; run again") from error


def selection_of(questions: Sequence[Question]) -> str:
    """Return the SHA-256 (hex) of the ids, in order."""
    import hashlib

    return hashlib.sha256("\n".join(q.id for q in questions).encode()).hexdigest()


def _json(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise SuiteError(f"{path} is not there: name the folder of a saved run")
    data: dict[str, Any] = json.loads(path.read_text(encoding="ascii"))
    return data


def _lines(path: Path, parse: Any, cut_off: bool) -> list[Any]:
    """Parsed lines; ``cut_off`` forgives a last line that was not written to its end."""
    if not path.is_file():
        return []
    out = []
    lines = path.read_text(encoding="ascii").splitlines()
    for number, line in enumerate(lines, start=1):
        try:
            out.append(parse(line))
        except ValueError as error:
            if cut_off and number == len(lines):
                break
            raise SuiteError(f"{path}:{number}: not a result line; run again") from error
    return out
