"""The plain tutorial retriever, to measure the assistant against: no identity, no fusion.

150-word passages of the raw text, all-MiniLM-L6-v2 through sentence-transformers, exact inner
product over all of them (what FAISS's IndexFlatIP computes). It answers nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.held import Held, HeldDocument, from_folder, from_store
from evals.parts import Parts
from index.errors import NotFound
from index.ports import Embedder
from index.types import (
    Document,
    Filters,
    Hit,
    Identity,
    Issuer,
    Kind,
    Passage,
    Proven,
    Query,
    Results,
)

WORDS = 150


@dataclass(frozen=True, slots=True)
class RawStore:
    """Raw text as documents: no cleaning, no blocks (``PassageStore``)."""

    documents: tuple[Document, ...]

    def identities(self) -> Sequence[Identity]:
        """Return all documents, by source."""
        return [document.identity for document in self.documents]

    def document(self, doc_id: str) -> Document:
        """Return one document.

        Raises:
            NotFound: no document has this id.
        """
        for document in self.documents:
            if document.doc_id == doc_id:
                return document
        raise NotFound(f"no document {doc_id!r} in the baseline")

    def passages(self, passage_ids: Iterable[str]) -> list[Passage]:
        """Return passages in the order asked."""
        known = {p.passage_id: p for d in self.documents for p in _passages(d)}
        return [known[passage_id] for passage_id in passage_ids]

    def passages_of(self, doc_id: str) -> list[Passage]:
        """Return all passages of one document, in reading order."""
        return _passages(self.document(doc_id))


class Baseline:
    """Exact dense search over 150-word passages (``Retriever``); filters are not supported."""

    def __init__(self, store: RawStore, embedder: Embedder) -> None:
        self._embedder = embedder
        self._passages = [p for d in store.documents for p in _passages(d)]
        self._identities = {d.doc_id: d.identity for d in store.documents}
        self._vectors = embedder.embed_passages([p.text for p in self._passages])

    def search(self, question: str, k: int = 10, filters: Filters | None = None) -> Results:
        """Return the ``k`` nearest passages; ties by order in the documents."""
        scores = self._vectors @ self._embedder.embed_queries([question])[0]
        best = np.argsort(-scores, kind="stable")[:k]
        hits = tuple(
            Hit(
                passage=self._passages[i],
                identity=self._identities[self._passages[i].doc_id],
                score=float(scores[i]),
                rank=rank,
            )
            for rank, i in enumerate(best.tolist(), start=1)
        )
        return Results(Query(question, question, question, k=k), hits)


def baseline_over(parts: Parts) -> Parts:
    """Return the baseline over the same documents as an index, from the files where at hand."""
    held = from_store(parts.store, parts.raw_text)
    identities = {i.doc_id: i for i in parts.store.identities()}
    return _parts(held, identities)


def baseline_of_folder(folder: Path) -> Parts:
    """Return the baseline over the files of a folder; it knows no authorities."""
    return _parts(from_folder(folder), {})


def _parts(held: Held, identities: dict[str, Identity]) -> Parts:
    from index.models.sentence_transformer import SentenceTransformerEmbedder

    store = RawStore(tuple(_document(d, held, identities.get(d.doc_id)) for d in held.documents))
    embedder = SentenceTransformerEmbedder("minilm")
    texts = {s: d.text for d in store.documents for s in d.identity.sources}
    return Parts(
        retriever=Baseline(store, embedder),
        store=store,
        settings={"retriever": "baseline", "embedder": "minilm", "passage_words": str(WORDS)},
        index_fingerprint=f"baseline-{embedder.fingerprint[:16]}",
        raw_text=texts.get,
    )


def _document(held_document: HeldDocument, held: Held, identity: Identity | None) -> Document:
    text = held.raw(held_document) or held.text(held_document)
    plain = Identity(
        held_document.doc_id,
        held_document.sources,
        issuer=Proven(Issuer.OTHER, None, "sidecar"),
        kind=Proven(Kind.OTHER, None, "sidecar"),
    )
    return Document(identity or plain, text, (0,), (), (), "raw")


def _passages(document: Document) -> list[Passage]:
    """Cut runs of 150 words, split at white space; the last may be shorter."""
    spans = [m.span() for m in re.finditer(r"\S+", document.text)]
    source = document.identity.source
    out = []
    for number, at in enumerate(range(0, len(spans), WORDS)):
        start, end = spans[at][0], spans[min(at + WORDS, len(spans)) - 1][1]
        out.append(
            Passage(
                passage_id=f"{document.doc_id}-{number}",
                doc_id=document.doc_id,
                source=source,
                start=start,
                end=end,
                text=document.text[start:end],
                heading="",
                page=None,
                paragraph=None,
                sentences=(),
            )
        )
    return out
