"""The seeds' questions asked among other authorities' reports: ``python -m evals.archive SUITE``.

Copies the seeds and the reports into one folder, leaving out those of the authorities that the
seeds are about (they answer the same questions), builds an index over them, and asks the
suite's questions that name one authority. Prints retrieval's figures with 95 % intervals
beside the plain baseline's. Nothing is answered. The index is kept, so that a second run
builds only what changed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections.abc import Collection, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.table import Table

from assistant.settings import seeds_folder
from evals.baseline import baseline_over
from evals.held import raw_texts
from evals.parts import Parts
from evals.report.terminal import stdout
from evals.run.generate import Options, generate
from evals.scores import Figure, Scores, score
from index.building.documents import load
from index.building.files import scan
from index.compose import builder, retriever
from index.errors import SuiteError
from index.identity import authorities
from index.store.collection import Collection as Held

INDEX = Path(".assistant/evaluation/archive-index")
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "PASSIVE"}
"""Torch's threads that wait for each other on a busy machine take minutes, not seconds."""
SHOWN = ("hit@1", "hit@5", "mrr", "recall@10", "hit@500w", "recall@500w", "wrong_authority")


def main() -> None:
    """Build, ask and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suite", type=Path, nargs="+", help="suites over the seeds")
    parser.add_argument("--letters", type=Path, default=Path("../shared/letters"))
    parser.add_argument("--index", type=Path, default=INDEX, help="where the index is kept")
    parser.add_argument("--alone", action="store_true", help="without the plain baseline")
    given = parser.parse_args()
    os.environ.update(_ONE_THREAD)
    with TemporaryDirectory() as folder:
        work = Path(folder)
        documents = shutil.copytree(seeds_folder(), work / "documents")
        copy_others(given.letters, documents, authorities_of(seeds_folder()))
        builder(given.index).build([documents])
        parts = _parts(Held(given.index), documents)
        named = naming(given.suite, work / "named.jsonl")
        systems = {"the assistant": parts}
        if not given.alone:
            systems["the plain baseline"] = baseline_over(parts)
        _show({name: _scores(named, system, work / name) for name, system in systems.items()})


def copy_others(letters: Path, target: Path, but: Collection[str | None]) -> None:
    """Copy the reports of other authorities than ``but`` into ``target``.

    Args:
        letters: files named by authority and date (``stoke-on-trent_2015-08-12.pdf``).

    Raises:
        SuiteError: there is no such folder.
    """
    if not letters.is_dir():
        raise SuiteError(f"{letters}: no such folder; name one with --letters")
    for path in sorted(letters.glob("*.pdf")):
        name = authorities().canonical(path.stem.partition("_")[0].replace("-", " "))
        if name not in but:
            shutil.copy(path, target)


def authorities_of(folder: Path) -> frozenset[str | None]:
    """Return authorities that the documents of a folder are about."""
    files = (found for found in scan([folder]) if found.supported)
    return frozenset(load(found).identity.authority_name for found in files)


def naming(suites: Sequence[Path], target: Path) -> Path:
    """Write the questions of ``suites`` that name one authority and have gold to ``target``."""
    lines = [line for suite in suites for line in suite.read_text(encoding="utf-8").splitlines()]
    target.write_text("\n".join(filter(_names_one, lines)), encoding="utf-8")
    return target


def _names_one(line: str) -> bool:
    record = json.loads(line)
    named = record.get("filters", {}).get("authority")
    return isinstance(named, str) and bool(record.get("gold_quotes"))


def _parts(collection: Held, documents: Path) -> Parts:
    return Parts(
        retriever=retriever(collection),
        store=collection,
        index_fingerprint=collection.manifest.index_fingerprint,
        raw_text=raw_texts(documents),
    )


def _scores(suite: Path, parts: Parts, out: Path) -> Scores:
    return score(generate(suite, parts, out, Options(20)))


def _show(scores: dict[str, Scores]) -> None:
    first = next(iter(scores.values()))
    table = Table(title=f"{len(first.questions)} questions that name an authority")
    for column in ("", *scores):
        table.add_column(column)
    for name in SHOWN:
        table.add_row(name, *(_cell(found.figure(name)) for found in scores.values()))
    stdout().print(table)


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    mean, low, high = figure.interval.mean, figure.interval.low, figure.interval.high
    return f"{mean:.3f}" if low is None or high is None else f"{mean:.3f} ({low:.2f}–{high:.2f})"


if __name__ == "__main__":
    main()
