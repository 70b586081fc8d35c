"""A larger reader that the shipped one learns from: all-mpnet-base-v2 under the same heads.

It reads the same tokens, since its vocabulary is BERT's under other numbers, and which sentences
a claim cites is told by an embedding of its own, since it knows no segments.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import MPNetModel
from transformers.models.mpnet.modeling_mpnet import MPNetSelfAttention

from evals.reading.base import Base

RENAMED = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}
"""Tokens of BERT that the teacher calls otherwise."""


@dataclass
class Seen:
    """Last states, shape (batch, tokens, width), and the first token's, shape (batch, width)."""

    last_hidden_state: torch.Tensor
    pooler_output: torch.Tensor


def _attend(head: MPNetSelfAttention, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    """Attend as MPNet does, in one kernel.

    Args:
        mask: added to what queries and keys say, shape (batch, heads, tokens, tokens).
    """
    shape = (*states.shape[:-1], -1, head.attention_head_size)
    asked, keys, values = (
        part(states).view(shape).transpose(1, 2) for part in (head.q, head.k, head.v)
    )
    lost = head.dropout.p if head.training else 0.0
    found = nn.functional.scaled_dot_product_attention(asked, keys, values, mask, lost)
    out: torch.Tensor = head.o(found.transpose(1, 2).flatten(2))
    return out


class MpnetEncoder(nn.Module):
    """MPNet that takes BERT's token ids and segments."""

    def __init__(self, encoder: MPNetModel, numbers: torch.Tensor) -> None:
        super().__init__()
        self.config = encoder.config
        self.encoder: Any = encoder  # its parts have no types
        self.segments = nn.Embedding(2, encoder.config.hidden_size)
        nn.init.zeros_(self.segments.weight)
        self.register_buffer("numbers", numbers)

    @property
    def embeddings(self) -> nn.Module:
        """The embeddings of tokens, which a training leaves as they are."""
        words: nn.Module = self.encoder.embeddings.word_embeddings
        return words

    def forward(
        self, input_ids: torch.Tensor, token_type_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> Seen:
        """Read rows as BERT's tokenizer and segments write them."""
        numbers: torch.Tensor = self.get_buffer("numbers")
        words = self.embeddings(numbers[input_ids]) + self.segments(token_type_ids)
        states = self.encoder.embeddings(inputs_embeds=words)
        mask = self._mask(states, attention_mask)
        for layer in self.encoder.encoder.layer:
            inside = layer.attention
            seen = inside.dropout(_attend(inside.attn, states, mask))
            states = inside.LayerNorm(seen + states)
            states = layer.output(layer.intermediate(states), states)
        return Seen(states, self.encoder.pooler(states))

    def _mask(self, states: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """What is added to attention: how far tokens stand apart, which is not trained, and what
        is padding. In the type that attention is computed in.
        """
        with torch.no_grad():
            far = self.encoder.encoder.compute_position_bias(states[:1])
            shut = (1.0 - attention_mask.float())[:, None, None, :] * -1e4
            kind = torch.get_autocast_dtype(states.device.type)
            ready = torch.is_autocast_enabled(states.device.type)
            mask: torch.Tensor = (far + shut).to(kind if ready else states.dtype)
            return mask


def load(folder: Path, tokenizer: Tokenizer) -> Base:
    """Return all-mpnet-base-v2 from ``folder`` to be trained, reading what ``tokenizer`` writes."""
    encoder = MPNetModel.from_pretrained(folder)
    return fitted(encoder, Tokenizer.from_file(str(folder / "tokenizer.json")), tokenizer)


def fitted(encoder: MPNetModel, own: Tokenizer, tokenizer: Tokenizer) -> Base:
    """Put an encoder under ``tokenizer``'s numbers; a token that it lacks is unknown to it."""
    known, unknown = own.get_vocab(), own.token_to_id("[UNK]")
    words = sorted(tokenizer.get_vocab().items(), key=lambda item: item[1])
    numbers = torch.tensor([known.get(RENAMED.get(word, word), unknown) for word, _ in words])
    return Base(MpnetEncoder(encoder, numbers), tokenizer, None)
