"""The encoder of questions as it is trained: what it reads, and what it goes on from."""

from __future__ import annotations

import random

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Whitespace
from transformers import BertConfig, BertModel

from evals.reading.base import Base
from evals.reading.question_model import QuestionModel, batch, scores, varied, wide
from index.models.heads import INTENTS, OUTPUTS, WHENS

WORDS = ["what", "is", "said", "in", "leeds", "then"]


def _model() -> tuple[QuestionModel, Tokenizer]:
    tokenizer = Tokenizer(WordLevel({w: n for n, w in enumerate(["[UNK]", *WORDS])}, "[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2}
    encoder = BertModel(BertConfig(vocab_size=7, intermediate_size=8, **sizes))
    return QuestionModel(Base(encoder, tokenizer, None), [INTENTS, WHENS]).eval(), tokenizer


def test_a_row_is_as_long_as_the_longest_and_padding_is_masked() -> None:
    _, tokenizer = _model()
    ids, types, mask = batch(tokenizer, [("what is said in leeds", None), ("then", "what is")])
    assert ids.shape == types.shape == mask.shape == (2, 5)
    assert mask.sum(1).tolist() == [5, 3]


def test_padding_changes_nothing() -> None:
    model, tokenizer = _model()
    short = [("what is", None)]
    with torch.no_grad():
        alone = scores(model, tokenizer, short, [INTENTS])[INTENTS]
        beside = scores(model, tokenizer, [*short, ("what is said in leeds", None)], [INTENTS])
    assert alone.shape == (1, OUTPUTS[INTENTS])
    torch.testing.assert_close(alone[0], beside[INTENTS][0], atol=0.05, rtol=0.05)


def test_it_goes_on_from_heads_that_an_export_names_otherwise() -> None:
    model, _ = _model()
    weight = torch.full_like(model.heads[WHENS][1].weight, 0.5)
    bias = torch.ones_like(model.heads[WHENS][1].bias)
    model.go_on({f"{WHENS}.1.weight": weight, f"heads.{WHENS}.1.bias": bias})
    assert torch.equal(model.heads[WHENS][1].weight, weight)
    assert torch.equal(model.heads[WHENS][1].bias, bias)


def test_one_output_is_a_yes_beside_a_no() -> None:
    assert wide(torch.tensor([[2.0]])).tolist() == [[0.0, 2.0]]
    assert wide(torch.ones(1, 3)).shape == (1, 3)


def test_a_question_is_varied_as_chance_has_it_and_never_emptied() -> None:
    text = "What did inspectors say about supervision in Leeds?"
    said = {varied(text, random.Random(n)) for n in range(60)}
    assert text in said
    assert len(said) > 5
    assert all(said)
