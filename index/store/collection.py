"""An open index: all its segments, searched as if they were one.

It reads the files of the manifest that it opened; a later update does not change what it sees.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged
from index.inspections import inspections_of
from index.passages.ids import doc_id_of
from index.ports import Scored, Tokens, Vectors
from index.store import manifest
from index.store.lexical import Bm25, terms
from index.store.lookup import identity_of, no_passage
from index.store.segment import Segment
from index.types import Document, Identity, Inspection, Passage


class Collection:
    """Everything one manifest names, read-only; safe for many threads.

    Raises:
        IndexMissing: there is no index in ``folder``.
        IndexDamaged: a file is not what the manifest says.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest, self._segments = _opened(folder)
        self._by_id = {
            identity.doc_id: replace(identity, sources=held.sources)
            for segment in self._segments
            for identity in segment.content.identities()
            if identity.doc_id not in segment.entry.removed
            and (held := self.manifest.documents.get(identity.doc_id))
        }

    def close(self) -> None:
        """Close the files; the collection must not be used after."""
        for segment in self._segments:
            segment.content.close()

    @cached_property
    def bm25(self) -> Bm25:
        """Term statistics over all segments."""
        return Bm25([s.postings for s in self._segments], [s.alive for s in self._segments])

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word that the documents write, in lower case."""
        held = (s.postings.words.held_by(s.alive_documents) for s in self._segments)
        return frozenset(word for words in held for word in words)

    def writing_of(self, name: str) -> frozenset[str]:
        """Return documents with a passage that holds every word of ``name``."""
        wanted = terms(name)
        found: set[str] = set()
        for segment in self._segments if wanted else ():
            rows = np.flatnonzero(segment.alive)
            for term in wanted:
                rows = np.intersect1d(rows, segment.postings.stems.of(term)[0], assume_unique=True)
            found |= {doc_id_of(segment.places.passage_id(int(row))) for row in rows}
        return frozenset(found)

    def identities(self) -> Sequence[Identity]:
        """Return all documents held, by source."""
        return sorted(self._by_id.values(), key=lambda identity: identity.sources)

    def identity(self, doc_id: str) -> Identity:
        """Return one document's identity.

        Raises:
            NotFound: no document has this id.
        """
        return identity_of(self._by_id, doc_id)

    @cached_property
    def inspections(self) -> tuple[Inspection, ...]:
        """Return the events that the documents tell of or recall, by authority, oldest first.

        Raises:
            IndexMismatch: an older version made the index.
        """
        return inspections_of(self.identities(), self.manifest.settings.identity, self.folder)

    def document(self, doc_id: str) -> Document:
        """Return one document with its text.

        Raises:
            NotFound: no document has this id.
        """
        identity = self.identity(doc_id)
        segment = self._segment_of(doc_id)
        return replace(segment.content.document(doc_id), identity=identity)

    def passages(self, passage_ids: Iterable[str]) -> list[Passage]:
        """Return passages in the order asked.

        Raises:
            NotFound: no passage has one of these ids.
        """
        wanted = list(passage_ids)
        found: dict[str, Passage] = {}
        for segment in self._segments:
            rows = [row for one in wanted if (row := segment.row(one)) is not None]
            found.update(segment.content.passages(rows) if rows else {})
        try:
            return [self._sourced(found[passage_id]) for passage_id in wanted]
        except KeyError as error:
            raise no_passage(error.args[0]) from None

    def passages_of(self, doc_id: str) -> list[Passage]:
        """Return all passages of one document, in reading order."""
        self.identity(doc_id)
        content = self._segment_of(doc_id).content
        held = content.passages(content.places.rows_of(doc_id))
        return [self._sourced(passage) for passage in held.values()]

    def nearest(self, vector: Vectors, k: int, where: frozenset[str] | None = None) -> Scored:
        """Return the ``k`` passages nearest to ``vector`` (float32, (dim,)) by inner product."""
        found: Scored = []
        for segment in self._segments if k > 0 else ():
            allowed = segment.allowed(where)
            if allowed is None or len(allowed):
                found += _scored(segment, *segment.vectors.search(vector, k, allowed))
        return _best(found, k)

    def matching(self, text: str, k: int, where: frozenset[str] | None = None) -> Scored:
        """Return the ``k`` passages with the highest BM25 score, those above 0 only."""
        found: Scored = []
        if k < 1:
            return found
        for segment, scores in zip(self._segments, self.bm25.scores(text), strict=True):
            allowed = segment.allowed(where)
            rows = _top(scores, k) if allowed is None else allowed[_top(scores[allowed], k)]
            found += _scored(segment, rows, scores[rows])
        return _best(found, k)

    def get(self, passage_ids: Sequence[str]) -> list[Tokens]:
        """Return int8 arrays of shape (n_tokens, dim), in the order asked.

        Raises:
            NotFound: no passage has one of these ids.
        """
        return [self._tokens_of(passage_id) for passage_id in passage_ids]

    def _tokens_of(self, passage_id: str) -> Tokens:
        for segment in self._segments:
            if (row := segment.row(passage_id)) is not None:
                return segment.tokens.row(row)
        raise no_passage(passage_id)

    def _segment_of(self, doc_id: str) -> Segment:
        return next(
            segment
            for segment in self._segments
            if doc_id in segment.entry.documents and doc_id not in segment.entry.removed
        )

    def _sourced(self, passage: Passage) -> Passage:
        return replace(passage, source=self._by_id[passage.doc_id].source)


def _opened(folder: Path) -> tuple[manifest.Manifest, list[Segment]]:
    """Return all that the manifest names; the newer one's where it was replaced meanwhile."""
    held = manifest.read(folder)
    while True:
        try:
            return held, [Segment(folder, entry) for entry in held.segments]
        except IndexDamaged:
            now = manifest.read(folder)
            if now == held:
                raise
            held = now


def _scored(segment: Segment, rows: NDArray[np.int64], scores: NDArray[np.float32]) -> Scored:
    return [
        (segment.places.passage_id(int(row)), float(score))
        for row, score in zip(rows, scores, strict=True)
    ]


def _top(scores: NDArray[np.float32], k: int) -> NDArray[np.int64]:
    """Return rows of the ``k`` highest scores above 0, unordered; ties at the edge are kept."""
    if np.count_nonzero(scores) <= k:
        return np.flatnonzero(scores)
    edge = np.partition(scores, len(scores) - k)[len(scores) - k]
    return np.flatnonzero(scores >= max(edge, np.finfo(np.float32).tiny))


def _best(found: Scored, k: int) -> Scored:
    return heapq.nsmallest(k, found, key=lambda pair: (-pair[1], pair[0]))
