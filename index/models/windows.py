"""Run an encoder trained by ``evals.reading`` over windows of a header and sentences."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.models.onnx import OnnxModel
from index.models.reader_input import MAX_TOKENS, NO_SENTENCE, InputWriter, ReaderInput


class WindowModel:
    """The encoder in a folder; what is longer than it reads is read in windows.

    Args:
        folder: holds ``model.onnx`` and ``tokenizer.json``.
        threads: windows run at once, 0 for one a core.

    Raises:
        ModelUnavailable: a file is missing or damaged.
    """

    def __init__(self, folder: Path, threads: int = 0) -> None:
        self._model = OnnxModel(folder, MAX_TOKENS, threads)
        self._writer = InputWriter(self._model.tokenizer)

    @property
    def threads(self) -> int:
        """Windows run at once."""
        return self._model.threads

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over weights and tokenizer."""
        return self._model.fingerprint

    def windows(
        self, asked: str, head: str, sentences: Sequence[str], cited: Collection[int] = ()
    ) -> Sequence[ReaderInput]:
        """Return what is read of a question or claim with sentences under one header."""
        return self._writer.windows(asked, f"{head}:", sentences, cited)

    def run(self, row: ReaderInput) -> dict[str, NDArray[np.float32]]:
        """Return the logits of one window, by output."""
        owners = np.array(row.owners)
        places = sorted(set(owners[owners != NO_SENTENCE].tolist()))
        spans = np.zeros((1, max(len(places), 1), len(row.ids)), dtype=np.float32)
        for at, owner in enumerate(places):
            spans[0, at, owners == owner] = 1 / np.count_nonzero(owners == owner)
        cited = ((owners != NO_SENTENCE) & (np.array(row.types) == 1)).astype(np.float32)[None]
        return self._model.outputs(
            {
                "input_ids": np.array([row.ids], dtype=np.int64),
                "token_type_ids": np.array([row.types], dtype=np.int64),
                "spans": spans,
                "cited": cited / max(float(cited.sum()), 1.0),
            }
        )


def sigmoid(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return probabilities."""
    return np.asarray(1 / (1 + np.exp(-logits)), dtype=np.float32)
