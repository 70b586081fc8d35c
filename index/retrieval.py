"""From a question to its best passages: understand, find candidates, rank, spread.

First stage: dense and lexical candidates inside what was understood. Second stage: late
interaction over the candidates' stored token vectors, blended with how well the document fits
the time named (its kind stands in what is embedded). The weights were chosen on the ``dev``
suites, where a cross-encoder as a third stage did not pay (evals/LOG.md).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, zip_longest

import numpy as np
from numpy.typing import NDArray

from index.models.colbert import maxsim
from index.placing import fits_place, says_nothing
from index.ports import Embedder, Scored, TokenEncoder, Vectors
from index.repeats import without_repeats
from index.store.collection import Collection
from index.timing import PUBLISHED_LATER, fit, fits, matches
from index.types import Filters, Hit, Identity, Query, Results
from index.understanding import Spelling, understand
from index.understanding.kinds import frameworks_named, visit_numbered
from index.understanding.plain import in_inspectors_words

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
        place: added where the passage stands where such an answer usually does.
        furniture: added where it holds nothing that could be quoted.
    """

    candidates: int = 100
    late: float = 1.0
    dense: float = 0.4
    lexical: float = 0.25
    time: float = 0.7
    person: float = 0.25
    place: float = 0.6
    furniture: float = -0.3


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Candidates of one search with their scores.

    Attributes:
        total: float32, shape (n,).
        parts: by name, float32, shape (n,) each.
    """

    passage_ids: list[str]
    total: NDArray[np.float32]
    parts: dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class _Encoded:
    """A question as the models see it: in inspectors' words, one vector, and one a token."""

    text: str
    dense: Vectors
    tokens: Vectors


class HybridRetriever:
    """The retriever behind search, ask, the page and the evals (``Retriever``).

    Args:
        collection: an open index.
        today: gives the day that "last year" is told from.
    """

    def __init__(
        self,
        collection: Collection,
        embedder: Embedder,
        tokens: TokenEncoder,
        weights: Weights | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._collection = collection
        self._embedder = embedder
        self._tokens = tokens
        self._weights = weights or Weights()
        self._today = today
        self._held = collection.identities()
        self._spelling = Spelling(collection.words)

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> Results:
        """The ``k`` best passages, fewer when fewer are held."""
        return self.find(self.understood(question, k, filters))

    def understood(self, question: str, k: int = 10, filters: Filters | None = None) -> Query:
        """What the question names; nothing is searched."""
        return understand(question, self._held, k, filters, self._spelling, self._today())

    def find(self, query: Query) -> Results:
        """As ``search``, for a question already understood."""
        if not query.question.strip() or query.k < 1:
            return Results(query, ())
        encoded = self._encoded(query)
        lists = [self._search(query, where, encoded) for where in self._scopes(query)]
        hits = _spread([found for found in lists if found], query.k)
        return Results(query, tuple(replace(hit, rank=n) for n, hit in enumerate(hits, start=1)))

    def within(self, query: Query, doc_ids: frozenset[str]) -> list[Hit]:
        """The ``k`` best passages of these documents alone."""
        return self._search(query, doc_ids, self._encoded(query))

    def allowed(self, filters: Filters) -> list[Identity]:
        """Documents that the caller's filters let through."""
        return [identity for identity in self._held if _passes(identity, filters)]

    def _scopes(self, query: Query) -> list[frozenset[str] | None]:
        """The sets of documents to search, one an authority or period named.

        What the question names is searched alone where something is held for it; several
        authorities, or several years of one, are searched one by one, so that none crowds
        out the others. Of an authority for which nothing is held, only documents that write
        of it are searched: a right sentence about another place is the worst answer.
        """
        allowed = self.allowed(query.filters)
        names = [mention.value for mention in query.authorities]
        groups = [[i for i in allowed if i.authority_name == name] for name in names]
        groups = [group for group in groups if group]
        if names and not groups and all(mention.certain for mention in query.authorities):
            groups = [self._writing_of(names, allowed)]
        groups = groups or [list(allowed)]
        if len(groups) == 1 and names and len(query.periods) > 1:
            groups = _by_period(groups[0], query)
        if len(groups) == 1 and len(groups[0]) == len(self._held):
            return [None]
        return [frozenset(identity.doc_id for identity in group) for group in groups]

    def _writing_of(self, names: Sequence[str], allowed: Sequence[Identity]) -> list[Identity]:
        """Documents of others that write of authorities for which nothing is held."""
        doc_ids = frozenset().union(*(self._collection.writing_of(name) for name in names))
        return [identity for identity in allowed if identity.doc_id in doc_ids]

    def _encoded(self, query: Query) -> _Encoded:
        text = in_inspectors_words(query.topic)
        return _Encoded(
            text, self._embedder.embed_queries([text])[0], self._tokens.encode_query(text)
        )

    def _search(self, query: Query, where: frozenset[str] | None, encoded: _Encoded) -> list[Hit]:
        if where is not None and not where:
            return []
        ranked = self._second_stage(query, encoded, *self._candidates(query, where, encoded))
        return list(islice(without_repeats(self._hits(ranked)), query.k))

    def _hits(self, ranked: _Ranked) -> Iterator[Hit]:
        """All candidates as hits, the best first."""
        order = np.argsort(-ranked.total, kind="stable")
        passages = self._collection.passages([ranked.passage_ids[n] for n in order])
        for rank, (n, passage) in enumerate(zip(order, passages, strict=True), start=1):
            yield Hit(
                passage=passage,
                identity=self._collection.identity(passage.doc_id),
                score=float(ranked.total[n]),
                rank=rank,
                parts={name: float(values[n]) for name, values in ranked.parts.items()},
            )

    def _candidates(
        self, query: Query, where: frozenset[str] | None, encoded: _Encoded
    ) -> tuple[Scored, Scored]:
        k = max(self._weights.candidates, query.k)
        words = " ".join([encoded.text, *(mention.value for mention in query.terms)])
        return (
            self._collection.nearest(encoded.dense, k, where),
            self._collection.matching(words, k, where),
        )

    def _second_stage(
        self, query: Query, encoded: _Encoded, dense: Scored, lexical: Scored
    ) -> _Ranked:
        """Late interaction over all candidates, and what the documents' identities add."""
        ids = sorted({passage_id for passage_id, _ in (*dense, *lexical)})
        late = maxsim(encoded.tokens, self._collection.get(ids))
        parts = {
            "late interaction": self._weights.late * _normalised(late),
            "dense": self._weights.dense * _aligned(dense, ids),
            "lexical": self._weights.lexical * _aligned(lexical, ids),
        }
        held = [self._collection.identity(_doc(passage_id)) for passage_id in ids]
        times = self._times(query, {identity.doc_id: identity for identity in held})
        parts["time"] = self._weights.time * _column([times[i.doc_id] for i in held])
        parts["person"] = self._weights.person * _column([_person_fit(i, query) for i in held])
        parts |= self._places(query, ids)
        total: NDArray[np.float32] = np.stack(list(parts.values())).sum(axis=0)
        return _Ranked(ids, total, parts)

    def _times(self, query: Query, among: Mapping[str, Identity]) -> Mapping[str, float]:
        """How well each document fits the times named; a visit named by number fits fully."""
        times = fits(query, self._held, frameworks_named(query.question))
        numbered = visit_numbered(query.question)
        return {
            doc_id: 1.0 if numbered and self._opens_with(doc_id, numbered) else times[doc_id]
            for doc_id in among
        }

    def _opens_with(self, doc_id: str, form: re.Pattern[str]) -> bool:
        opening = self._collection.passages_of(doc_id)[:OPENING]
        return any(form.search(passage.text) for passage in opening)

    def _places(self, query: Query, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        passages = self._collection.passages(ids)
        fitting = [fits_place(passage, query.wanted) for passage in passages]
        empty = [
            says_nothing(passage) and not fits
            for passage, fits in zip(passages, fitting, strict=True)
        ]
        return {
            "place": self._weights.place * _column(fitting),
            "furniture": self._weights.furniture * _column(empty),
        }


def _by_period(group: list[Identity], query: Query) -> list[list[Identity]]:
    """One group a period that some document fits; all of them where no period has its own."""
    periods = [mention.value for mention in query.periods]
    groups = [[i for i in group if fit(i, period) >= PUBLISHED_LATER] for period in periods]
    rest = [i for i in group if not any(i in part for part in groups)]
    found = [part for part in groups if part]
    return [*found, rest] if len(found) > 1 and rest else found if len(found) > 1 else [group]


def _spread(lists: list[list[Hit]], k: int) -> list[Hit]:
    """The lists' hits by turns, the best score of each round first, none twice."""
    rounds = zip_longest(*lists)
    hits = (hit for turn in rounds for hit in sorted(filter(None, turn), key=lambda h: -h.score))
    return list({hit.passage.passage_id: hit for hit in hits}.values())[:k]


def _passes(identity: Identity, filters: Filters) -> bool:
    return (
        (not filters.authorities or identity.authority_name in filters.authorities)
        and (not filters.kinds or identity.kind.value in filters.kinds)
        and (not filters.issuers or identity.issuer.value in filters.issuers)
        and (
            (filters.from_date is None and filters.to_date is None)
            or matches(identity, filters.from_date, filters.to_date)
        )
    )


def _person_fit(identity: Identity, query: Query) -> float:
    names = {person.value for person in identity.inspectors}
    return float(any(mention.value in names for mention in query.people))


def _aligned(scored: Scored, ids: Sequence[str]) -> NDArray[np.float32]:
    """Normalised scores in the order of ``ids``, 0 for those not found."""
    if not scored:
        return np.zeros(len(ids), dtype=np.float32)
    values = _normalised(_column([score for _, score in scored]))
    by_id = dict(zip((passage_id for passage_id, _ in scored), values, strict=True))
    return _column([by_id.get(passage_id, 0.0) for passage_id in ids])


def _normalised(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Min-max to [0, 1]; all 1 where all are equal."""
    low, high = values.min(initial=np.inf), values.max(initial=-np.inf)
    if not high > low:
        return np.ones_like(values)
    scaled: NDArray[np.float32] = (values - low) / (high - low)
    return scaled


def _column(values: Sequence[float]) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


def _doc(passage_id: str) -> str:
    return passage_id.rsplit("-", 1)[0]
