"""Our retriever beside the plain baseline, Haystack's and txtai's: ``python -m evals.peers``.

All four read the same documents and are judged by the same rules, in one run. ``make
bench-peers`` installs the two libraries first. The seeds among other letters:
``python -m evals.peers evals/suites/seeds-dev.jsonl --corpus seeds FOLDER --naming``.
"""

from __future__ import annotations

import argparse
import re
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from assistant.settings import seeds_folder
from evals.parts import Parts
from evals.peers.exchange import Given, write_given
from evals.peers.recorded import given, recorded
from evals.peers.table import beside
from evals.report.terminal import show_table, stdout
from evals.run.generate import Options, generate
from evals.scores import score
from index.errors import SuiteError

ROOT = Path(__file__).parents[2]
SUITE = ROOT / "evals/suites/seeds-test.jsonl"
INDEX = Path(".assistant/evaluation/peers-index")
PYTHON = ROOT / ".venv-peers/bin/python"
K = 20
PEERS = {"haystack-ai": ("Haystack", "haystack_hybrid"), "txtai": ("txtai", "txtai_hybrid")}
"""Package → what it is called, and the module that runs it."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command."""
    chosen = _parser().parse_args(arguments)
    out = Path(f".assistant/runs/peers-{chosen.suite.stem}-{datetime.now():%Y%m%d-%H%M%S}")
    out.mkdir(parents=True)
    ours = _ours(chosen.corpus, chosen.index)
    retrievers = {"ours": ours, "plain baseline": _plain(ours)}
    asked = _given(chosen.suite, ours)
    write_given(asked, out / "given.json")
    for label, module in _peers():
        path = _run(module, asked, out)
        retrievers[label] = recorded(path, asked, ours, label)
    runs = [
        (label, score(generate(chosen.suite, parts, out / label.replace(" ", "-"), Options(K))))
        for label, parts in retrievers.items()
    ]
    console = stdout()
    show_table(beside(runs, naming=chosen.naming), console)
    console.print(f"saved in {out}", markup=False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m evals.peers",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("suite", type=Path, nargs="?", default=SUITE, help="default: seeds-test")
    parser.add_argument(
        "--corpus",
        type=Path,
        nargs="+",
        default=[seeds_folder()],
        metavar="DIR",
        help="folders (or files) of documents; default: the seeds alone",
    )
    parser.add_argument(
        "--naming", action="store_true", help="only questions that name one authority"
    )
    parser.add_argument("--index", type=Path, default=INDEX, help="where our index is kept")
    return parser


def _ours(corpus: Sequence[Path], folder: Path) -> Parts:
    """Return the retriever of the command line and the page, over exactly these documents."""
    from assistant.cli.evaluation import compose
    from index import Index

    Index.build(corpus, folder).close()
    return replace(compose(folder), answerer=None)


def _plain(ours: Parts) -> Parts:
    from evals.baseline import baseline_over

    return baseline_over(ours)


def _given(suite: Path, ours: Parts) -> Given:
    from evals.held import from_store
    from evals.suite.load import load
    from index.models import packaged

    questions = load(suite, from_store(ours.store, ours.raw_text)).suite.questions
    return given(ours.store, questions, packaged.folder("minilm"), K)


def _peers() -> list[tuple[str, str]]:
    """Name with version, and module, of each."""
    pins = (Path(__file__).parent / "constraints.txt").read_text(encoding="ascii")
    versions = dict(re.findall(r"^([\w-]+)==(\S+)$", pins, re.MULTILINE))
    return [(f"{name} {versions[package]}", module) for package, (name, module) in PEERS.items()]


def _run(module: str, asked: Given, out: Path) -> Path:
    """Let a peer search, in its own virtual environment.

    Raises:
        SuiteError: it is not installed, or failed; what it said is on stderr.
    """
    if not PYTHON.is_file():
        raise SuiteError(f"{PYTHON} is not there: run make bench-peers, which installs the peers")
    path = (out / f"{module}.jsonl").absolute()
    asks = str((out / "given.json").absolute())
    command = [str(PYTHON), "-m", f"evals.peers.{module}", asks, str(path)]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise SuiteError(
            f"evals.peers.{module} failed on {len(asked.documents)} documents, as it says above: "
            "delete .venv-peers and run make bench-peers to install it anew"
        )
    return path


if __name__ == "__main__":
    main()
