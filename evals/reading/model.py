"""The reader as torch trains it: one BERT encoder and small heads."""

from __future__ import annotations

from dataclasses import dataclass, fields

import torch
from torch import nn

from evals.reading.base import Base


@dataclass
class Scores:
    """What the heads say, all logits.

    Attributes:
        answers, contradicts, belongs: float, shape (batch, sentences).
        passage: float, shape (batch,): something in the passage answers.
        supported: float, shape (batch,): the cited sentences bear the claim out.
    """

    answers: torch.Tensor
    contradicts: torch.Tensor
    belongs: torch.Tensor
    passage: torch.Tensor
    supported: torch.Tensor

    def items(self) -> list[tuple[str, torch.Tensor]]:
        """Return the scores by name."""
        return [(each.name, getattr(self, each.name)) for each in fields(self)]


def _mlp(inside: int, width: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inside, width), nn.Tanh(), nn.Linear(width, out))


class ReaderModel(nn.Module):
    """Encoder and heads; a sentence is the mean of its tokens' last states."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        self.encoder = base.encoder
        width = base.width
        self.sentence = _mlp(width, width, 2)
        self.quoted = _mlp(width, width, 1)
        self.passage = nn.Linear(width, 1)
        if base.head is not None:
            self.passage.weight.data.copy_(base.head[0] / 4)
            self.passage.bias.data.copy_(base.head[1] / 4)
        self.claim = _mlp(2 * width, width, 1)

    def forward(
        self,
        input_ids: torch.Tensor,
        token_type_ids: torch.Tensor,
        attention_mask: torch.Tensor,
        spans: torch.Tensor,
        cited: torch.Tensor,
    ) -> Scores:
        """Score rows.

        Args:
            spans: float, shape (batch, sentences, tokens): weights that sum to 1 over the
                tokens of a sentence.
            cited: float, shape (batch, tokens): weights that sum to 1 over the tokens cited.
        """
        seen = self.encoder(
            input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
        )
        states = seen.last_hidden_state
        pooled = seen.pooler_output
        means = spans.to(states.dtype) @ states
        sentence = self.sentence(means)
        about = (cited.to(states.dtype).unsqueeze(1) @ states).squeeze(1)
        return Scores(
            answers=sentence[..., 0],
            contradicts=sentence[..., 1],
            belongs=self.quoted(means).squeeze(-1),
            passage=self.passage(pooled).squeeze(-1),
            supported=self.claim(torch.cat([pooled, about], -1)).squeeze(-1),
        )
