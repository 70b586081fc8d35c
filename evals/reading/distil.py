"""Teach reader and checker by a larger model: ``python -m evals.reading.distil STEP OUT``.

Three steps on one GPU, minutes each. ``teacher``: all-mpnet-base-v2 (its folder is ``--mpnet``)
learns to read from what people marked. ``reader``, ``checker``: a small one goes on from
``--start``, taught by it and by the marks, also over what nobody marked (``evals.reading.pairs``).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from evals.reading import base, data, teacher
from evals.reading.judge import judge
from evals.reading.material import Material
from evals.reading.model import ReaderModel
from evals.reading.train import Plan, Run
from index.models.reader_input import InputWriter

SIZE = (32000, 256)
"""Tokens and rows of a batch, at most."""
RATES = {"teacher": (6e-5, 6e-4), "reader": (2e-4, 1e-3), "checker": (1.5e-4, 1e-3)}
EPOCHS = 8
"""More than there is time for: each step ends by ``--minutes`` (``evals/LOG.md`` #reader-5)."""


def material(step: str, folder: Path, pairs: Path | None, writer: InputWriter) -> Material:
    """Return what a step trains on: the teacher all that is marked, reader and checker their own
    tasks, with what nobody marked.
    """
    other = {"teacher": (), "reader": ("*claims*",), "checker": ("*questions*", "reports*")}[step]
    without = [path.name for pattern in other for path in folder.glob(f"{pattern}.jsonl")]
    unmarked = pairs if step == "reader" else None
    return Material(folder, writer, pairs=unmarked, without=without, miscited=step == "checker")


def run(step: str, args: argparse.Namespace) -> dict[str, object]:
    """Run a step; return the figures of what is held out, before and after."""
    own = base.of(args.start)
    device = torch.device(args.device)
    larger = ReaderModel(teacher.load(args.mpnet, own.tokenizer))
    if step == "teacher":
        model, teachers = larger, []
    else:
        model = ReaderModel(own)
        model.load_state_dict(base.exported(args.start))
        larger.load_state_dict(torch.load(args.out / "teacher.pt", weights_only=True))
        teachers = [larger.to(device).eval()]
    stuff = material(step, args.data, args.pairs, InputWriter(own.tokenizer))
    model.to(device)
    told: dict[str, object] = {} if step == "teacher" else {"start": judge(model, stuff)}
    plan = Plan(EPOCHS, args.seed, SIZE, RATES[step], args.workers, args.minutes)
    out = args.out / step
    out.mkdir(parents=True, exist_ok=True)
    training = Run(out, model, stuff, plan, teachers)
    training.train()
    if step == "teacher":
        (out / "model.pt").rename(args.out / "teacher.pt")
    return told | {"steps": training.step, "held_out": judge(model, stuff)}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the step that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=list(RATES))
    parser.add_argument("out", type=Path)
    parser.add_argument("--mpnet", type=Path, required=True, help="all-mpnet-base-v2's folder")
    parser.add_argument("--start", type=Path, required=True, help="index/data/reader or checker")
    parser.add_argument("--pairs", type=Path, help="written by pairs, for the reader")
    parser.add_argument("--data", type=Path, default=data.DATA)
    parser.add_argument("--minutes", type=float, default=4.5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=14)
    parser.add_argument("--device", default="cuda")
    args = parser.parse_args(argv)
    torch.manual_seed(args.seed)
    told = run(args.step, args)
    told |= {
        "base": base.BASES[0],
        "minutes": args.minutes,
        "seed": args.seed,
        "data_sha256": data.digest(args.data),
    }
    (args.out / args.step / "figures.json").write_text(json.dumps(told, indent=1) + "\n")
    print(json.dumps(told), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
