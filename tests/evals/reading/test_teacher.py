"""The larger model that teaches: it reads as its makers' code does, under BERT's numbers."""

from __future__ import annotations

import torch
from tokenizers import Tokenizer
from transformers import MPNetConfig, MPNetModel

from evals.reading import teacher
from index.models.reader import FOLDER


def _small() -> tuple[teacher.MpnetEncoder, MPNetModel]:
    torch.manual_seed(1)
    tokenizer = Tokenizer.from_file(str(FOLDER / "tokenizer.json"))
    config = MPNetConfig(
        vocab_size=tokenizer.get_vocab_size(),
        hidden_size=24,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=48,
    )
    encoder = MPNetModel(config).eval()
    found = teacher.fitted(encoder, tokenizer, tokenizer).encoder
    assert isinstance(found, teacher.MpnetEncoder)
    return found.eval(), encoder


def test_it_attends_as_mpnet_does() -> None:
    ours, theirs = _small()
    ids = torch.randint(1000, 20000, (3, 16))
    mask = torch.ones_like(ids)
    mask[1, 9:] = 0
    with torch.no_grad():
        seen = ours(ids, torch.zeros_like(ids), mask)
        words = theirs.embeddings.word_embeddings(ours.get_buffer("numbers")[ids])
        wanted = theirs(inputs_embeds=words, attention_mask=mask)
    kept = mask.bool()
    assert torch.allclose(seen.last_hidden_state[kept], wanted.last_hidden_state[kept], atol=1e-5)
    assert torch.allclose(seen.pooler_output, wanted.pooler_output, atol=1e-5)
