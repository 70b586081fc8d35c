"""Train the encoder that tells what a question wants, assumes, takes from the one before, and so
on: ``python -m evals.reading.question_encoder OUT`` (two cores, forty minutes; resumable).

One encoder for all that is told of a question (``evals.reading.tasks``), a head each over its
first and its mean state. It and linear heads over words tell more together than either alone
(``evals/LOG.md`` #questions-1).
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn

from evals.reading import base, data, matters
from evals.reading.export import write
from evals.reading.figures import auc
from evals.reading.matters import Named
from evals.reading.question_model import (
    GOING_ON,
    RATES,
    QuestionModel,
    optimizing,
    said,
    scores,
    wide,
)
from evals.reading.tasks import Example, Task, tasks
from evals.report.terminal import stdout
from index.models.heads import ALONE, ASPECTS, OUTPUTS, WHENS, as_read
from index.models.question_encoder import NAMED, QuestionEncoder

BASE = "bge-small"
SIZE, SMOOTHED = 32, 0.05
TWICE = (ASPECTS, WHENS)
"""What few questions teach is seen twice in each epoch."""
SAVE_EVERY_S = 240
WITHOUT = tuple(f"{name}.jsonl" for name in ALONE)
"""Files of questions that teach heads alone."""


class Run:
    """A training that can be broken off and gone on with.

    Args:
        out: folder of ``checkpoint.pt`` while it runs, and ``model.pt`` then.
        start: an exported encoder to go on from, slower; None: the packaged base.
    """

    def __init__(
        self, out: Path, every: Sequence[Task], epochs: int, seed: int, start: Path | None = None
    ) -> None:
        self.out, self.every, self.epochs, self.seed = out, every, epochs, seed
        torch.manual_seed(seed)
        begun = base.of(start) if start else base.load(BASE)
        self.tokenizer = begun.tokenizer
        self.model = QuestionModel(begun, [task.name for task in every])
        if start:
            self.model.go_on(base.exported(start))
        self.steps = epochs * len(self._epoch(0))
        rates = GOING_ON if start else RATES
        self.optimizer, self.schedule = optimizing(self.model, self.steps, rates)
        self.step = 0

    def _epoch(self, number: int) -> list[tuple[str, list[Example] | list[Named]]]:
        chance = random.Random(f"{self.seed} {number}")
        found: list[tuple[str, list[Example] | list[Named]]] = []
        for task in self.every:
            examples = [*task.fitted] * (2 if task.name in TWICE else 1)
            chance.shuffle(examples)
            found += [(task.name, examples[at : at + SIZE]) for at in range(0, len(examples), SIZE)]
        every = [*matters.named(kept=False)] * matters.TIMES
        chance.shuffle(every)
        found += [(NAMED, every[at : at + SIZE]) for at in range(0, len(every), SIZE)]
        chance.shuffle(found)
        return found

    def train(self) -> None:
        """Train to the end, from the last checkpoint where there is one."""
        path = self.out / "checkpoint.pt"
        if path.is_file():
            kept = torch.load(path, weights_only=True)
            for part in ("model", "optimizer", "schedule"):
                getattr(self, part).load_state_dict(kept[part])
            self.step = kept["step"]
        batches = [one for number in range(self.epochs) for one in self._epoch(number)]
        saved = time.monotonic()
        for name, examples in batches[self.step :]:
            loss = self._learn(name, examples)
            self.step += 1
            if self.step % 100 == 0:
                stdout().print(f"step {self.step} of {self.steps}, loss {loss:.3f}")
            if time.monotonic() - saved > SAVE_EVERY_S:
                self._save()
                saved = time.monotonic()
        torch.save(self.model.state_dict(), self.out / "model.pt")
        path.unlink(missing_ok=True)

    def _learn(self, name: str, examples: list[Example] | list[Named]) -> float:
        chance = random.Random(f"{self.seed} {self.step}")
        self.model.train()
        if name == NAMED:
            marked = [one for one in examples if isinstance(one, Named)]
            loss = matters.loss(self.model, self.tokenizer, marked, chance)
        else:
            loss = self._loss(name, [one for one in examples if isinstance(one, Example)], chance)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.schedule.step()
        return float(loss.detach())

    def _loss(self, name: str, examples: Sequence[Example], chance: random.Random) -> torch.Tensor:
        texts = [as_read(name, *said(one, chance)) for one in examples]
        logits = scores(self.model, self.tokenizer, texts, [name])[name]
        wanted = torch.tensor([one.label for one in examples])
        return nn.functional.cross_entropy(wide(logits), wanted, label_smoothing=SMOOTHED)

    def _save(self) -> None:
        parts = ("model", "optimizer", "schedule")
        beside = self.out / "checkpoint.new"
        torch.save({p: getattr(self, p).state_dict() for p in parts} | {"step": self.step}, beside)
        beside.replace(self.out / "checkpoint.pt")


class _Row(nn.Module):
    """The model as it is run: one question at a time, so that nothing is masked."""

    def __init__(self, model: QuestionModel) -> None:
        super().__init__()
        self.model = model

    def forward(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, ...]:
        every = torch.ones_like(input_ids)
        seen = self.model.seen(input_ids, token_type_ids, every)
        states = self.model.pooled(seen, every)
        told = tuple(head(states) for head in self.model.heads.values())
        return (*told, self.model.matter(seen).squeeze(-1))


def export(model: QuestionModel, tokenizer: Tokenizer, out: Path) -> None:
    """Write ``model.onnx`` (int8) and ``tokenizer.json`` into ``out``."""
    inputs = ("input_ids", "token_type_ids")
    example = (torch.arange(1000, 1024).unsqueeze(0), torch.zeros(1, 24, dtype=torch.long))
    axes = {name: {1: "tokens"} for name in (*inputs, NAMED)}
    write(_Row(model), example, (inputs, (*model.heads, NAMED)), axes, out)
    tokenizer.save(str(out / "tokenizer.json"))


def told_rightly(
    encoder: QuestionEncoder, every: Sequence[Task], each: int = 1
) -> dict[str, float]:
    """Return how much of the voices kept back an exported encoder tells rightly, by name; the area
    under the curve where there are two outcomes.

    Args:
        each: every so many are asked.
    """
    told = {}
    for task in every:
        kept = task.kept[::each]
        said = [encoder.logits(*as_read(task.name, o.text, o.before))[task.name] for o in kept]
        if OUTPUTS[task.name] == 1:
            told[task.name] = auc([float(one[0]) for one in said], [bool(o.label) for o in kept])
        else:
            right = [int(one.argmax()) == o.label for one, o in zip(said, kept, strict=True)]
            told[task.name] = sum(right) / len(right)
    return {name: round(figure, 4) for name, figure in told.items()}


def main(argv: Sequence[str] | None = None) -> int:
    """Train, and write what ships: ``model.onnx``, ``tokenizer.json`` and ``figures.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--start", type=Path, help="an exported one to go on from")
    args = parser.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    run = Run(args.out, tasks(), args.epochs, args.seed, args.start)
    run.train()
    export(run.model, run.tokenizer, args.out)
    encoder = QuestionEncoder(args.out)
    told = {
        "base": BASE,
        "trained": f"question_encoder --epochs {args.epochs} --seed {args.seed}"
        + (f" --start {args.start}" if args.start else ""),
        "data_sha256": data.digest(without=WITHOUT, of_questions=True),
        "without": WITHOUT,
        "kept": told_rightly(encoder, run.every),
        "matter": matters.told_rightly(encoder),
    }
    (args.out / "figures.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
