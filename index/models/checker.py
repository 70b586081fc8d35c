"""Tells whether cited sentences bear out a claim; its weights are its own.

One encoder for both read questions worse the more claims it learnt (``evals/LOG.md``
#checker-5). The weights are made by ``evals.reading`` and ship with the project.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from index.models import weights
from index.models.windows import WindowModel, sigmoid

FOLDER = Path(__file__).parent.parent / "data" / "checker"
"""``model.onnx`` and ``tokenizer.json``, and the figures that they were committed with."""
NAME = "checker"


class TrainedChecker:
    """The checker that ships (``Checker``); about 20 ms a claim on one core.

    Args:
        folder: holds ``model.onnx`` and ``tokenizer.json``.
        threads: claims read at once, 0 for one a core.

    Raises:
        ModelUnavailable: a file is missing, or is not the one of the table of weights.
    """

    def __init__(self, folder: Path = FOLDER, threads: int = 0) -> None:
        if folder == FOLDER:
            weights.check(NAME, folder)
        self._model = WindowModel(folder, threads)

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over weights and tokenizer."""
        return self._model.fingerprint

    def supports(
        self, claim: str, head: str, sentences: Sequence[str], cited: Collection[int]
    ) -> float:
        """Return the probability that the sentences cited bear out all that a claim says.

        Args:
            sentences: those cited with what stands around them, in reading order.
            cited: indexes of the cited ones.
        """
        rows = self._model.windows(claim, head, sentences, cited)
        holding = [row for row in rows if any(owner in cited for owner in row.owners)]
        return max(
            (float(sigmoid(self._model.run(row)["supported"])[0]) for row in holding), default=0.0
        )
