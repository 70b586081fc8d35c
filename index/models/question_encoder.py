"""Encode a question, alone or with the one before it: what each head over questions says of it.

The weights are made by ``evals.reading.question_encoder`` and ship with the project. They are
taken together with linear heads over words (``index.models.heads``) and decide nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models import weights
from index.models.onnx import OnnxModel

FOLDER = Path(__file__).parent.parent / "data" / "questions"
"""``model.onnx`` and ``tokenizer.json``, and the figures that they were committed with."""
NAME = "questions"
MAX_TOKENS = 128
"""Tokens read of a question, and of two of a conversation together: their ends."""


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
        out = self._model.outputs(
            {
                "input_ids": np.array([ids], dtype=np.int64),
                "token_type_ids": np.array([types], dtype=np.int64),
            }
        )
        return {name: values[0] for name, values in out.items()}
