"""From a question to its best passages: understand, find candidates, rank, spread.

First stage: dense and lexical candidates inside what was understood. The second stage, which
ranks them, is ``index.retrieval.ranking``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import islice, zip_longest

import numpy as np

from index.ports import Embedder, Scored, TokenEncoder
from index.query.abbreviations import with_both_forms
from index.query.date_fit import PUBLISHED_LATER, fit
from index.query.plain import in_inspectors_words
from index.query.understand import Spelling, understand
from index.retrieval.filtering import passes
from index.retrieval.ranking import Encoded, Ranked, Ranker, Weights
from index.retrieval.repeats import without_repeats
from index.store.collection import Collection
from index.types import Filters, Hit, Identity, Query, Results

ENCODED = 64
"""Questions whose vectors are kept: each side or document of one is searched with the same."""


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
        self._ranker = Ranker(collection, self._held, self._weights)
        self._spelling = Spelling(collection.words)
        self._encoded = lru_cache(maxsize=ENCODED)(self._encode)

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> Results:
        """Return the ``k`` best passages, fewer when fewer are held."""
        return self.find(self.understood(question, k, filters))

    def understood(self, question: str, k: int = 10, filters: Filters | None = None) -> Query:
        """Return what the question names; nothing is searched."""
        return understand(question, self._held, k, filters, self._spelling, self._today())

    def find(self, query: Query) -> Results:
        """As ``search``, for a question already understood."""
        if not query.question.strip() or query.k < 1:
            return Results(query, ())
        encoded = self._encoded(query.topic)
        lists = [self._search(query, where, encoded) for where in self._scopes(query)]
        hits = _spread([found for found in lists if found], query.k)
        return Results(query, tuple(replace(hit, rank=n) for n, hit in enumerate(hits, start=1)))

    def within(self, query: Query, doc_ids: frozenset[str]) -> list[Hit]:
        """Return the ``k`` best passages of these documents alone."""
        return self._search(query, doc_ids, self._encoded(query.topic))

    def allowed(self, filters: Filters) -> list[Identity]:
        """Return documents that the caller's filters let through."""
        return [identity for identity in self._held if passes(identity, filters)]

    def _scopes(self, query: Query) -> list[frozenset[str] | None]:
        """Return the sets of documents to search, one an authority or period named.

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
        """Return documents of others that write of authorities for which nothing is held."""
        doc_ids = frozenset().union(*(self._collection.writing_of(name) for name in names))
        return [identity for identity in allowed if identity.doc_id in doc_ids]

    def _encode(self, topic: str) -> Encoded:
        """Return the topic of a question in inspectors' words, with what its abbreviations stand
        for; its vector lies between these and its own.

        A rewording that misses the point then cannot pull the vector away (evals/LOG.md #fresh-1),
        and "UASC", which no model knows, finds those it stands for (#full-forms-2).
        """
        text = in_inspectors_words(topic)
        full = with_both_forms(text)
        said = list(dict.fromkeys((text.strip(), topic.strip(), full.strip())))
        dense = self._embedder.embed_queries(said).sum(axis=0)
        return Encoded(full, dense / np.linalg.norm(dense), self._tokens.encode_query(full))

    def _search(self, query: Query, where: frozenset[str] | None, encoded: Encoded) -> list[Hit]:
        if where is not None and not where:
            return []
        ranked = self._ranker.ranked(query, encoded, *self._candidates(query, where, encoded))
        return list(islice(without_repeats(self._hits(ranked)), query.k))

    def _hits(self, ranked: Ranked) -> Iterator[Hit]:
        """Yield all candidates as hits, the best first."""
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
        self, query: Query, where: frozenset[str] | None, encoded: Encoded
    ) -> tuple[Scored, Scored]:
        k = max(self._weights.candidates, query.k)
        words = " ".join([encoded.text, *(mention.value for mention in query.terms)])
        return (
            self._collection.nearest(encoded.dense, k, where),
            self._collection.matching(words, k, where),
        )


def _by_period(group: list[Identity], query: Query) -> list[list[Identity]]:
    """Group them by the periods that some document fits; all in one where no period has its own."""
    periods = [mention.value for mention in query.periods]
    groups = [[i for i in group if fit(i, period) >= PUBLISHED_LATER] for period in periods]
    rest = [i for i in group if not any(i in part for part in groups)]
    found = [part for part in groups if part]
    return [*found, rest] if len(found) > 1 and rest else found if len(found) > 1 else [group]


def _spread(lists: list[list[Hit]], k: int) -> list[Hit]:
    """Return the lists' hits by turns, the best score of each round first, none twice."""
    rounds = zip_longest(*lists)
    hits = (hit for turn in rounds for hit in sorted(filter(None, turn), key=lambda h: -h.score))
    return list({hit.passage.passage_id: hit for hit in hits}.values())[:k]
