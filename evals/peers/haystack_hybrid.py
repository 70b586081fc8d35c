"""Haystack's hybrid retrieval as its tutorial puts it together, every setting at its default.

Passages of 200 words; BM25 and embeddings, ten passages each, joined by reciprocal rank.
"""

from __future__ import annotations

from typing import Any

from evals.peers.exchange import Found, Given, Search, serve


def index(given: Given) -> Search:
    """Split, embed and store the documents; returns the query pipeline."""
    from haystack.document_stores.in_memory import (  # type: ignore[import-not-found]
        InMemoryDocumentStore,
    )

    store = InMemoryDocumentStore()
    _store(given, store)
    query = _query(given, store)

    def search(question: str) -> list[Found]:
        asked = {"embedder": {"text": question}, "bm25": {"query": question}}
        return [_found(document) for document in query.run(asked)["joiner"]["documents"]]

    return search


def _store(given: Given, store: Any) -> None:
    from haystack import Document, Pipeline  # type: ignore[import-not-found]
    from haystack.components.preprocessors import (  # type: ignore[import-not-found]
        DocumentSplitter,
    )
    from haystack.components.writers import DocumentWriter  # type: ignore[import-not-found]
    from haystack_integrations.components.embedders.sentence_transformers import (  # type: ignore[import-not-found]
        SentenceTransformersDocumentEmbedder,
    )

    pipeline = Pipeline()
    pipeline.add_component("splitter", DocumentSplitter())
    pipeline.add_component(
        "embedder", SentenceTransformersDocumentEmbedder(model=given.model, progress_bar=False)
    )
    pipeline.add_component("writer", DocumentWriter(store))
    pipeline.connect("splitter", "embedder")
    pipeline.connect("embedder", "writer")
    documents = [Document(content=d.text, meta={"source": d.source}) for d in given.documents]
    pipeline.run({"splitter": {"documents": documents}})


def _query(given: Given, store: Any) -> Any:
    from haystack import Pipeline
    from haystack.components.joiners import DocumentJoiner  # type: ignore[import-not-found]
    from haystack.components.retrievers.in_memory import (  # type: ignore[import-not-found]
        InMemoryBM25Retriever,
        InMemoryEmbeddingRetriever,
    )
    from haystack_integrations.components.embedders.sentence_transformers import (
        SentenceTransformersTextEmbedder,
    )

    pipeline = Pipeline()
    pipeline.add_component(
        "embedder", SentenceTransformersTextEmbedder(model=given.model, progress_bar=False)
    )
    pipeline.add_component("dense", InMemoryEmbeddingRetriever(store))
    pipeline.add_component("bm25", InMemoryBM25Retriever(store))
    pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion"))
    pipeline.connect("embedder.embedding", "dense.query_embedding")
    pipeline.connect("bm25", "joiner")
    pipeline.connect("dense", "joiner")
    return pipeline


def _found(document: Any) -> Found:
    start = document.meta["split_idx_start"]
    end = start + len(document.content)
    return Found(document.meta["source"], start, end, document.content, float(document.score))


if __name__ == "__main__":
    serve(index)
