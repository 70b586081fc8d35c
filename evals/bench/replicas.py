"""Large collections made of real passages, without embedding each again.

A copy of a document gets an id and an authority of its own, and the letter's own text,
sentences and token vectors. The vectors of its passages are moved: by a mix of eight other
passages' vectors (so that they stay among real ones), orthogonal to their own, as far as a
real passage lies from its nearest in the same letters (median cosine).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from index.identity import authorities
from index.passages.chunking import embedded_text
from index.passages.ids import passage_id
from index.ports import Tokens, Vectors
from index.store.segment import SegmentData
from index.types import Document, Passage

DOCUMENTS_A_SEGMENT = 32
_MIXED = 8


@dataclass(frozen=True)
class Embedded:
    """Documents with all that an index keeps of them, row for row."""

    documents: list[Document]
    passages: list[list[Passage]]
    vectors: list[Vectors]
    tokens: list[list[Tokens]]

    @property
    def size(self) -> int:
        """Number of passages."""
        return sum(map(len, self.passages))


def nearest_cosine(vectors: Vectors) -> float:
    """Return the median over the rows of the cosine to the nearest other row."""
    similar = vectors @ vectors.T
    np.fill_diagonal(similar, -1)
    return float(np.median(similar.max(axis=1)))


def moved(vectors: Vectors, among: Vectors, cosine: float, random: np.random.Generator) -> Vectors:
    """Unit vectors at ``cosine`` to ``vectors``, in a direction mixed from ``among``."""
    centred = among - among.mean(axis=0)
    shares = random.standard_normal((len(vectors), _MIXED, 1)).astype(np.float32)
    picked = centred[random.integers(len(among), size=(len(vectors), _MIXED))]
    step = (shares * picked).sum(axis=1)
    step -= (step * vectors).sum(axis=1, keepdims=True) * vectors
    step /= np.linalg.norm(step, axis=1, keepdims=True)
    out: Vectors = cosine * vectors + np.float32(np.sqrt(1 - cosine**2)) * step
    return out


def replicas(held: Embedded, passages: int, tokens: bool) -> Iterator[SegmentData]:
    """Yield segments of 32 documents each, of so many passages together, at least.

    Args:
        tokens: whether token vectors are kept; a million passages' take 11 GB of disk.
    """
    random = np.random.default_rng(0)
    among = np.concatenate(held.vectors)
    cosine = nearest_cosine(among)
    names = list(authorities().rows)
    batch: list[tuple[Document, list[Passage], Vectors, list[Tokens]]] = []
    made = number = 0
    while made < passages:
        copy, which = divmod(number, len(held.documents))
        vectors = held.vectors[which]
        batch.append(
            (
                *_copied(held.documents[which], held.passages[which], copy, names),
                moved(vectors, among, cosine, random) if copy else vectors,
                held.tokens[which] if tokens else [one[:0] for one in held.tokens[which]],
            )
        )
        made, number = made + len(vectors), number + 1
        if len(batch) == DOCUMENTS_A_SEGMENT or made >= passages:
            yield _segment(batch)
            batch = []


def _copied(
    document: Document, passages: Sequence[Passage], copy: int, names: Sequence[str]
) -> tuple[Document, list[Passage]]:
    if not copy:
        return document, list(passages)
    doc_id = hashlib.sha256(f"{document.doc_id} copy {copy}".encode()).hexdigest()[:16]
    held = document.identity
    about = held.authority and replace(held.authority, value=names[copy % len(names)])
    sources = tuple(f"copy {copy} of {source}" for source in held.sources)
    identity = replace(held, doc_id=doc_id, sources=sources, authority=about)
    copies = [
        replace(one, doc_id=doc_id, passage_id=passage_id(doc_id, n))
        for n, one in enumerate(passages)
    ]
    return replace(document, identity=identity), copies


def _segment(
    batch: Sequence[tuple[Document, list[Passage], Vectors, list[Tokens]]],
) -> SegmentData:
    return SegmentData(
        documents=[document for document, *_ in batch],
        passages=[one for _, passages, *_ in batch for one in passages],
        texts=[embedded_text(d.identity, one) for d, passages, *_ in batch for one in passages],
        vectors=np.concatenate([vectors for *_, vectors, _ in batch]),
        tokens=[one for *_, tokens in batch for one in tokens],
        token_dim=batch[0][-1][0].shape[1],
    )
