"""Speed, as ratios measured in one run on this machine: ``python -m evals.bench``.

A time alone says more about the machine than about the code; a ratio to a well-known library
doing the same work on the same text carries over. It judges nothing and fails nothing.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.shipped import seeds_folder

if TYPE_CHECKING:
    from index import Index

QUESTIONS = (
    "connected carers assessments",
    "Are social workers' caseloads manageable?",
    "What did inspectors say about supervision at Stockton?",
    "How long do children wait for adoption?",
    "Do care leavers have personal advisers early enough?",
    "What needs to improve in Middlesbrough?",
)
CANDIDATES = 100


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two times for the same work.

    Attributes:
        ours_ms, theirs_ms: milliseconds for one ``unit`` of it, medians.
    """

    what: str
    unit: str
    ours_ms: float
    against: str
    theirs_ms: float

    def __str__(self) -> str:
        faster = self.theirs_ms / self.ours_ms
        return (
            f"{self.what}: {self.ours_ms:.2f} ms a {self.unit}; "
            f"{self.against} {self.theirs_ms:.2f} ms; {faster:.1f} times as fast"
        )


def median_ms(work: Callable[[], object], times: int = 9) -> float:
    """Median wall-clock milliseconds of ``work``, after one run that is not counted."""
    work()
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def embedding() -> Iterator[Ratio]:
    """Our default embedder beside all-MiniLM-L6-v2 through sentence-transformers."""
    from index import models
    from index.models.sentence_transformer import SentenceTransformerEmbedder

    ours = models.embedder(models.DEFAULT_EMBEDDER)
    theirs = SentenceTransformerEmbedder("minilm").model
    name = "SentenceTransformer.encode (MiniLM)"
    yield Ratio(
        "embedding a question",
        "question",
        median_ms(lambda: ours.embed_queries(QUESTIONS[:1])),
        name,
        median_ms(lambda: theirs.encode([QUESTIONS[0]], show_progress_bar=False)),
    )
    texts = _passages(180)[:24]
    yield Ratio(
        "embedding passages of 180 words",
        "passage",
        median_ms(lambda: ours.embed_passages(texts), 3) / len(texts),
        name,
        median_ms(lambda: theirs.encode(texts, show_progress_bar=False), 3) / len(texts),
    )


def searching(letters: Index) -> Iterator[Ratio]:
    """The lexical search beside bm25s, and what the cross-encoder adds to a search."""
    import bm25s

    from index import models
    from index.retrieval import HybridRetriever, Weights

    collection = letters.collection
    texts = [p.text for i in letters.documents() for p in collection.passages_of(i.doc_id)]
    words = bm25s.BM25()
    words.index(bm25s.tokenize(texts, show_progress=False), show_progress=False)
    k = min(CANDIDATES, len(texts))

    def theirs() -> None:
        for question in QUESTIONS:
            tokens = bm25s.tokenize(question, show_progress=False)
            words.retrieve(tokens, k=k, show_progress=False)

    def ours() -> None:
        for question in QUESTIONS:
            collection.matching(question, k)

    n = len(QUESTIONS)
    yield Ratio(
        f"finding words in {len(texts)} passages",
        "question",
        median_ms(ours) / n,
        "bm25s",
        median_ms(theirs) / n,
    )
    embedder, tokens = models.embedder(models.DEFAULT_EMBEDDER), models.token_encoder()
    plain = HybridRetriever(collection, embedder, tokens, None, Weights(read=0))
    yield Ratio(
        "search without the cross-encoder",
        "question",
        median_ms(lambda: [plain.search(question) for question in QUESTIONS], 3) / n,
        "with it",
        median_ms(lambda: [letters.search(question) for question in QUESTIONS], 3) / n,
    )


def pdf(folder: Path) -> Iterator[Ratio]:
    """Loading with layout, headings and cleaning beside pypdf's bare text."""
    import pypdf

    from index.loading import read

    paths = sorted(folder.glob("*_20*.pdf"))
    held = {p.name: data for p in paths if (data := p.read_bytes()).startswith(b"%PDF")}
    names = sorted(held)[:6]
    if not names:
        return
    pages = sum(len(pypdf.PdfReader(BytesIO(held[name])).pages) for name in names)

    def theirs() -> None:
        for name in names:
            for page in pypdf.PdfReader(BytesIO(held[name])).pages:
                page.extract_text()

    yield Ratio(
        f"loading {len(names)} PDF letters, cleaned",
        "page",
        median_ms(lambda: [read(held[name], name) for name in names], 3) / pages,
        "pypdf, text alone",
        median_ms(theirs, 3) / pages,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print, one ratio a line."""
    parser = argparse.ArgumentParser(prog="python -m evals.bench", description=__doc__)
    parser.add_argument(
        "--pdf", type=Path, metavar="DIR", help="folder of PDF letters to time loading with"
    )
    chosen = parser.parse_args(arguments)
    from index import Index

    for ratio in embedding():
        print(ratio, flush=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        Index.build([seeds_folder()], folder) as letters,
    ):
        for ratio in searching(letters):
            print(ratio, flush=True)
    if chosen.pdf is None:
        print("loading PDF: not measured; name a folder of letters with --pdf")
        return
    for ratio in pdf(chosen.pdf):
        print(ratio, flush=True)


def _passages(words: int) -> list[str]:
    """The shipped documents cut into runs of so many words."""
    text = " ".join(path.read_text("utf-8") for path in sorted(seeds_folder().iterdir()))
    found = text.split()
    return [" ".join(found[n : n + words]) for n in range(0, len(found), words)]


if __name__ == "__main__":
    main()
