"""The second stage of a search: late interaction over the candidates' stored token vectors, blended
with how well each document fits the time named (its kind stands in what is embedded).

It finds no candidates. The weights were chosen on the ``dev`` suites, where a cross-encoder as a
third stage did not pay (evals/LOG.md #ranking-2, #ablation-2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.models.colbert import maxsim
from index.passages.ids import doc_id_of
from index.ports import Scored, Vectors
from index.query.date_fit import fits
from index.query.kinds import frameworks_named, visit_numbered
from index.store.collection import Collection
from index.types import Identity, Query

OPENING = 8
"""Passages of a letter in which it says which visit it is of."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How the parts of a score add up.

    Attributes:
        candidates: passages that each first-stage search contributes.
        late, dense, lexical: weights of the normalised scores of late interaction and of
            the two first-stage searches.
        time, person: added where the document fits what was named fully.
        furniture: added where it holds nothing that could be quoted.
    """

    candidates: int = 100
    late: float = 1.0
    dense: float = 0.4
    lexical: float = 0.25
    time: float = 0.7
    person: float = 0.25
    furniture: float = -0.3


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates of one search with their scores.

    Attributes:
        total: float32, shape (n,).
        parts: by name, float32, shape (n,) each.
    """

    passage_ids: list[str]
    total: NDArray[np.float32]
    parts: dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A question as the models see it: in inspectors' words, one vector, and one a token."""

    text: str
    dense: Vectors
    tokens: Vectors


class Ranker:
    """Ranks candidates of one index.

    Args:
        collection: an open index.
        held: the identities of all its documents.
        weights: how the parts of a score add up.
    """

    def __init__(self, collection: Collection, held: Sequence[Identity], weights: Weights) -> None:
        self._collection = collection
        self._held = held
        self._weights = weights

    def ranked(self, query: Query, encoded: Encoded, dense: Scored, lexical: Scored) -> Ranked:
        """Score by late interaction over all candidates, and what the documents' identities add."""
        ids = sorted({passage_id for passage_id, _ in (*dense, *lexical)})
        late = maxsim(encoded.tokens, self._collection.get(ids))
        parts = {
            "late interaction": self._weights.late * _normalised(late),
            "dense": self._weights.dense * _aligned(dense, ids),
            "lexical": self._weights.lexical * _aligned(lexical, ids),
        }
        held = [self._collection.identity(doc_id_of(passage_id)) for passage_id in ids]
        times = self._times(query, {identity.doc_id: identity for identity in held})
        parts["time"] = self._weights.time * _column([times[i.doc_id] for i in held])
        parts["person"] = self._weights.person * _column([_person_fit(i, query) for i in held])
        parts["furniture"] = self._weights.furniture * self._furniture(ids)
        total: NDArray[np.float32] = np.stack(list(parts.values())).sum(axis=0)
        return Ranked(ids, total, parts)

    def _times(self, query: Query, among: Mapping[str, Identity]) -> Mapping[str, float]:
        """Rate how well each document fits the times named; a visit named by number fits fully."""
        times = fits(query, self._held, frameworks_named(query.question))
        numbered = visit_numbered(query.question)
        return {
            doc_id: 1.0 if numbered and self._opens_with(doc_id, numbered) else times[doc_id]
            for doc_id in among
        }

    def _opens_with(self, doc_id: str, form: re.Pattern[str]) -> bool:
        opening = self._collection.passages_of(doc_id)[:OPENING]
        return any(form.search(passage.text) for passage in opening)

    def _furniture(self, ids: Sequence[str]) -> NDArray[np.float32]:
        """Return 1 for a passage that holds nothing that could be quoted: addresses, signatures."""
        passages = self._collection.passages(ids)
        return _column([not any(s.quotable for s in one.sentences) for one in passages])


def _person_fit(identity: Identity, query: Query) -> float:
    names = {person.value for person in identity.inspectors}
    return float(any(mention.value in names for mention in query.people))


def _aligned(scored: Scored, ids: Sequence[str]) -> NDArray[np.float32]:
    """Return normalised scores in the order of ``ids``, 0 for those not found."""
    if not scored:
        return np.zeros(len(ids), dtype=np.float32)
    values = _normalised(_column([score for _, score in scored]))
    by_id = dict(zip((passage_id for passage_id, _ in scored), values, strict=True))
    return _column([by_id.get(passage_id, 0.0) for passage_id in ids])


def _normalised(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale to [0, 1] by min and max; all 1 where all are equal."""
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    if not high > low:
        return np.ones_like(values)
    scaled: NDArray[np.float32] = (values - low) / (high - low)
    return scaled


def _column(values: Sequence[float]) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)
