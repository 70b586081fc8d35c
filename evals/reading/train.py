"""Train the reader: ``python -m evals.reading.train OUT`` (two cores, hours; resumable).

Joint over questions and claims. With dropout off a step is three times as fast on two cores,
and the variations of ``varied`` take its place (``evals/LOG.md`` #reader-speed). An allocator
that keeps pages (``LD_PRELOAD=libtcmalloc_minimal.so.4``) saves another sixth.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.utils.data import DataLoader

from evals.reading import base, data
from evals.reading.batches import MOST, TOKENS, Batch
from evals.reading.judge import judge
from evals.reading.loss import marked_loss, taught_loss
from evals.reading.material import Material, Stream
from evals.reading.model import ReaderModel
from evals.reading.reports import listed_loss, taught_order_loss
from index.models.reader_input import InputWriter

WARM_UP = 0.05
LISTED = 0.5
"""Weight of the order of a whole report's sentences."""
SAVE_EVERY_S = 240


@dataclass(frozen=True)
class Plan:
    """How a training goes.

    Attributes:
        size: tokens and rows of a batch, at most.
        rates: learning rate of the encoder, and of the heads.
        workers: processes that make batches; 0 makes them in between.
        minutes: it ends by then, its rate fallen as if all had been seen; None: no such end.
    """

    epochs: int = 3
    seed: int = 1
    size: tuple[int, int] = (TOKENS, MOST)
    rates: tuple[float, float] = (5e-5, 1e-3)
    workers: int = 0
    minutes: float | None = None


class Run:
    """A training that can be broken off and gone on with.

    Args:
        out: folder of ``checkpoint.pt`` (while it runs) and ``model.pt``.
        teachers: readers whose scores are learnt too, beside what people marked.
    """

    def __init__(
        self,
        out: Path,
        model: ReaderModel,
        material: Material,
        plan: Plan,
        teachers: Sequence[ReaderModel] = (),
    ) -> None:
        self.out, self.model, self.plan, self.teachers = out, model, plan, teachers
        self.device = next(model.parameters()).device
        self.stream = Stream(material, plan.epochs, plan.seed, plan.size)
        self.steps = self.stream.steps(plan.workers)
        model.encoder.embeddings.requires_grad_(False)
        named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        groups = [
            {"params": [p for n, p in named if n.startswith("encoder") == inside], "lr": rate}
            for inside, rate in zip((True, False), plan.rates, strict=True)
        ]
        self.optimizer = torch.optim.AdamW(
            groups, weight_decay=0.01, fused=self.device.type == "cuda"
        )
        self.began = time.monotonic()
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._rate)
        self.step = 0

    def _rate(self, step: int) -> float:
        done = max(step / self.steps, self._spent())
        begun = max((step + 1) / self.steps, self._spent())
        return min(1.0, begun / WARM_UP) * max(0.02, 1 - done)

    def _spent(self) -> float:
        """The share of its time that is over."""
        limit = self.plan.minutes
        return (time.monotonic() - self.began) / (limit * 60) if limit else 0.0

    def go_on(self) -> None:
        """Load the last checkpoint, where there is one."""
        path = self.out / "checkpoint.pt"
        if path.is_file():
            state = torch.load(path, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimizer.load_state_dict(state["optimizer"])
            self.schedule.load_state_dict(state["schedule"])
            self.step = state["step"]

    def save(self) -> None:
        """Write a checkpoint, whole or not at all."""
        beside = self.out / "checkpoint.new"
        torch.save(
            {
                "model": self.model.state_dict(),
                "optimizer": self.optimizer.state_dict(),
                "schedule": self.schedule.state_dict(),
                "step": self.step,
            },
            beside,
        )
        beside.replace(self.out / "checkpoint.pt")

    def train(self) -> None:
        """Train to the end, from wherever it stands."""
        self.go_on()
        saved = self.began = time.monotonic()
        first, losses = self.step, []
        self.model.train()
        ahead = 3 if self.plan.workers else None
        loader = DataLoader(
            self.stream, batch_size=None, num_workers=self.plan.workers, prefetch_factor=ahead
        )
        for number, batch in enumerate(loader):
            if number < self.step:
                continue
            if self._spent() >= 1:
                break
            losses.append(self._one(batch.to(self.device)))
            if time.monotonic() - saved > SAVE_EVERY_S:
                self.save()
                saved = time.monotonic()
            if self.step % 25 == 0:
                each = (time.monotonic() - self.began) / (self.step - first)
                mean = float(torch.stack(losses[-50:]).mean())
                left = each * (self.steps - self.step)
                print(f"{self.step}/{self.steps} loss {mean:.3f}, {left:.0f} s left", flush=True)
        torch.save(self.model.state_dict(), self.out / "model.pt")
        (self.out / "checkpoint.pt").unlink(missing_ok=True)

    def _one(self, batch: Batch) -> torch.Tensor:
        with base.narrow(self.device.type):
            scores = self.model(**batch.inputs)
            with torch.no_grad():
                taught = [teacher(**batch.inputs) for teacher in self.teachers]
        loss = marked_loss(scores, batch) + LISTED * listed_loss(scores, batch)
        if taught:
            known = batch.targets["supported" if batch.claims else "passage"]
            loss = loss * (~known.isnan()).float().mean() + taught_loss(scores, taught, batch)
            loss = loss + LISTED * sum(taught_order_loss(scores, each, batch) for each in taught)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        self.step += 1
        return loss.detach()


def started(path: Path) -> dict[str, torch.Tensor]:
    """Return the weights of a ``model.pt``, or of a folder that holds an exported reader."""
    if path.is_dir():
        return base.exported(path)
    state: dict[str, torch.Tensor] = torch.load(path, weights_only=True)
    return state


def main(argv: Sequence[str] | None = None) -> int:
    """Run the training named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", default=base.BASES[0], choices=base.BASES)
    parser.add_argument("--start", type=Path, help="an earlier training, or index/data/reader")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--data", type=Path, default=data.DATA)
    parser.add_argument("--whole", action="store_true", help="train on the held-out reports too")
    parser.add_argument("--learnt", nargs="*", default=[], help="files that the start has learnt")
    parser.add_argument("--share", type=float, default=0.3, help="of these, in one pass")
    parser.add_argument("--minutes", type=float, help="end by then, whatever is left")
    parser.add_argument("--without", nargs="*", default=[], help="files not to be trained on")
    args = parser.parse_args(argv)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    start = base.load(args.base)
    model = ReaderModel(start)
    if args.start:
        model.load_state_dict(started(args.start), strict=False)
    writer = InputWriter(start.tokenizer)
    material = Material(
        args.data, writer, args.whole, args.learnt, args.share, without=args.without
    )
    Run(args.out, model, material, Plan(args.epochs, args.seed, minutes=args.minutes)).train()
    figures = judge(model, material)
    told = {
        "base": args.base,
        "epochs": args.epochs,
        "seed": args.seed,
        "learnt": args.learnt,
        "share": args.share,
        "minutes": args.minutes,
        "without": args.without,
        "start": str(args.start or ""),
        "whole": args.whole,
        "data_sha256": data.digest(args.data, args.without),
        "held_out": figures,
    }
    (args.out / "figures.json").write_text(json.dumps(told, indent=1) + "\n")
    print(json.dumps(figures), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
