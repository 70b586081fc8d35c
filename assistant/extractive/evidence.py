"""Picks the sentences of the retrieved passages that answer a question, best first.

A cross-encoder reads question and sentence together, late interaction compares their words,
and the passage's own score keeps the context. The weights were chosen on ``dev``
(evals/LOG.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.models.colbert import maxsim
from index.ports import Reranker, TokenEncoder
from index.types import Evidence, Hit, Passage, Query, Sentence

MOST_SENTENCES = 56
"""Sentences read a question: bounds the time of an answer."""
CROSS, LATE, PASSAGE = 1.0, 1.0, 0.5


class EvidenceFinder:
    """Scores sentences for questions."""

    def __init__(self, reranker: Reranker, tokens: TokenEncoder) -> None:
        self._reranker = reranker
        self._tokens = tokens

    def find(
        self,
        query: Query,
        hits: Sequence[Hit],
        only: Callable[[Sentence, str], bool] = lambda _sentence, _text: True,
    ) -> list[Evidence]:
        """Sentences of ``hits``, best first; ties by document and place.

        Args:
            only: which sentences may be evidence at all.
        """
        pairs = [
            (hit, sentence)
            for hit in hits
            for sentence in hit.passage.sentences
            if sentence.quotable and only(sentence, _text(hit.passage, sentence))
        ][:MOST_SENTENCES]
        if not pairs:
            return []
        scores = self._scores(query.topic, pairs)
        found = [
            Evidence(hit.identity, hit.passage, sentence, _text(hit.passage, sentence), float(score))
            for (hit, sentence), score in zip(pairs, scores, strict=True)
        ]
        return sorted(found, key=lambda e: (-e.score, e.identity.doc_id, e.sentence.start))

    def logits(self, question: str, evidence: Sequence[Evidence]) -> NDArray[np.float32]:
        """The cross-encoder's own scores, for decisions that need an absolute measure."""
        return self._reranker.score(question, [_with_heading(e.sentence, e.text) for e in evidence])

    def _scores(
        self, topic: str, pairs: Sequence[tuple[Hit, Sentence]]
    ) -> NDArray[np.float32]:
        texts = [_with_heading(s, _text(hit.passage, s)) for hit, s in pairs]
        cross = self._reranker.score(topic, texts)
        late = maxsim(self._tokens.encode_query(topic), self._tokens.encode_passages(texts))
        passage = np.array([hit.score for hit, _ in pairs], dtype=np.float32)
        total: NDArray[np.float32] = (
            CROSS * _scaled(cross) + LATE * _scaled(late) + PASSAGE * _scaled(passage)
        )
        return total / (CROSS + LATE + PASSAGE)


def _text(passage: Passage, sentence: Sentence) -> str:
    return passage.text[sentence.start - passage.start : sentence.end - passage.start]


def _with_heading(sentence: Sentence, text: str) -> str:
    return f"{sentence.heading}. {text}" if sentence.heading else text


def _scaled(values: NDArray[np.float32]) -> NDArray[np.float32]:
    low, high = values.min(), values.max()
    scaled: NDArray[np.float32] = (values - low) / (high - low + 1e-9)
    return scaled
