"""The reader as torch trains it: one BERT encoder and small heads."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import nn

from evals.reading.base import Base

WIDTH = 384


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


def _mlp(inside: int, out: int) -> nn.Sequential:
    return nn.Sequential(nn.Linear(inside, WIDTH), nn.Tanh(), nn.Linear(WIDTH, out))


class ReaderModel(nn.Module):
    """Encoder and heads; a sentence is the mean of its tokens' last states."""

    def __init__(self, base: Base) -> None:
        super().__init__()
        self.encoder = base.encoder
        self.sentence = _mlp(WIDTH, 2)
        self.quoted = _mlp(WIDTH, 1)
        self.passage = nn.Linear(WIDTH, 1)
        if base.head is not None:
            self.passage.weight.data.copy_(base.head[0] / 4)
            self.passage.bias.data.copy_(base.head[1] / 4)
        self.claim = _mlp(2 * WIDTH, 1)

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
