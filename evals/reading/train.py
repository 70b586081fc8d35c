"""Train the reader: ``python -m evals.reading.train OUT`` (two cores, under an hour; resumable).

Joint over questions and claims. With dropout off a step is three times as fast on these
cores, and the variations of ``batches`` take its place (``evals/LOG.md`` #reader-speed). An
allocator that keeps pages (``LD_PRELOAD=libtcmalloc_minimal.so.4``) saves another sixth.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

import torch
from torch import nn

from evals.reading import base, data
from evals.reading.batches import Batch, Item, Varied, collate, grouped
from evals.reading.judge import judge
from evals.reading.model import ReaderModel, Scores
from index.models.reader_input import InputWriter

ENCODER_RATE, HEAD_RATE, WARM_UP = 5e-5, 1e-3, 0.05
ELSEWHERE = 0.05
"""Weight of a sentence that does not answer, for what denies: who denies a premise answers it."""
SAVE_EVERY_S = 240
T = TypeVar("T")
_bce = nn.functional.binary_cross_entropy_with_logits


class Material:
    """All that is trained on, and what is held out.

    Args:
        learnt: names of files that the start has learnt: of each a ``share`` is seen again.
    """

    def __init__(
        self,
        folder: Path,
        writer: InputWriter,
        tasks: Sequence[str],
        whole: bool = False,
        learnt: Collection[str] = (),
    ) -> None:
        found = data.excerpts(*sorted(folder.glob("*excerpts*.jsonl")))
        asked = {
            p.name: [q for q in data.questions(p, found) if not q.excerpt.ours]
            for p in sorted(folder.glob("*questions*.jsonl"))
        }
        claimed = {
            p.name: [c for c in data.claims(p, found) if not c.excerpt.ours]
            for p in sorted(folder.glob("*claims*.jsonl"))
        }
        self.learnt = frozenset(learnt)
        self.held_questions = [q for every in asked.values() for q in every if q.excerpt.held_out]
        self.held_claims = [c for every in claimed.values() for c in every if c.excerpt.held_out]
        self.questions = {
            name: [q for q in every if whole or not q.excerpt.held_out]
            for name, every in asked.items()
        }
        self.claims = {
            name: [c for c in every if whole or not c.excerpt.held_out]
            for name, every in claimed.items()
        }
        self.excerpts = list(found.values())
        self.writer = writer
        self.tasks = tasks
        self.share = 1.0

    def _some(self, files: Mapping[str, list[T]], chance: random.Random) -> Iterator[T]:
        """Yield what there is in order, and of files learnt before a share."""
        for name, every in files.items():
            for one in every:
                if name not in self.learnt or chance.random() < self.share:
                    yield one

    def epoch(self, chance: random.Random) -> list[list[Item]]:
        """Return the batches of one pass over everything, each varied anew, in random order."""
        varied = Varied(self.writer, self.excerpts, chance)
        parts: list[list[Item]] = []
        if "questions" in self.tasks:
            parts.append([varied.question(q) for q in self._some(self.questions, chance)])
        if "claims" in self.tasks:
            parts.append([varied.claim(c) for c in self._some(self.claims, chance)])
        found = [group for items in parts if items for group in grouped(items)]
        chance.shuffle(found)
        return found


def loss_of(scores: Scores, batch: Batch) -> torch.Tensor:
    """Return the loss of one batch, whose items all have the same task."""
    first = batch.items[0]
    if first.supported is not None:
        target = torch.tensor([item.supported for item in batch.items])
        return _bce(scores.supported.float(), target)
    return _reading_loss(scores, batch)


def _reading_loss(scores: Scores, batch: Batch) -> torch.Tensor:
    logits, contrary = scores.answers.float(), scores.contradicts.float()
    target, against, weight, answering = (torch.zeros_like(logits) for _ in range(4))
    quoted, asked = torch.zeros_like(logits), torch.zeros_like(logits)
    for row, item in enumerate(batch.items):
        count = len(item.answers or ())
        target[row, :count] = torch.tensor(item.answers)
        against[row, :count] = torch.tensor(item.contradicts)
        weight[row, :count] = 1
        if item.belongs is not None:
            quoted[row, :count] = torch.tensor(item.belongs)
            asked[row, :count] = 1
        answering[row, :count] = ELSEWHERE + (1 - ELSEWHERE) * (target[row, :count] >= 1)
    loss = (_bce(logits, target, reduction="none") * weight).sum() / weight.sum()
    denied = _bce(contrary, against, reduction="none") * answering
    loss = loss + 0.5 * denied.sum() / answering.sum()
    if asked.any():
        goes = _bce(scores.belongs.float(), quoted, reduction="none") * asked
        loss = loss + 0.5 * goes.sum() / asked.sum()
    answered = (target >= 1).any(1)
    if answered.any():
        logs = torch.log_softmax(logits.masked_fill(weight == 0, -1e4)[answered], 1)
        right = (target[answered] >= 1).float()
        loss = loss - 0.3 * ((logs * right).sum(1) / right.sum(1)).mean()
    passage = torch.tensor([item.passage for item in batch.items])
    return loss + 0.4 * _bce(scores.passage.float(), passage)


class Run:
    """A training that can be broken off and gone on with.

    Args:
        out: folder of ``checkpoint.pt`` (while it runs), ``model.pt`` and ``figures.json``.
    """

    def __init__(
        self, out: Path, model: ReaderModel, material: Material, epochs: int, seed: int
    ) -> None:
        self.out, self.model, self.material = out, model, material
        self.epochs, self.seed = epochs, seed
        self.steps = len(material.epoch(random.Random(seed))) * epochs
        heads = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
        model.encoder.embeddings.requires_grad_(False)
        inside = [p for p in model.encoder.parameters() if p.requires_grad]
        groups = [{"params": inside, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, self._rate)
        self.step = 0

    def _rate(self, step: int) -> float:
        return min(1.0, (step + 1) / (WARM_UP * self.steps)) * max(0.02, 1 - step / self.steps)

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
        began = saved = time.time()
        first, done, losses = self.step, 0, []
        self.model.train()
        for epoch in range(self.epochs):
            found = self.material.epoch(random.Random(self.seed * 1000 + epoch))
            for batch in found:
                done += 1
                if done <= self.step:
                    continue
                losses.append(self._one(collate(batch)))
                if time.time() - saved > SAVE_EVERY_S:
                    self.save()
                    saved = time.time()
                if self.step % 25 == 0:
                    left = (time.time() - began) / (self.step - first) * (self.steps - self.step)
                    mean = sum(losses[-50:]) / len(losses[-50:])
                    print(
                        f"{self.step}/{self.steps} loss {mean:.3f}, {left:.0f} s left", flush=True
                    )
            if epoch + 1 < self.epochs:
                print(json.dumps(judge(self.model, self.material)), flush=True)
                self.model.train()
        torch.save(self.model.state_dict(), self.out / "model.pt")
        (self.out / "checkpoint.pt").unlink(missing_ok=True)

    def _one(self, batch: Batch) -> float:
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = self.model(**batch.inputs)
        loss = loss_of(scores, batch)
        torch.autograd.backward(loss)
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad()
        self.step += 1
        return float(loss.detach())


def main(argv: Sequence[str] | None = None) -> int:
    """Run the training named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--base", default=base.BASES[0], choices=base.BASES)
    parser.add_argument("--start", type=Path, help="a model.pt of an earlier training")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--data", type=Path, default=data.DATA)
    parser.add_argument("--whole", action="store_true", help="train on the held-out reports too")
    parser.add_argument("--learnt", nargs="*", default=[], help="files that the start has learnt")
    parser.add_argument("--share", type=float, default=0.3, help="of these, in one pass")
    parser.add_argument("--tasks", default="questions,claims")
    args = parser.parse_args(argv)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    start = base.load(args.base)
    model = ReaderModel(start)
    if args.start:
        model.load_state_dict(torch.load(args.start, weights_only=True), strict=False)
    writer, tasks = InputWriter(start.tokenizer), args.tasks.split(",")
    material = Material(args.data, writer, tasks, args.whole, args.learnt)
    material.share = args.share
    run = Run(args.out, model, material, args.epochs, args.seed)
    run.train()
    figures = judge(run.model, material)
    told = {
        "base": args.base,
        "epochs": args.epochs,
        "seed": args.seed,
        "tasks": args.tasks,
        "learnt": args.learnt,
        "share": args.share,
        "start": str(args.start or ""),
        "whole": args.whole,
        "data_sha256": data.digest(args.data),
        "held_out": figures,
    }
    (args.out / "figures.json").write_text(json.dumps(told, indent=1) + "\n")
    print(json.dumps(figures), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
