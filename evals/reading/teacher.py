"""A larger reader that the shipped one learns from: all-mpnet-base-v2 under the same heads.

It reads the same tokens, since its vocabulary is BERT's under other numbers, and which sentences
a claim cites is told by an embedding of its own, since it knows no segments.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import MPNetModel

from evals.reading.base import Base

RENAMED = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>"}
"""Tokens of BERT that the teacher calls otherwise."""


@dataclass
class Seen:
    """Last states, shape (batch, tokens, width), and the first token's, shape (batch, width)."""

    last_hidden_state: torch.Tensor
    pooler_output: torch.Tensor


class MpnetEncoder(nn.Module):
    """MPNet that takes BERT's token ids and segments."""

    def __init__(self, encoder: MPNetModel, numbers: torch.Tensor) -> None:
        super().__init__()
        self.config = encoder.config
        self.encoder = encoder
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
        seen = self.encoder(inputs_embeds=words, attention_mask=attention_mask)
        return Seen(seen.last_hidden_state, seen.pooler_output)


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
