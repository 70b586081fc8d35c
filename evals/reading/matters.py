"""Teach the encoder of questions which words of one name its matter: what a search for it would be.

Not which words only ask: no list of these is ever whole (``evals/LOG.md`` #matters-1).
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import nn

from evals.reading import base, data
from evals.reading.question_model import QuestionModel, batch
from index.models.question_encoder import QuestionEncoder

FILE = "matters.jsonl"
TIMES = 4
"""How often an epoch sees each."""
LOWERED = 0.3
"""Share that is read without capitals and question marks, as many type."""
_UNREAD = -1.0


@dataclass(frozen=True, slots=True)
class Named:
    """A question, and where the words stand that name its matter.

    Attributes:
        spans: start and end of each run of them.
    """

    text: str
    spans: tuple[tuple[int, int], ...]

    @property
    def words(self) -> str:
        """The words that name the matter."""
        return " ".join(self.text[start:end] for start, end in self.spans)


def named(kept: bool) -> tuple[Named, ...]:
    """Return questions with their matter, of the voice kept back or of the others."""
    rows = data.voiced(data.DATA / FILE)
    return tuple(marked(row["question"]) for row, of_kept in rows if of_kept == kept)


def marked(question: str) -> Named:
    """Return a question whose matter stands in square brackets."""
    text, spans = "", []
    for n, piece in enumerate(re.split(r"[\[\]]", question)):
        if n % 2:
            spans.append((len(text), len(text) + len(piece)))
        text += piece
    return Named(text, tuple(spans))


def loss(
    model: QuestionModel, tokenizer: Tokenizer, examples: Sequence[Named], chance: random.Random
) -> torch.Tensor:
    """Return how far off the model is about the words of some questions."""
    texts = [
        one.text.lower().rstrip("?") if chance.random() < LOWERED else one.text for one in examples
    ]
    ids, types, mask = batch(tokenizer, [(text, None) for text in texts])
    wanted = torch.full(ids.shape, _UNREAD)
    for n, (one, text) in enumerate(zip(examples, texts, strict=True)):
        for at, (start, end) in enumerate(tokenizer.encode(text).offsets[: ids.shape[1]]):
            if end > start:
                wanted[n, at] = float(any(a < end and start < b for a, b in one.spans))
    with base.narrow("cpu"):
        logits = model.named(ids, types, mask).float()
    read = wanted != _UNREAD
    return nn.functional.binary_cross_entropy_with_logits(logits[read], wanted[read])


def told_rightly(encoder: QuestionEncoder) -> dict[str, float]:
    """Return of how many questions kept back an exported encoder names just the matter, the mean
    F1 of its words where there is one, and of how many without one it says so.
    """
    exact: list[float] = []
    overlap: list[float] = []
    none: list[float] = []
    for one in named(kept=True):
        found, wanted = encoder.matter(one.text).lower().split(), one.words.lower().split()
        exact.append(found == wanted)
        if wanted:
            both = len([word for word in found if word in wanted])
            overlap.append(2 * both / max(1, len(found) + len(wanted)))
        else:
            none.append(not found)
    means = {"exact": exact, "F1": overlap, "none": none}
    return {name: round(sum(each) / len(each), 4) for name, each in means.items()}
