"""Teach the reader by a larger one: ``python -m evals.reading.distil OUT --teacher MPNET``.

Two steps on one GPU, minutes each: all-mpnet-base-v2 (its folder is ``MPNET``) learns to read
from what people marked; then the reader goes on from ``--start``, taught by it, by what it was
itself, and by the marks, also over pairs that nobody marked (``evals.reading.pairs``).
"""

from __future__ import annotations

import argparse
import copy
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

TEACHER = Plan(size=(8000, 48), rates=(4e-5, 4e-4), workers=14, minutes=3.5)
READER = Plan(epochs=4, size=(8000, 48), rates=(1e-4, 1e-3), workers=14, minutes=4.4)
"""Ended by time: one H100 came to 1,793 and 1,139 steps (``evals/LOG.md`` #reader-4)."""


def teach(
    out: Path, reader: ReaderModel, larger: ReaderModel, alone: Material, paired: Material
) -> dict[str, object]:
    """Train the larger model, then the reader by it; return both held-out figures."""
    (out / "teacher").mkdir(parents=True, exist_ok=True)
    before = copy.deepcopy(reader).eval()
    Run(out / "teacher", larger, alone, TEACHER).train()
    told: dict[str, object] = {"start": judge(before, alone), "teacher": judge(larger, alone)}
    print(json.dumps(told), flush=True)
    Run(out, reader, paired, READER, (larger.eval(), before)).train()
    return told | {"held_out": judge(reader, paired)}


def main(argv: Sequence[str] | None = None) -> int:
    """Run both steps as the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--teacher", type=Path, required=True, help="all-mpnet-base-v2's folder")
    parser.add_argument("--start", type=Path, required=True, help="a model.pt of train")
    parser.add_argument("--pairs", type=Path, required=True, help="written by pairs")
    parser.add_argument("--data", type=Path, default=data.DATA)
    parser.add_argument("--device", default="cuda")
    args = parser.parse_args(argv)
    torch.manual_seed(1)
    own = base.load(base.BASES[0])
    reader = ReaderModel(own)
    reader.load_state_dict(torch.load(args.start, weights_only=True))
    larger = ReaderModel(teacher.load(args.teacher, own.tokenizer))
    writer = InputWriter(own.tokenizer)
    alone, paired = (Material(args.data, writer, pairs=pairs) for pairs in (None, args.pairs))
    device = torch.device(args.device)
    told = teach(args.out, reader.to(device), larger.to(device), alone, paired)
    told |= {"base": base.BASES[0], "data_sha256": data.digest(args.data)}
    (args.out / "figures.json").write_text(json.dumps(told, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
