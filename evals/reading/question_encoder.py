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

from evals.reading import base, data
from evals.reading.export import write
from evals.reading.figures import auc
from evals.reading.tasks import Example, Task, tasks
from evals.report.terminal import stdout
from index.models.heads import ASPECTS, OUTPUTS, WHENS, as_read
from index.models.question_encoder import MAX_TOKENS, QuestionEncoder

BASE = "bge-small"
RATES = (5e-5, 1e-3)
"""Learning rate of the encoder, and of the heads."""
SIZE, WARM_UP, SMOOTHED, DROPPED = 32, 0.06, 0.05, 0.1
TWICE = (ASPECTS, WHENS)
"""What few questions teach is seen twice in each epoch."""
VARIED = 0.4
"""Share of the questions that are said a little otherwise each time."""
SAVE_EVERY_S = 240
Texts = Sequence[tuple[str, str | None]]


class QuestionModel(nn.Module):
    """Encoder and heads; a question is its first state and the mean of all, side by side."""

    def __init__(self, start: base.Base, names: Sequence[str]) -> None:
        super().__init__()
        self.encoder = start.encoder
        self.heads = nn.ModuleDict(
            {
                name: nn.Sequential(nn.Dropout(DROPPED), nn.Linear(2 * start.width, OUTPUTS[name]))
                for name in names
            }
        )

    def states(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> torch.Tensor:
        """Return what the heads read: float of shape (batch, 2 * width)."""
        seen = self.encoder(
            input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
        ).last_hidden_state
        kept = attention_mask.unsqueeze(-1).to(seen.dtype)
        return torch.cat([seen[:, 0], (seen * kept).sum(1) / kept.sum(1)], -1)


def batch(tokenizer: Tokenizer, texts: Texts) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return ids, types and mask, each int64 of shape (texts, tokens)."""
    read = [
        tokenizer.encode(text) if before is None else tokenizer.encode(before, text)
        for text, before in texts
    ]
    tokens = min(MAX_TOKENS, max(len(one.ids) for one in read))
    rows = torch.zeros(3, len(read), tokens, dtype=torch.long)
    for n, one in enumerate(read):
        held = min(tokens, len(one.ids))
        rows[0, n, :held] = torch.tensor(one.ids[:held])
        rows[1, n, :held] = torch.tensor(one.type_ids[:held])
        rows[2, n, :held] = 1
    return rows[0], rows[1], rows[2]


def varied(text: str, chance: random.Random) -> str:
    """Return a question as somebody else might type it: words left out, no capitals, a slip."""
    words = text.split()
    if chance.random() >= VARIED or not words:
        return text
    way = chance.random()
    if way < 0.4:
        return " ".join(word for word in words if chance.random() > 0.08) or text
    if way < 0.7:
        return text.lower().rstrip("?")
    at = chance.randrange(len(words))
    word = words[at]
    if len(word) > 4:
        cut = chance.randrange(1, len(word) - 1)
        swapped = word[cut + 1] + word[cut] if chance.random() < 0.5 else word[cut + 1]
        words[at] = word[:cut] + swapped + word[cut + 2 :]
    return " ".join(words)


def _wide(logits: torch.Tensor) -> torch.Tensor:
    """Return logits of both outcomes where there is one for "yes" alone."""
    return torch.cat([torch.zeros_like(logits), logits], -1) if logits.shape[-1] == 1 else logits


class Run:
    """A training that can be broken off and gone on with.

    Args:
        out: folder of ``checkpoint.pt`` while it runs, and ``model.pt`` then.
    """

    def __init__(self, out: Path, every: Sequence[Task], epochs: int, seed: int) -> None:
        self.out, self.every, self.epochs, self.seed = out, every, epochs, seed
        torch.manual_seed(seed)
        start = base.load(BASE)
        self.tokenizer = start.tokenizer
        self.model = QuestionModel(start, [task.name for task in every])
        self.model.encoder.embeddings.requires_grad_(False)
        inside = [p for p in self.model.encoder.parameters() if p.requires_grad]
        heads = list(self.model.heads.parameters())
        groups = [{"params": p, "lr": r} for p, r in zip((inside, heads), RATES, strict=True)]
        self.optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        self.steps = epochs * len(self._epoch(0))
        rate = self._rate
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimizer, rate)
        self.step = 0

    def _rate(self, step: int) -> float:
        return min(1.0, (step + 1) / (WARM_UP * self.steps)) * max(0.02, 1 - step / self.steps)

    def _epoch(self, number: int) -> list[tuple[str, list[Example]]]:
        chance = random.Random(f"{self.seed} {number}")
        found = []
        for task in self.every:
            examples = [*task.fitted] * (2 if task.name in TWICE else 1)
            chance.shuffle(examples)
            found += [(task.name, examples[at : at + SIZE]) for at in range(0, len(examples), SIZE)]
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

    def _learn(self, name: str, examples: Sequence[Example]) -> float:
        chance = random.Random(f"{self.seed} {self.step}")
        self.model.train()
        texts = [as_read(name, *self._said(one, chance)) for one in examples]
        wanted = torch.tensor([one.label for one in examples])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = self.model.heads[name](self.model.states(*batch(self.tokenizer, texts)))
        loss = nn.functional.cross_entropy(_wide(logits.float()), wanted, label_smoothing=SMOOTHED)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.schedule.step()
        return float(loss.detach())

    def _said(self, one: Example, chance: random.Random) -> tuple[str, str | None]:
        before = one.before if one.before is None else varied(one.before, chance)
        return varied(one.text, chance), before

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
        states = self.model.states(input_ids, token_type_ids, torch.ones_like(input_ids))
        return tuple(head(states) for head in self.model.heads.values())


def export(model: QuestionModel, tokenizer: Tokenizer, out: Path) -> None:
    """Write ``model.onnx`` (int8) and ``tokenizer.json`` into ``out``."""
    inputs = ("input_ids", "token_type_ids")
    example = (torch.arange(1000, 1024).unsqueeze(0), torch.zeros(1, 24, dtype=torch.long))
    axes = {name: {1: "tokens"} for name in inputs}
    write(_Row(model), example, (inputs, tuple(model.heads)), axes, out)
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
    args = parser.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    run = Run(args.out, tasks(), args.epochs, args.seed)
    run.train()
    export(run.model, run.tokenizer, args.out)
    told = {
        "base": BASE,
        "trained": f"question_encoder --epochs {args.epochs} --seed {args.seed}",
        "data_sha256": data.digest(of_questions=True),
        "without": [],
        "kept": told_rightly(QuestionEncoder(args.out), run.every),
    }
    (args.out / "figures.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
