"""Leaves the signals of refusal out one at a time: ``python -m evals.refusals SUITE``.

Prints, for each signal left out, what becomes of refusal recall, of false refusals and of the
status. It changes nothing.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.extractive import ExtractiveAnswerer
from assistant.extractive.signals import EVERY, Signal
from evals.report.terminal import stdout
from evals.variants import columns, measured
from index import models
from index.opening import retriever
from index.ports import Reranker, TokenEncoder, Tokens, Vectors
from index.retrieval import HybridRetriever
from index.store.collection import Collection

SHOWN = ("refusal_recall", "false_refusal", "status")


def main() -> None:
    """Run every variant over one suite and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("suite", type=Path)
    parser.add_argument("--index", type=Path, default=Path(".assistant/index"))
    given = parser.parse_args()
    collection = Collection(given.index)
    retriever(collection)  # refuses an index that other models made
    answering = _answering(collection)
    console = stdout()
    console.print(f"{'left out':34}" + "".join(f"{name:>17}" for name in SHOWN))
    left_out: tuple[Signal | None, ...] = (None, *Signal)
    for signal in left_out:
        search, answerer = answering(EVERY - {signal})
        scores = measured(given.suite, collection, search, answerer, k=10)
        console.print(f"{signal or 'nothing':34}{columns(scores, SHOWN, 17)}")


def _answering(
    collection: Collection,
) -> Callable[[frozenset[Signal]], tuple[HybridRetriever, ExtractiveAnswerer]]:
    """Makes an assistant with some signals; the models' scores are kept between them."""
    reader, tokens = KeptReranker(models.reranker()), KeptTokens(models.token_encoder())
    embedder = models.embedder(collection.manifest.settings.embedder)
    search = HybridRetriever(collection, embedder, tokens)
    return lambda signals: (
        search,
        ExtractiveAnswerer(search, collection, reader, tokens, signals),
    )


class KeptReranker:
    """A reranker (``Reranker``) that remembers what it scored."""

    def __init__(self, inner: Reranker) -> None:
        self._inner = inner
        self._kept: dict[tuple[str, str], float] = {}

    def score(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """float32, shape (n,), in the order of ``texts``."""
        new = [text for text in dict.fromkeys(texts) if (question, text) not in self._kept]
        if new:
            scores = self._inner.score(question, new)
            self._kept |= {(question, t): float(s) for t, s in zip(new, scores, strict=True)}
        return np.array([self._kept[question, text] for text in texts], dtype=np.float32)


class KeptTokens:
    """A token encoder (``TokenEncoder``) that remembers what it encoded."""

    def __init__(self, inner: TokenEncoder) -> None:
        self._inner = inner
        self.name, self.fingerprint, self.dim = inner.name, inner.fingerprint, inner.dim
        self._passages: dict[str, Tokens] = {}
        self._queries: dict[str, Vectors] = {}

    def encode_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> list[Tokens]:
        """One array a passage, in order."""
        new = [text for text in dict.fromkeys(texts) if text not in self._passages]
        self._passages |= zip(new, self._inner.encode_passages(new, progress), strict=True)
        return [self._passages[text] for text in texts]

    def encode_query(self, text: str) -> Vectors:
        """float32, shape (n_tokens, dim), rows of unit norm."""
        if text not in self._queries:
            self._queries[text] = self._inner.encode_query(text)
        return self._queries[text]


if __name__ == "__main__":
    main()
