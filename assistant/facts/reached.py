"""Which passages may speak of what is counted, and which sentence of each document does, whatever
its words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.evidence.quoting import Quote
from assistant.facts.corpus import Corpus
from assistant.facts.leaning import MARGIN, leaning
from assistant.facts.reading import ANSWERS
from index.types import Hit, Identity, Query

MOST_READ = 600
"""Passages read for one count: two cores read them in six seconds."""
LEAST_OF_EACH, MOST_OF_EACH = 2, 8
"""Passages of one document that are read: more where there are few documents."""
AT_EASE = 128
"""Passages that are read of few documents: a second or two."""


def in_other_words(
    asked: str,
    hits: Sequence[Hit],
    corpus: Corpus,
    agrees: Callable[[str, Identity], bool],
    sign: int = 0,
) -> dict[str, tuple[Identity, Quote]]:
    """Return the best sentence of each document that answers, and that ``agrees`` takes for the
    subject: what has no name is asked as a whole, and needs no second opinion on its topic.

    Args:
        sign: 1 where only sentences that tell of what works count, -1 of what does not.
    """
    best: dict[str, tuple[float, Identity, Quote]] = {}
    readings = corpus.reader.read(asked, hits)
    likely = [one for one in readings if max(one.answers, default=0.0) >= ANSWERS]
    for reading in likely:
        passage, identity = reading.hit.passage, reading.hit.identity
        told = [
            chance if not sign or sign * leans >= MARGIN else 0.0
            for chance, leans in zip(reading.answers, leaning(passage, corpus.reader), strict=True)
        ]
        for chance, at in sorted(zip(told, range(len(told)), strict=True), reverse=True):
            known = best.get(passage.doc_id)
            if chance < ANSWERS or (known and chance <= known[0]):
                break
            if agrees(passage.text_of(passage.sentences[at]), identity):
                quote = corpus.quoter(passage.doc_id).quote(passage.sentences[at].start)
                best[passage.doc_id] = chance, identity, quote
    return {doc_id: (identity, quote) for doc_id, (_, identity, quote) in best.items()}


def reached(query: Query, documents: Sequence[Identity], corpus: Corpus) -> list[Hit]:
    """Return the passages that are near what is asked, the best few of each document."""
    if corpus.find is None or not documents:
        return []
    wide = replace(query, k=MOST_READ)
    most = min(max(AT_EASE // len(documents), LEAST_OF_EACH), MOST_OF_EACH)
    kept: dict[str, list[Hit]] = {}
    for hit in corpus.find(wide, frozenset(one.doc_id for one in documents)):
        own = kept.setdefault(hit.passage.doc_id, [])
        if len(own) < most:
            own.append(hit)
    return [hit for own in kept.values() for hit in own]
