"""txtai's hybrid search with its default weights, over the paragraphs that it cuts itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from evals.peers.exchange import Found, Given, Search, Text, serve


def index(given: Given) -> Search:
    """Cut and index the documents."""
    from txtai import Embeddings  # type: ignore[import-not-found]
    from txtai.pipeline import Segmentation  # type: ignore[import-not-found]

    paragraphs = Segmentation(paragraphs=True)
    passages = [p for d in given.documents for p in placed(d, paragraphs(d.text))]
    embeddings = Embeddings(path=given.model, hybrid=True, content=True)
    embeddings.index((number, passage.text, None) for number, passage in enumerate(passages))

    def search(question: str) -> list[Found]:
        hits = embeddings.search(question, given.k)
        return [replace(passages[int(hit["id"])], score=float(hit["score"])) for hit in hits]

    return search


def placed(document: Text, paragraphs: list[str]) -> Iterator[Found]:
    """Yield where each paragraph stands in its document; txtai runs blanks together."""
    at = 0
    for paragraph in paragraphs:
        blanks = r"\s+".join(re.escape(word) for word in paragraph.split())
        match = re.compile(blanks).search(document.text, at)
        if match is None:
            raise ValueError(f"{document.source}: no place for the paragraph {paragraph[:60]!r}")
        at = match.end()
        yield Found(document.source, match.start(), at, paragraph, 0.0)


if __name__ == "__main__":
    serve(index)
