"""The encoder of questions as torch trains it, and how it reads them."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import torch
from tokenizers import Tokenizer
from torch import nn

from evals.reading import base
from evals.reading.tasks import Example
from index.models.heads import OUTPUTS
from index.models.question_encoder import MAX_TOKENS

RATES, GOING_ON = (5e-5, 1e-3), (3e-5, 3e-4)
"""Learning rate of the encoder, and of the heads; and of one that goes on from an earlier."""
WARM_UP, DROPPED = 0.06, 0.1
VARIED = 0.4
"""Share of the questions that are said a little otherwise each time."""
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
        self.matter = nn.Sequential(nn.Dropout(DROPPED), nn.Linear(start.width, 1))

    def go_on(self, exported: Mapping[str, torch.Tensor]) -> None:
        """Take the weights of the heads that an export holds, which names a weight otherwise."""
        weights = {
            name: exported.get(name, exported.get(name.removeprefix("heads.")))
            for name in self.state_dict()
            if name.startswith(("heads.", "matter."))
        }
        self.load_state_dict({k: v for k, v in weights.items() if v is not None}, strict=False)

    def states(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> torch.Tensor:
        """Return what the heads read: float of shape (batch, 2 * width)."""
        return self.pooled(self.seen(input_ids, token_type_ids, attention_mask), attention_mask)

    def named(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> torch.Tensor:
        """Return logits of which tokens name the matter: float of shape (batch, tokens)."""
        seen = self.seen(input_ids, token_type_ids, attention_mask)
        return torch.as_tensor(self.matter(seen).squeeze(-1))

    def seen(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> torch.Tensor:
        """Return the last state of every token: float of shape (batch, tokens, width)."""
        out = self.encoder(
            input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
        )
        return torch.as_tensor(out.last_hidden_state)

    def pooled(self, seen: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return the first state and the mean of all, side by side."""
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


def said(one: Example, chance: random.Random) -> tuple[str, str | None]:
    """Return a question, and the one before it, as somebody else might type them."""
    before = one.before if one.before is None else varied(one.before, chance)
    return varied(one.text, chance), before


def wide(logits: torch.Tensor) -> torch.Tensor:
    """Return logits of both outcomes where there is one for "yes" alone."""
    return torch.cat([torch.zeros_like(logits), logits], -1) if logits.shape[-1] == 1 else logits


def scores(
    model: QuestionModel, tokenizer: Tokenizer, texts: Texts, names: Sequence[str]
) -> dict[str, torch.Tensor]:
    """Return what some heads say: logits of shape (texts, outputs), by name."""
    with base.narrow("cpu"):
        states = model.states(*batch(tokenizer, texts))
        return {name: model.heads[name](states).float() for name in names}


def optimizing(
    model: QuestionModel, steps: int, rates: tuple[float, float] = RATES
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    """Return what changes the weights in so many steps, embeddings but for, and how fast."""
    model.encoder.embeddings.requires_grad_(False)
    inside = [p for p in model.encoder.parameters() if p.requires_grad]
    heads = [*model.heads.parameters(), *model.matter.parameters()]
    groups = [{"params": p, "lr": r} for p, r in zip((inside, heads), rates, strict=True)]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)

    def rate(step: int) -> float:
        return min(1.0, (step + 1) / (WARM_UP * steps)) * max(0.02, 1 - step / steps)

    return optimizer, torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
