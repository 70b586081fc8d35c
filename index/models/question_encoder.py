"""Encode a question, alone or with the one before it: what each head over questions says of it.

The weights are made by ``evals.reading.question_encoder`` and ship with the project. They are
taken together with linear heads over words (``index.models.heads``) and decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models import weights
from index.models.onnx import OnnxModel

FOLDER = Path(__file__).parent.parent / "data" / "questions"
"""``model.onnx`` and ``tokenizer.json``, and the figures that they were committed with."""
NAME = "questions"
NAMED = "matter"
"""What the encoder says of every token: whether it names the matter."""
MAX_TOKENS = 128
"""Tokens read of a question, and of two of a conversation together: their ends."""
LEAST, AS_SURELY, NEVER = -0.5, 1.2, -9.0
"""Logit from which on a word names the matter (``evals/LOG.md`` #matters-1), by how much less than
the surest one does where the matter must be named, and of a word unread."""
_WORD = re.compile(r"[\w'’-]+")


class QuestionEncoder:
    """The encoder that ships; about 5 ms a question on one core.

    Args:
        folder: holds ``model.onnx`` and ``tokenizer.json``.

    Raises:
        ModelUnavailable: a file is missing, or is not the one of the table of weights.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        if folder == FOLDER:
            weights.check(NAME, folder)
        self._model = OnnxModel(folder, MAX_TOKENS)

    def logits(self, text: str, before: str | None = None) -> Mapping[str, NDArray[np.float32]]:
        """Return what every head says, by its name: float32 of shape (outputs,)."""
        ids, types = self._model.encoded(text, before)
        return self._outputs(ids, types)

    def matter(self, text: str, some: bool = False) -> str:
        """Return the words of a question that name its matter, in order; empty where it has none.

        Of a question that is too long its end is read.

        Args:
            some: it has one: its likeliest words, where none surely names it.
        """
        words = list(self._naming(text))
        best = max((logit for _, logit in words), default=LEAST)
        least = min(LEAST, best - AS_SURELY) if some else LEAST
        named = [logit >= least for _, logit in words]
        # A lone word between two that name it belongs to the name ("health checks on time").
        joins = [
            before and after for before, after in zip([False, *named], named[1:], strict=False)
        ]
        every = zip(words, named, [*joins, False], strict=False)
        return " ".join(word for (word, _), inside, joined in every if inside or joined)

    def _naming(self, text: str) -> Iterator[tuple[str, float]]:
        """Yield the words of a question, each with the logit that it names the matter."""
        marked = self._model.token_id("[CLS]"), self._model.token_id("[SEP]")
        read = self._model.placed(text)
        ids, places = read.ids[2 - MAX_TOKENS :], read.offsets[2 - MAX_TOKENS :]
        said = self._outputs([marked[0], *ids, marked[1]], [0] * (len(ids) + 2))[NAMED][1:-1]
        for word in _WORD.finditer(text):
            own = [
                float(logit)
                for logit, (start, end) in zip(said, places, strict=True)
                if start < word.end() and word.start() < end
            ]
            yield word.group(), max(own, default=NEVER)

    def _outputs(
        self, ids: Sequence[int], types: Sequence[int]
    ) -> Mapping[str, NDArray[np.float32]]:
        out = self._model.outputs(
            {
                "input_ids": np.array([ids], dtype=np.int64),
                "token_type_ids": np.array([types], dtype=np.int64),
            }
        )
        return {name: values[0] for name, values in out.items()}
