"""Our encoders beside ``SentenceTransformer.encode`` in its default form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evals.bench import corpus
from evals.bench.ratio import Ratio, side_by_side_ms
from index import models
from index.models.sentence_transformer import SentenceTransformerEmbedder
from index.passages.chunking import embedded_text, passages, settings_for

PASSAGES = 96
ENCODE = "SentenceTransformer.encode"


def embedding(letters: Path | None) -> Iterator[Ratio | str]:
    """Yield the same passages through the same model, then through the one that ships."""
    same, ours = models.embedder("minilm"), models.embedder(models.DEFAULT_EMBEDDER)
    theirs = SentenceTransformerEmbedder("minilm").model
    settings = settings_for(same.max_tokens)
    texts = [
        embedded_text(document.identity, passage)
        for document in corpus.documents(letters)
        for passage in passages(document, same.count_tokens, settings)
    ]
    texts = texts[:: max(1, len(texts) // PASSAGES)][:PASSAGES]

    def encode() -> object:
        return theirs.encode(texts)

    for name, model in (("all-MiniLM-L6-v2", same), (models.DEFAULT_EMBEDDER, ours)):
        mine, other = side_by_side_ms(lambda model=model: model.embed_passages(texts), encode)  # type: ignore[misc]
        yield Ratio(
            f"embedding {len(texts)} passages, {name}",
            "passage",
            mine / len(texts),
            f"{ENCODE}, all-MiniLM-L6-v2",
            other / len(texts),
        )
    cosines = (same.embed_passages(texts) * theirs.encode(texts)).sum(axis=1)
    yield f"cosine to {ENCODE}, same model: mean {cosines.mean():.4f}, least {cosines.min():.4f}"
    question = corpus.questions(1)
    mine, other = side_by_side_ms(
        lambda: ours.embed_queries(question), lambda: theirs.encode(question), 9
    )
    yield Ratio("embedding a question", "question", mine, ENCODE, other)
